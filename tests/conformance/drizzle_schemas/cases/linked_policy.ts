import { sql } from 'drizzle-orm';
import { pgTable, pgPolicy, integer } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { id: integer('id') });
export const p = pgPolicy('linked', { for: 'select', to: 'public', using: sql`${t.id} = 1` }).link(t);
