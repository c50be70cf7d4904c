import { sql } from 'drizzle-orm';
import { integer, numeric, timestamp, uuid } from 'drizzle-orm/pg-core';

export const id = { id: uuid('id').primaryKey().defaultRandom() };
export const timestamps = {
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().default(sql`now()`).$onUpdate(() => new Date()),
};
export const softDelete = { deletedAt: timestamp('deleted_at', { withTimezone: true }) } as const;
export const price = (name: string) => numeric(name, { precision: 12, scale: 2 }).notNull().default('0');
export const position = () => integer('position').notNull().default(0);
