import { pgTable, integer, text, foreignKey, primaryKey } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { first: text('first'), last: text('last') }, (t) => [primaryKey({ columns: [t.first, t.last] })]);
export const posts = pgTable('posts', { id: integer('id').primaryKey(), first: text('first'), last: text('last'), parent: integer('parent') }, (t) => ({
  author: foreignKey({ columns: [t.first, t.last], foreignColumns: [users.first, users.last] }).onDelete('cascade'),
  parent: foreignKey({ columns: [t.parent], foreignColumns: [t.id], name: 'own_name' }).onUpdate('restrict'),
}));
