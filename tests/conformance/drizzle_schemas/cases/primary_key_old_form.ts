// line: 0
import { pgTable, integer, primaryKey } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { x: integer('x'), y: integer('y') }, (t) => ({ pk: primaryKey(t.x, t.y) }));
