import { is } from 'drizzle-orm';
import { pgTable, text, integer, PgTable, PgColumn, isPgEnum, pgEnum } from 'drizzle-orm/pg-core';
export const e = pgEnum('e', ['x']);
const a = pgTable('a', { x: text('x') });
const name = is(a, PgTable) && is(a.x, PgColumn) && isPgEnum(e) ? 'yes' : 'no';
export const b = pgTable(name, { x: integer('x'), e: e() });
