import { sql } from 'drizzle-orm';
import { pgTable, boolean, uuid } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  id: uuid('id').defaultRandom().primaryKey(),
  a: boolean('a').default(false).notNull(),
  b: boolean().default(true),
  c: uuid().default(sql`gen_random_uuid()`),
  d: uuid().default('00000000-0000-0000-0000-000000000000'),
});
