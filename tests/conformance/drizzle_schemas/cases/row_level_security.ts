// line: 0
import { pgTable, integer } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { id: integer('id') }).enableRLS();
