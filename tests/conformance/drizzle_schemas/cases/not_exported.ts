import { pgTable, pgSchema, integer, text } from 'drizzle-orm/pg-core';
const hidden = pgTable('hidden', { id: integer('id') });
export const shown = pgTable('shown', { id: integer('id') });
export const nested = { hidden };
