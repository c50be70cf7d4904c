import { pgTableCreator, integer, text, index } from 'drizzle-orm/pg-core';
const createTable = pgTableCreator((name) => `app_${name}`);
export const users = createTable('users', { id: integer('id').primaryKey() });
export const posts = createTable('posts', { id: integer('id').primaryKey(), userId: integer('user_id').references(() => users.id), t: text('t').unique() }, (t) => [index().on(t.t)]);
