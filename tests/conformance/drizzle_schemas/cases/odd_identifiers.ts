import { pgTable, text, integer } from 'drizzle-orm/pg-core';
export const a = pgTable('Order', { id: integer('ID').primaryKey(), group: text('group'), b: text('with space'), c: text('ünï') });
export const b = pgTable('user', { select: text('select'), orderId: integer('orderId').references(() => a.id) });
