import { pgTable, text, unique } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: text('a').unique(), b: text('b').unique('own_b'), c: text('c').unique('own_c', { nulls: 'not distinct' }), d: text('d'), e: text('e'),
}, (t) => [unique().on(t.d, t.e), unique('own_de').on(t.e, t.d).nullsNotDistinct()]);
