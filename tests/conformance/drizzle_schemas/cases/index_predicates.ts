import { sql } from 'drizzle-orm';
import { pgTable, text, boolean, timestamp, index, uniqueIndex } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: text('a'), active: boolean('active'), deletedAt: timestamp('deleted_at') }, (t) => [
  index('active').on(t.a).where(sql`${t.active} = true`),
  uniqueIndex('alive').on(t.a).where(sql`${t.deletedAt} is null`),
  uniqueIndex('raw').on(t.a).where(sql`deleted_at IS NULL AND active`),
]);
