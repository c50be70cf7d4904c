const folder = './sources';
export default { dialect: 'postgresql', schema: [`${folder}/tables.ts`, `${folder}/views.ts`] };
