// line: 0
import { pgTable, text, integer } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: text('a').default(null as any), b: integer('b').default(undefined as any) });
