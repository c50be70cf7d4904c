// line: 1
import { customType, integer, numeric, pgEnum, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const kind = pgEnum('kind', ['a', 'b']);
const short = customType<{ data: string }>({ dataType: () => 'varchar(7)' });

export const t = pgTable('t', {
  a: text('a').array().default(sql`ARRAY[]::text[]`),
  b: varchar('b', { length: 5 }).array().default(sql`'{}'`),
  c: numeric('c', { precision: 4, scale: 1 }).array().default(['1.55']),
  d: text('d').array().default(sql`string_to_array('a,b', ',')`),
  e: varchar('e', { length: 3 }).array().default(sql`array['a']::varchar[]`),
  f: kind('f').array().default(['a']),
  g: kind('g').array().default(sql`'{}'::kind[]`),
  h: integer('h').array('[][]').default([[1, 2], [3, 4]]),
  i: timestamp('i', { precision: 3 }).array().default([]),
  j: short('j').array().default(['x']),
  k: integer('k').array().default(sql`array[1, 2]`),
});
