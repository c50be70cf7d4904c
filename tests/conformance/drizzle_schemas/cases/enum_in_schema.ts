import { pgSchema } from 'drizzle-orm/pg-core';
export const billing = pgSchema('billing');
export const plan = billing.enum('plan', ['free', 'paid']);
export const t = billing.table('accounts', { plan: plan('plan').default('free').notNull() });
