// line: 1
import { pgTable, integer } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: integer('id').primaryKey() });
export const b = pgTable('b', { id: integer('id').references(() => a.id, { name: 'own_name', onDelete: 'cascade' }) });
