import { sql } from 'drizzle-orm';
import { pgSchema, pgView, integer, text, check, index } from 'drizzle-orm/pg-core';
export const s = pgSchema('s');
export const kind = s.enum('kind', ['a', 'b']);
export const t = s.table('t', { id: integer('id'), k: kind('k'), name: text('name') }, (t) => [
  check('positive', sql`${t.id} > 0`), index('lowered').on(sql`lower(${t.name})`).where(sql`${t.id} > 5`),
]);
export const v = pgView('v', { id: integer('id') }).as(sql`select ${t.id} from ${t} where ${t.k} = 'a'`);
