import { pgTable, text, integer, index } from 'drizzle-orm/pg-core';
const DEFAULTS = { status: 'new', retries: 3 } as const;
const names = ['alpha', 'beta', 'gamma'];
const columns = Object.fromEntries(names.map((n) => [n, text(n)]));
const more: Record<string, any> = {};
for (const [i, n] of names.entries()) more[`${n}_${i}`] = integer(`${n}_${i}`);
export const t = pgTable('t', { status: text('status').default(DEFAULTS.status), retries: integer('retries').default(DEFAULTS.retries), ...columns, ...more },
  (t) => names.map((n) => index(`t_${n}`).on((t as any)[n])));
