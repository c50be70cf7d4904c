import { pgTable, inet, cidr, macaddr, macaddr8, point, line } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: inet('a').default('127.0.0.1'), b: cidr('b'), c: macaddr('c'), d: macaddr8('d'),
  e: point('e'), f: point('f', { mode: 'xy' }), g: line('g'), h: line('h', { mode: 'abc' }),
});
