// line: 1
import { pgTable, pgSchema, integer } from 'drizzle-orm/pg-core';
export const t = pgTable.withRLS('t', { id: integer('id') });
export const s = pgSchema('s');
export const u = s.table.withRLS('u', { id: integer('id') });
export const v = pgTable('v', { id: integer('id') }).enableRLS();
