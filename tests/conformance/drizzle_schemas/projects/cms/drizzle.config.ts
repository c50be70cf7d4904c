export default { dialect: 'postgresql', schema: './content/**/*.schema.ts' };
