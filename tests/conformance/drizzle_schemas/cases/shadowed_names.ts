import { pgTable, text, primaryKey as drizzlePrimaryKey, integer as int4 } from 'drizzle-orm/pg-core';
import * as pg from 'drizzle-orm/pg-core';
const primaryKey = () => text('id').primaryKey();
export const a = pgTable('a', { id: primaryKey(), n: int4('n'), m: pg.smallint('m') });
export const b = pg.pgTable('b', { x: int4('x'), y: int4('y') }, (t) => [drizzlePrimaryKey({ columns: [t.x, t.y] }), pg.index('b_x').on(t.x)]);
