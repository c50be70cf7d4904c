import { sql, gt, and, isNotNull } from 'drizzle-orm';
import { pgTable, integer, text, check } from 'drizzle-orm/pg-core';
const limit = 100;
export const t = pgTable('t', { age: integer('age'), name: text('name'), kind: text('kind') }, (t) => [
  check('age', sql`${t.age} > 18 AND ${t.age} < ${sql.raw(String(limit))}`),
  check('kind', sql`${t.kind} IN ('a', 'b')`),
  check('name', sql`length(${t.name}) >= 3`),
  check('both', and(isNotNull(t.name), isNotNull(t.age))!),
  check('plain', sql`age <> 5`),
]);
