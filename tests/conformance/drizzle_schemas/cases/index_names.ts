import { pgTable, text, integer, index, uniqueIndex } from 'drizzle-orm/pg-core';
export const t = pgTable('things', { firstName: text('first_name'), b: integer('b') }, (t) => ({
  x: index().on(t.firstName), y: uniqueIndex().on(t.firstName, t.b),
}));
