import { sql } from 'drizzle-orm';
import { pgTable, text, integer, timestamp } from 'drizzle-orm/pg-core';
const days = 7;
export const t = pgTable('t', {
  a: text('a').default(sql`'x' || 'y'`),
  b: integer('b').default(sql`1 + 1`),
  c: timestamp('c').default(sql.raw(`now() + interval '${days} days'`)),
  d: timestamp('d').default(sql`(now() AT TIME ZONE 'utc')`),
  e: integer().default(sql`floor(random() * 10)::int`),
});
