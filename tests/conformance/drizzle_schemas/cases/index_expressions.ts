import { sql, desc } from 'drizzle-orm';
import { pgTable, text, timestamp, index, uniqueIndex, jsonb } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { email: text('email'), b: text('b'), at: timestamp('at'), data: jsonb('data') }, (t) => [
  uniqueIndex('lower_email').on(sql`lower(${t.email})`),
  index('two_expressions').on(sql`lower(${t.email})`, t.b),
  index('parenthesised').on(sql`(${t.data}->>'x')`),
  index('search').using('gin', sql`to_tsvector('english', ${t.b})`),
  index('ordered').on(sql`${t.at} DESC NULLS LAST`),
  index('desc_function').on(desc(t.at)),
  index('opclass').on(sql`${t.email} text_pattern_ops`),
  index('several').on(sql`lower(${t.email}), ${t.b} desc`),
  index('collated').on(sql`${t.email} COLLATE "C"`),
]);
