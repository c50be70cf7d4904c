import { pgTable, text, varchar, type PgColumn } from 'drizzle-orm/pg-core';
function collate<C extends PgColumn<any>>(column: C, collation: string) {
  const original = column.getSQLType;
  column.getSQLType = function (this: C) {
    return original.call(this) + ` COLLATE "${collation}"`;
  };
  return column;
}
export const t = pgTable('t', { id: text('id').primaryKey(), name: varchar('name', { length: 20 }).notNull() });
collate(t.id, 'C');
collate(t.name, 'POSIX');
