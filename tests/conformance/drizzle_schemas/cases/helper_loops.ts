import {
  type AnyPgColumn, boolean, check, date, index, integer, numeric, pgEnum, pgTable, serial, smallint, text, timestamp,
  unique, uniqueIndex, uuid, varchar,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

const timestamps = {
  createdAt: timestamp('created_at', { withTimezone: true }).defaultNow().notNull(),
  updatedAt: timestamp('updated_at').$onUpdate(() => new Date()),
};
const id = <T extends string>(prefix: T) => text('id').primaryKey().$defaultFn(() => `${prefix}_${Math.random()}`);
const money = (name: string, options: { precision?: number; scale?: number } = {}) =>
  numeric(name, { precision: 12, scale: 2, ...options });

const STATUS = ['draft', 'live', 'gone'] as const;
enum Kind {
  A = 'a',
  B = 'b b',
}
export const status = pgEnum('status', STATUS);
export const kind = pgEnum('kind', Kind);

const withTenant = <C extends Record<string, any>>(columns: C) => ({ tenantId: uuid('tenant_id').notNull(), ...columns });
const table = <N extends string, C extends Record<string, any>>(name: N, columns: C, extra?: (t: any) => any[]) =>
  pgTable(name, { id: id(name), ...withTenant(columns), ...timestamps }, (t) => [
    index(`${name}_tenant_idx`).on((t as any).tenantId),
    ...(extra?.(t) ?? []),
  ]);

export const orders = table(
  'orders',
  {
    total: money('total').notNull().default('0'),
    tax: money('tax', { scale: 4 }),
    state: status('state').default('draft').notNull(),
    kinds: kind('kinds').array().default([Kind.A, Kind.B]),
  },
  (t) => [check('total_pos', sql`${t.total} >= 0`), unique().on(t.tenantId, t.state)],
);
export const lines = table('lines', {
  orderId: text('order_id').notNull().references(() => orders.id, { onDelete: 'cascade', onUpdate: 'set null' }),
  parentId: text('parent_id').references((): AnyPgColumn => lines.id),
  ...Object.fromEntries(['en', 'de'].map((language) => [`title_${language}`, text(`title_${language}`).default('')])),
});

const columns: Record<string, any> = {};
for (const [language, length] of new Map([['en', 10], ['fr', 20]])) {
  columns[`label${language[0].toUpperCase()}${language.slice(1)}`] = varchar(`label_${language}`, { length });
  if (length > 10) continue;
  columns.only = boolean('only').default(length === 10);
}
outer: for (let i = 0; i < 3; i++) {
  for (const letter of ['x', 'y']) {
    if (i === 2) break outer;
    if (letter === 'y') continue outer;
    columns[`${letter}${i}`] = integer(`${letter}_${i}`);
  }
}
export const labels = pgTable('labels', columns);

class Columns {
  static readonly audit = () => ({ by: uuid('by'), at: date('at') });
  #count = 0;
  next(prefix: string) {
    return { [`${prefix}${++this.#count}`]: smallint(`${prefix}_${this.#count}`) };
  }
  get key() {
    return serial('key').primaryKey();
  }
}
const made = new Columns();
export const audit = pgTable('audit', { key: made.key, ...Columns.audit(), ...made.next('n'), ...made.next('n') });

const curry = (schema: string) => (name: string) => ({
  column: () => integer(`${name}_id`),
  index: (t: any) => index(`${schema}_${name}_ix`).on(t[`${name}Id`]),
});
const user = curry('acme')('user');
export const curried = pgTable('curried', { userId: user.column() }, (t) => ({
  a: user.index(t),
  b: user.index && uniqueIndex().on(t.userId),
}));
