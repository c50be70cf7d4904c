import { eq, sql } from 'drizzle-orm';
import { pgTable, pgView, integer, alias } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey(), boss: integer('boss') });
const bosses = alias(users, 'bosses');
export const v = pgView('v').as((qb) => qb.select({ id: users.id, bossId: sql<number>`${bosses.id}`.as('boss_id') }).from(users).leftJoin(bosses, eq(users.boss, bosses.id)));
