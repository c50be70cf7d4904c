import { pgTable, serial, integer, text, type AnyPgColumn } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: serial('id').primaryKey(), managerId: integer('manager_id').references((): AnyPgColumn => users.id, { onDelete: 'set null' }) });
export const posts = pgTable('posts', {
  id: serial('id').primaryKey(),
  a: integer('a').references(() => users.id, { onDelete: 'cascade', onUpdate: 'cascade' }).notNull(),
  b: integer('b').references(() => users.id, { onDelete: 'restrict' }),
  c: integer('c').references(() => users.id, { onDelete: 'set default' }),
  d: integer('d').references(() => users.id, { onUpdate: 'no action' }),
  later: text('later').references(() => tags.name),
});
export const tags = pgTable('tags', { name: text('name').primaryKey() });
