import { pgTable, integer, smallint, bigint } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: integer('a').primaryKey(),
  b: smallint('b').notNull().default(3),
  c: bigint('c', { mode: 'number' }).default(0),
  d: bigint({ mode: 'bigint' }).notNull(),
  e: integer().default(-1),
});
