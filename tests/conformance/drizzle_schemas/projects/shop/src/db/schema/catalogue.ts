import { relations, sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid, varchar, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { id, position, price, softDelete, timestamps } from './common';
import { currency } from './enums';

export const categories = pgTable('categories', {
  ...id,
  parentId: uuid('parent_id').references((): AnyPgColumn => categories.id, { onDelete: 'set null' }),
  name: varchar('name', { length: 120 }).notNull(),
  slug: varchar('slug', { length: 140 }).notNull().unique(),
  position: position(),
  ...timestamps,
}, (table) => [index('categories_parent_idx').on(table.parentId, table.position)]);

export const products = pgTable('products', {
  ...id,
  sku: text('sku').notNull(),
  name: text('name').notNull(),
  description: text('description').default(''),
  price: price('price'),
  currency: currency('currency').notNull().default('EUR'),
  attributes: jsonb('attributes').$type<Record<string, string>>().notNull().default({}),
  tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
  active: boolean('active').notNull().default(true),
  ...timestamps,
  ...softDelete,
}, (t) => ({
  sku: uniqueIndex('products_sku_alive').on(t.sku).where(sql`${t.deletedAt} is null`),
  search: index('products_search').using('gin', sql`to_tsvector('simple', ${t.name} || ' ' || coalesce(${t.description}, ''))`),
  attributes: index('products_attributes').using('gin', t.attributes),
  priced: check('products_price', sql`${t.price} >= 0`),
}));

export const productCategories = pgTable('product_categories', {
  productId: uuid('product_id').notNull().references(() => products.id, { onDelete: 'cascade' }),
  categoryId: uuid('category_id').notNull().references(() => categories.id, { onDelete: 'cascade' }),
  position: position(),
}, (t) => [primaryKey({ columns: [t.productId, t.categoryId] }), index().on(t.categoryId)]);

export const variants = pgTable('variants', {
  productId: uuid('product_id').notNull(),
  number: integer('number').notNull(),
  label: text('label').notNull(),
  price: price('price'),
}, (t) => [
  primaryKey({ name: 'variants_pk', columns: [t.productId, t.number] }),
  foreignKey({ columns: [t.productId], foreignColumns: [products.id], name: 'variants_product' }).onDelete('cascade'),
  unique('variants_label').on(t.productId, t.label).nullsNotDistinct(),
]);

export const productRelations = relations(products, ({ many }) => ({ categories: many(productCategories) }));
