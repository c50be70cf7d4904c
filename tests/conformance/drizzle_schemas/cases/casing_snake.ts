// casing: snake_case
// line: 0
import { pgTable, integer, text, index, unique, primaryKey, foreignKey, check, timestamp } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
export const users = pgTable('users', { userId: integer().primaryKey(), fullName: text().unique(), APIKey: text(), v2Name: text(), explicit: text('keepMe') });
export const posts = pgTable('posts', { postId: integer(), authorId: integer().references(() => users.userId), createdAt: timestamp().defaultNow(), otherId: integer() }, (t) => [
  primaryKey({ columns: [t.postId, t.authorId] }), index().on(t.createdAt), unique().on(t.authorId, t.createdAt),
  foreignKey({ columns: [t.otherId], foreignColumns: [users.userId] }), check('positive', sql`${t.postId} > 0`),
  index('partial').on(t.authorId).where(sql`${t.createdAt} is not null`),
]);
