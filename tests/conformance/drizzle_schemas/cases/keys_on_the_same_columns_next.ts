import { integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';

// PostgreSQL makes one key of these, and passes on the first name that was given.
export const alone = pgTable('alone', { a: integer() }, (t) => [primaryKey({ columns: [t.a] }), unique('alone_unique').on(t.a)]);
export const inline = pgTable('inline', { id: text('id').primaryKey().unique() });
export const named = pgTable('named', { id: text('id').primaryKey() }, (t) => [unique('named_id_key').on(t.id), unique('other').on(t.id)]);
export const both = pgTable(
  'both',
  { a: integer('a'), b: integer('b') },
  (t) => [primaryKey({ columns: [t.a, t.b] }), unique('both_unique').on(t.a, t.b), unique('turned').on(t.b, t.a)],
);
export const uniques = pgTable('uniques', { a: integer('a').unique() }, (t) => [unique('second').on(t.a), unique('nulls').on(t.a).nullsNotDistinct()]);
