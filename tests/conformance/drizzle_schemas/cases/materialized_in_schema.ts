import { sql } from 'drizzle-orm';
import { pgSchema, integer } from 'drizzle-orm/pg-core';
export const s = pgSchema('reports');
export const t = s.table('facts', { n: integer('n') });
export const v = s.materializedView('sums').as((qb) => qb.select({ n: sql<number>`sum(${t.n})`.as('n') }).from(t));
export const w = s.view('plain', { n: integer('n') }).as(sql`select n from reports.facts`);
