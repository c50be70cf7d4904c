import { defineConfig } from 'drizzle-kit';
const shared = { dialect: 'postgresql' as const, verbose: true };
export default defineConfig({ ...shared, schema: './src/schema' });
