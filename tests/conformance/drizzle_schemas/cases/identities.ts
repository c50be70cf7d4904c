import { pgTable, integer, bigint, smallint } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: integer('id').primaryKey().generatedAlwaysAsIdentity() });
export const b = pgTable('b', { id: integer('id').generatedByDefaultAsIdentity({ startWith: 100, increment: 5, cache: 3 }) });
export const c = pgTable('c', { id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity({ name: 'own_seq', minValue: 10, maxValue: 1000, cycle: true }) });
export const d = pgTable('d', { id: smallint('id').generatedByDefaultAsIdentity() });
export const e = pgTable('e', { id: integer('id').generatedAlwaysAsIdentity({ increment: -1 }) });
export const f = pgTable('a_table_whose_name_is_so_long_that_the_sequence_is_cut', { aColumn: integer('a_column_with_a_long_name_too').generatedAlwaysAsIdentity() });
