import { pgTable, text, index, type PgTableExtraConfigValue } from 'drizzle-orm/pg-core';
const columns = { a: text('a'), b: text('b') };
function indexes(t: any): PgTableExtraConfigValue[] { return [index('by_a').on(t.a), index('by_b').on(t.b)]; }
export const t = pgTable('t', columns, indexes);
