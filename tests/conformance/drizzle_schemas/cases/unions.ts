import { sql, eq } from 'drizzle-orm';
import { pgTable, pgView, integer, text, union } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: integer('id'), name: text('name') });
export const b = pgTable('b', { id: integer('id'), name: text('name') });
export const all = pgView('all_of_them').as((qb) => union(qb.select({ id: a.id }).from(a), qb.select({ id: b.id }).from(b)));
export const every = pgView('every_one').as((qb) => qb.select({ id: a.id }).from(a).unionAll(qb.select({ id: b.id }).from(b)).orderBy(a.id).limit(5));
