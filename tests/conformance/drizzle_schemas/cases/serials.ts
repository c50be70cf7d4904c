import { pgTable, serial, bigserial, smallserial, text } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: serial('id').primaryKey(), name: text('name') });
export const b = pgTable('b', { id: bigserial('id', { mode: 'number' }).primaryKey(), other: smallserial('other').notNull() });
export const long = pgTable('a_table_whose_name_is_so_long_that_the_sequence_is_cut', {
  aColumnWithALongName: serial('a_column_with_a_long_name_too'),
});
