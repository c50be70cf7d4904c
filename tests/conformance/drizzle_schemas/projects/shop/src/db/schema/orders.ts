import { sql } from 'drizzle-orm';
import { bigserial, check, foreignKey, index, integer, jsonb, numeric, pgTable, pgView, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { variants } from './catalogue';
import { id, price, timestamps } from './common';
import { addresses, customers } from './customers';
import { orderStatus, paymentMethod, PaymentMethod } from './enums';

export const orders = pgTable('orders', {
  ...id,
  number: bigserial('number', { mode: 'number' }).notNull().unique(),
  customerId: uuid('customer_id').notNull().references(() => customers.id),
  shippingId: uuid('shipping_id').references(() => addresses.id, { onDelete: 'restrict' }),
  status: orderStatus('status').notNull().default('draft'),
  total: price('total'),
  placedAt: timestamp('placed_at', { withTimezone: true, precision: 3 }),
  ...timestamps,
}, (t) => [
  index('orders_customer').on(t.customerId, t.placedAt.desc()),
  index('orders_open').on(t.status).where(sql`${t.status} not in ('shipped', 'returned')`),
  check('orders_placed', sql`${t.status} = 'draft' or ${t.placedAt} is not null`),
]);

export const orderLines = pgTable('order_lines', {
  orderId: uuid('order_id').notNull().references(() => orders.id, { onDelete: 'cascade' }),
  line: integer('line').notNull(),
  productId: uuid('product_id').notNull(),
  variant: integer('variant').notNull(),
  quantity: integer('quantity').notNull().default(1),
  unitPrice: price('unit_price'),
  amount: numeric('amount_net').generatedAlwaysAs(sql`quantity * unit_price`),
}, (t) => [
  primaryKey({ columns: [t.orderId, t.line] }),
  foreignKey({ columns: [t.productId, t.variant], foreignColumns: [variants.productId, variants.number] }),
  check('order_lines_quantity', sql`${t.quantity} between 1 and 1000`),
]);

export const payments = pgTable('payments', {
  ...id,
  orderId: uuid('order_id').notNull().references(() => orders.id),
  method: paymentMethod('method').notNull().default(PaymentMethod.Card),
  reference: text('reference').unique('payments_reference'),
  raw: jsonb('raw'),
  ...timestamps,
});

export const openOrders = pgView('open_orders').as((qb) => qb.select({ id: orders.id, total: orders.total }).from(orders).where(sql`${orders.status} <> 'returned'`));
