import { pgTable, text, integer, timestamp, index, type PgColumn } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
const typeId = (prefix: string) => (name: string) => text(name).default(sql.raw(`'${prefix}_'`)).notNull();
function auditable(name: string, columns: Record<string, any>, extra: (t: any) => any[] = () => []) {
  return pgTable(name, { ...columns, createdBy: text('created_by'), at: timestamp('at').defaultNow() }, (t) => [index(`${name}_at_idx`).on(t.at), ...extra(t)]);
}
export const a = auditable('audited', { id: typeId('a')('id').primaryKey(), n: integer('n') }, (t) => [index('by_n').on(t.n)]);
export const b = auditable('audited_too', { id: typeId('b')('id') });
