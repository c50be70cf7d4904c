import { pgTable, text, integer, timestamp, index, uniqueIndex, jsonb } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: text('a'), b: integer('b'), c: timestamp('c'), d: jsonb('d') }, (t) => [
  index('plain').on(t.a), index('two').on(t.a, t.b), uniqueIndex('uniq').on(t.b),
  index('desc').on(t.c.desc()), index('desc_first').on(t.c.desc().nullsFirst()), index('asc_first').on(t.c.asc().nullsFirst()),
  index('desc_last').on(t.c.desc().nullsLast()), index('mixed').on(t.a.asc(), t.c.desc()),
  index('hash').using('hash', t.a), index('gin').using('gin', t.d), index('op').using('gin', t.d.op('jsonb_path_ops')),
  index('fill').on(t.b).with({ fillfactor: '70' }),
]);
