import { pgSchema, pgTable, serial } from 'drizzle-orm/pg-core';
export const s = pgSchema('s');
export const a = pgTable('users', { id: serial('id').primaryKey() });
export const b = s.table('users', { id: serial('id').primaryKey() });
