export * from './catalogue';
export * from './customers';
export * from './orders';
export { warehouse as warehouseSchema, stock, movements } from './warehouse';
export * from './enums';
