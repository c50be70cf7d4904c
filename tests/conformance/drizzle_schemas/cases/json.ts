import { sql } from 'drizzle-orm';
import { pgTable, json, jsonb } from 'drizzle-orm/pg-core';
const settings = { theme: 'dark', sizes: [1, 2.5], nested: { on: true, none: null } };
export const t = pgTable('t', {
  a: json('a').default({}),
  b: jsonb('b').default([]).notNull(),
  c: jsonb('c').$type<typeof settings>().default(settings),
  d: jsonb('d').default(sql`'{"a": 1}'::jsonb`),
  e: jsonb().default({ list: ['x'] }),
});
