import { pgTable, timestamp, uuid, text, integer } from 'drizzle-orm/pg-core';
const timestamps = { createdAt: timestamp('created_at').defaultNow().notNull(), updatedAt: timestamp('updated_at') };
const base = { id: uuid('id').primaryKey(), ...timestamps } as const;
const owned = (name: string) => ({ [name]: integer(name).references(() => owners.id) });
export const owners = pgTable('owners', { id: integer('id').primaryKey(), ...timestamps });
export const a = pgTable('a', { ...base, name: text('name') });
export const b = pgTable('b', { ...base, ...owned('owner_id'), ...(true ? { extra: text('extra') } : {}) });
