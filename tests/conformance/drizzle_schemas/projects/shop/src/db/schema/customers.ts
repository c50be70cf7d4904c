import { sql } from 'drizzle-orm';
import { check, date, index, pgTable, text, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';
import { id, softDelete, timestamps } from './common';

export const customers = pgTable('customers', {
  ...id,
  email: varchar('email', { length: 320 }).notNull(),
  name: text('name'),
  birthday: date('birthday', { mode: 'string' }),
  locale: varchar('locale', { length: 5 }).default('en').notNull(),
  ...timestamps,
  ...softDelete,
}, (t) => [uniqueIndex('customers_email').on(sql`lower(${t.email})`), check('customers_email_at', sql`position('@' in ${t.email}) > 1`)]);

export const addresses = pgTable('addresses', {
  ...id,
  customerId: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade', onUpdate: 'cascade' }).notNull(),
  kind: text('kind', { enum: ['billing', 'shipping'] }).notNull().default('shipping'),
  lines: text('lines').array().notNull(),
  country: varchar('country', { length: 2 }).notNull(),
}, (t) => [index('addresses_customer').on(t.customerId, t.kind), check('addresses_kind', sql`${t.kind} in ('billing', 'shipping')`)]);
