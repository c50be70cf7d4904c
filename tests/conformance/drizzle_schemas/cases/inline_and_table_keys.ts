import { pgTable, integer, text, unique, index, uniqueIndex } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { id: integer('id').primaryKey(), a: text('a').unique() }, (t) => [
  [index('x').on(t.a), uniqueIndex('y').on(t.id, t.a)], unique('z').on(t.id, t.a),
].flat());
