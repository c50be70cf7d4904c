// line: 1
import { sql } from 'drizzle-orm';
import { pgTable, text, integer, check } from 'drizzle-orm/pg-core';
const kinds = ['a', "b'c"];
export const t = pgTable('t', { a: text('a'), n: integer('n') }, (t) => [check('among', sql`${t.a} in ${kinds}`), check('number', sql`${t.n} < ${10}`)]);
