// line: 0
import { sql } from 'drizzle-orm';
import { pgTable, text, integer, varchar, pgEnum, boolean } from 'drizzle-orm/pg-core';
export const mood = pgEnum('mood', ['sad', 'happy']);
export const t = pgTable('t', {
  a: text('a').array().notNull().default([]),
  b: integer('b').array().default([1, 2, 3]),
  c: integer('c').array().array(),
  d: varchar('d', { length: 5 }).array(3),
  e: text('e').array().default(sql`'{}'::text[]`),
  f: text('f').array().default(sql`ARRAY[]::text[]`),
  g: text('g').notNull().array(),
  h: mood('h').array().default(['sad', 'happy']),
  i: boolean().array().default([true, false]),
  j: text().array().default(['a b', 'c,d', '']),
});
