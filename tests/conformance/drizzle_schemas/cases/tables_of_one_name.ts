// line: 0
import { sql } from 'drizzle-orm';
import { index, integer, pgPolicy, pgSchema, pgTable, serial, text } from 'drizzle-orm/pg-core';
export const app = pgSchema('app');
export const first = pgTable('t', { id: serial('id').primaryKey(), old: text('old') }, (t) => [
  index('t_old').on(t.old),
  pgPolicy('t_all', { using: sql`true` }),
]);
export const between = pgTable('u', { id: serial('id').primaryKey() });
export const elsewhere = app.table('t', { id: serial('id').primaryKey() });
export const again = pgTable('t', { id: serial('id').primaryKey(), fresh: integer('fresh') });
