import { boolean, index, integer, pgSchema, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

const make = <N extends string>(name: N) => {
  const schema = pgSchema(name);
  const kind = schema.enum('kind', ['person', 'company']);
  const contacts = schema.table('contacts', { id: integer('id').primaryKey().generatedAlwaysAsIdentity(), kind: kind('kind').notNull().default('person'), name: text('name').notNull(), active: boolean('active').default(true) }, (t) => [index(`${name}_contacts_name`).on(t.name), uniqueIndex(`${name}_contacts_active`).on(sql`lower(${t.name})`).where(sql`${t.active}`)]);
  const links = schema.table('links', { from: integer('from').notNull().references(() => contacts.id, { onDelete: 'cascade' }), to: integer('to').notNull().references(() => contacts.id), at: timestamp('at').defaultNow() }, (t) => [primaryKey({ columns: [t.from, t.to] })]);
  return { schema, kind, contacts, links };
};
export const { schema: north, kind: northKind, contacts: northContacts, links: northLinks } = make('north');
export const { schema: south, kind: southKind, contacts: southContacts, links: southLinks } = make('south');
