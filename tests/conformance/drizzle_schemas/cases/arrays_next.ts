// line: 1
import { sql } from 'drizzle-orm';
import { pgTable, text, integer, varchar, pgEnum } from 'drizzle-orm/pg-core';
export const mood = pgEnum('mood', ['sad', 'happy']);
export const t = pgTable('t', {
  a: text('a').array().notNull().default([]),
  b: integer('b').array().default([1, 2, 3]),
  c: integer('c').array('[][]'),
  d: varchar('d', { length: 5 }).array(),
  e: text('e').array().default(sql`'{}'::text[]`),
  g: text('g').notNull().array(),
  h: mood('h').array().default(['sad', 'happy']),
  j: text().array().default(['a b', 'c,d']),
});
