import { sql } from 'drizzle-orm';
import { pgTable, timestamp, time, date, interval } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: timestamp('a').defaultNow().notNull(),
  b: timestamp('b', { withTimezone: true }).defaultNow(),
  c: timestamp('c', { precision: 3, withTimezone: true, mode: 'string' }),
  d: timestamp('d', { precision: 6 }).default(sql`CURRENT_TIMESTAMP`),
  e: time('e'),
  f: time('f', { withTimezone: true, precision: 2 }),
  g: date('g').defaultNow(),
  h: date('h', { mode: 'string' }).default('2024-01-31'),
  i: interval('i'),
  j: interval('j', { fields: 'day to second', precision: 3 }),
  k: interval('k', { fields: 'year' }).default('1 year'),
  l: timestamp({ mode: 'string' }).default('2024-01-01 00:00:00'),
});
