import { pgTable, numeric, decimal, real, doublePrecision } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: numeric('a'),
  b: numeric('b', { precision: 10 }),
  c: numeric('c', { precision: 10, scale: 2 }).default('0.00'),
  d: decimal('d', { precision: 5, scale: 1 }).notNull().default('1.5'),
  e: real('e').default(1.25),
  f: doublePrecision('f').default(1e-7),
  g: numeric('g', { precision: 12, scale: 4, mode: 'number' }).default(2.5),
});
