import { pgTable, integer, primaryKey, text } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { x: integer('x'), y: integer('y') }, (t) => ({ pk: primaryKey({ columns: [t.x, t.y] }) }));
export const b = pgTable('b', { x: integer('x'), y: integer('y') }, (t) => [primaryKey({ name: 'own', columns: [t.y, t.x] })]);
export const c = pgTable('c', { x: text('x').primaryKey() });
export const d = pgTable('d', { x: text('x').notNull() }, (t) => [primaryKey({ columns: [t.x] })]);
