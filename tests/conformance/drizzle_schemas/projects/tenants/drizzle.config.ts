export default { dialect: 'postgresql', schema: './index.ts' };
