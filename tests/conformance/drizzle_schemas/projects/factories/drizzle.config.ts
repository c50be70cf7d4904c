export default { dialect: 'postgresql', schema: './db/tables' };
