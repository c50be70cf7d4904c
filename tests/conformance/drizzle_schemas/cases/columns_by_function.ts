import { pgTable } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
export const t = pgTable('t', (t) => ({
  id: t.uuid().primaryKey().defaultRandom(),
  name: t.varchar({ length: 50 }).notNull(),
  at: t.timestamp('created_at', { withTimezone: true }).defaultNow(),
  tags: t.text().array().default(sql`'{}'`),
}));
