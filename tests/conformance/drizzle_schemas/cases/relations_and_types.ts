// line: 0
import { relations, type InferSelectModel } from 'drizzle-orm';
import { pgTable, integer } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey() });
export const posts = pgTable('posts', { id: integer('id'), userId: integer('user_id') });
export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export type User = typeof users.$inferSelect;
export type Post = InferSelectModel<typeof posts>;
export const helper = (x: number) => x * 2;
