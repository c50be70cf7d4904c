import { sql } from 'drizzle-orm';
import { pgTable, text, varchar } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: text('a').default(`multi
line`), b: varchar('b', { length: 9 }).default("o'clock"), c: text('c').default(sql`E'tab\\t'`) });
