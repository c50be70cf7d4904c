import { sql, eq, gt } from 'drizzle-orm';
import { pgTable, pgView, pgMaterializedView, integer, text } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name'), age: integer('age') });
export const v1 = pgView('v1').as((qb) => qb.select().from(users));
export const v2 = pgView('v2', { id: integer('id') }).as(sql`select id from ${users} where ${users.age} > 18`);
export const v3 = pgMaterializedView('v3').as((qb) => qb.select({ id: users.id, name: users.name }).from(users).where(gt(users.age, 21)));
export const v4 = pgView('v4', { id: integer('id') }).existing();
export const v5 = pgView('v5').with({ securityInvoker: true }).as((qb) => qb.select({ id: users.id }).from(users));
export const v6 = pgMaterializedView('v6').withNoData().as((qb) => qb.select().from(users));
