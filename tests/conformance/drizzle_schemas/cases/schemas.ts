import { pgSchema, pgTable, text, integer, serial, uniqueIndex } from 'drizzle-orm/pg-core';
export const app = pgSchema('app');
export const users = app.table('users', { id: serial('id').primaryKey(), email: text('email').unique() }, (t) => [uniqueIndex('users_email').on(t.email)]);
export const posts = pgTable('posts', { id: serial('id').primaryKey(), author: integer('author').references(() => users.id) });
