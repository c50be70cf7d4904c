import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import { pgTable, text, integer, index, check } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { x: text('x'), y: integer('y') });
const { y, ...rest } = getTableColumns(a);
export const b = pgTable(`${getTableName(a)}_copy`, { x: text(rest.x.name), z: integer('z') }, (t) => Object.values({ i: index('b_all').on(...[t.x, t.z]) }));
