import { pgSequence, pgSchema, pgTable, integer } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
export const a = pgSequence('a');
export const b = pgSequence('b', { startWith: 100, increment: 10, minValue: 10, maxValue: 10000, cache: 20, cycle: true });
export const c = pgSequence('c', { increment: -1 });
export const s = pgSchema('s');
export const d = s.sequence('d', { startWith: 5 });
export const t = pgTable('t', { n: integer('n').default(sql`nextval('a')`) });
