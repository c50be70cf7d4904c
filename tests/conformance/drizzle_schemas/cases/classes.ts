import { pgTable, text, integer } from 'drizzle-orm/pg-core';
class Columns {
  static id = () => integer('id').primaryKey();
  constructor(private prefix: string) {}
  text(name: string) { return text(`${this.prefix}_${name}`); }
}
const c = new Columns('p');
export const t = pgTable('t', { id: Columns.id(), a: c.text('a'), b: c.text('b').notNull() });
