// casing: camelCase
// line: 0
import { pgTable, integer, text, index } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { user_id: integer().primaryKey(), full_name: text() }, (t) => [index().on(t.full_name)]);
