// line: 1
import { snakeCase, camelCase, integer, text, index, unique } from 'drizzle-orm/pg-core';
export const users = snakeCase.table('users', { userId: integer().primaryKey(), fullName: text().unique(), explicit: text('keepMe') }, (t) => [index().on(t.fullName)]);
export const posts = camelCase.table('posts', { author_id: integer().references(() => users.userId) });
export const app = snakeCase.schema('app');
export const things = app.table('things', { thingName: text() });
