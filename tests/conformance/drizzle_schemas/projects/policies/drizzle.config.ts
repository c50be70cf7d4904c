import type { Config } from 'drizzle-kit';
export default { dialect: 'postgresql', schema: './schema.ts', entities: { roles: { provider: 'supabase' } } } satisfies Config;
