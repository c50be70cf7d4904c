import { sql } from 'drizzle-orm';
import { pgTable, text, integer, check, pgEnum } from 'drizzle-orm/pg-core';
const kinds = ['a', "b'c"];
export const kind = pgEnum('kind', ['p', 'q']);
const list = sql.join(kinds.map((k) => sql.raw(`'${k.replace(/'/g, "''")}'`)), sql`, `);
export const t = pgTable('t', { a: text('a'), k: kind('k'), n: integer('n') }, (t) => [
  check('in_list', sql`${t.a} in (${list})`),
  check('typed', sql`${t.k} <> 'p'::${kind}`),
  check('named', sql`${sql.identifier('n')} > 0`),
  check('appended', sql`${t.n} > 1`.append(sql` and ${t.n} < 9`)),
  check('empty', sql`${t.n} is not null${sql.empty()}`),
]);
