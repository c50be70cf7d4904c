import { jsonb, pgEnum, pgTable, serial, text, integer, index, foreignKey } from 'drizzle-orm/pg-core';
import { pages } from '../pages/page.schema';
import { BLOCKS, type Block } from '../constants';

export const blockKind = pgEnum('block_kind', BLOCKS.map((block) => block.name) as [Block, ...Block[]]);
export const blocks = pgTable('blocks', { id: serial('id').primaryKey(), pageId: integer('page_id').notNull(), kind: blockKind('kind').notNull().default(BLOCKS[0].name), data: jsonb('data').$type<unknown[]>().default([]).notNull(), order: integer('order').notNull() }, (t) => [
  foreignKey({ name: 'blocks_page', columns: [t.pageId], foreignColumns: [pages.id] }).onDelete('cascade').onUpdate('cascade'), index('blocks_order').on(t.pageId, t.order),
]);
