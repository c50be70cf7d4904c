import { sql, eq } from 'drizzle-orm';
import { pgTable, pgView, integer, text } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name') });
export const v = pgView('v').as((qb) => {
  const sq = qb.$with('sq').as(qb.select({ id: users.id, upper: sql<string>`upper(${users.name})`.as('upper') }).from(users));
  return qb.with(sq).select().from(sq);
});
export const w = pgView('w').as((qb) => {
  const sub = qb.select({ id: users.id }).from(users).where(eq(users.name, 'x')).as('sub');
  return qb.select({ id: users.id, name: users.name }).from(users).innerJoin(sub, eq(sub.id, users.id));
});
