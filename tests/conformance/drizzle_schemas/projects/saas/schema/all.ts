export * from './organizations';
export * from './billing';
