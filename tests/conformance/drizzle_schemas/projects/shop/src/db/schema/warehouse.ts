import { sql } from 'drizzle-orm';
import { check, index, integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { products } from './catalogue';

export const warehouse = pgSchema('warehouse');
const direction = ['in', 'out'] as const;

export const stock = warehouse.table('stock', {
  productId: uuid('product_id').primaryKey().references(() => products.id, { onDelete: 'cascade' }),
  onHand: integer('on_hand').notNull().default(0),
  reserved: integer('reserved').notNull().default(0),
}, (t) => [check('stock_reserved', sql`${t.reserved} <= ${t.onHand}`)]);

export const movements = warehouse.table('movements', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity({ startWith: 1000 }),
  productId: uuid('product_id').notNull().references(() => stock.productId),
  direction: text('direction', { enum: direction }).notNull(),
  quantity: integer('quantity').notNull(),
  at: timestamp('at').notNull().defaultNow(),
}, (t) => [index('movements_at').on(t.at.desc().nullsFirst()), check('movements_direction', sql.raw(`"direction" in (${direction.map((d) => `'${d}'`).join(', ')})`))]);
