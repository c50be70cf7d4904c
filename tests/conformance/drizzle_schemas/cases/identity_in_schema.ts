import { pgSchema, integer } from 'drizzle-orm/pg-core';
export const s = pgSchema('s');
export const a = s.table('a', { id: integer().primaryKey().generatedAlwaysAsIdentity({ startWith: 1000 }) });
