// line: 0
// prelude: SELECT 1
import { pgTable, integer, index } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: integer('a') }, (t) => [index('conc').on(t.a).concurrently(), index('only').onOnly(t.a)]);
