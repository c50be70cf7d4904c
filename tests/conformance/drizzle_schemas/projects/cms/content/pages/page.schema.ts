import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, serial, text, timestamp, unique, varchar, type AnyPgColumn } from 'drizzle-orm/pg-core';
import limits from '../constants';
import * as blockTables from '../blocks/block.schema';

export const pages = pgTable('pages', {
  id: serial('id').primaryKey(), parentId: integer('parent_id').references((): AnyPgColumn => pages.id, { onDelete: 'cascade' }), slug: varchar('slug', limits.slug).notNull(), title: text('title').notNull().default('Untitled'),
  status: text('status', { enum: ['draft', 'published'] }).notNull().default('draft'), publishedAt: timestamp('published_at', { withTimezone: true }), coverId: integer('cover_id').references((): AnyPgColumn => blockTables.blocks.id),
}, (t) => [
  unique('pages_slug').on(t.parentId, t.slug).nullsNotDistinct(), index('pages_published').on(t.publishedAt.desc().nullsLast()).where(sql.raw(limits.published)),
  check('pages_published', sql`(${t.status} = 'published') = (${t.publishedAt} is not null)`),
]);
