import { pgTable, text, varchar, char } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: text('a'),
  b: text('b', { enum: ['x', 'y'] }).default('x'),
  c: varchar('c'),
  d: varchar('d', { length: 255 }).notNull().unique(),
  e: char('e', { length: 2 }).default('no'),
  f: char('f'),
  g: text().default("it's"),
  h: varchar({ length: 10, enum: ['a'] }).default(''),
});
