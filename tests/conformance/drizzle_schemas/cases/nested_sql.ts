import {
  alias, check, index, integer, pgMaterializedView, pgSchema, pgTable, pgView, QueryBuilder, text,
} from 'drizzle-orm/pg-core';
import { and, asc, desc, eq, gt, isNotNull, isNull, or, sql } from 'drizzle-orm';

export const app = pgSchema('app');
export const users = app.table('users', { id: integer('id').primaryKey(), name: text('user name').notNull() });

export const notes = pgTable(
  'notes',
  { id: integer('id').primaryKey(), by: integer('by'), a: text('a'), b: integer('b') },
  (t) => [
    check('inner', sql`${t.b} > 0 and ${sql`${t.a} <> ${sql.raw("'x'")}`}`),
    check('joined', sql.join([sql`${t.a} is not null`, sql`${t.b} < 10`], sql` and `)),
    check('operators', and(gt(t.b, sql`0`), or(isNull(t.a), isNotNull(t.b)))!),
    check('raw', sql`${sql.identifier('b')} <> ${sql.raw('5')}`),
    check('computed', sql`char_length(${t.a}) between 1 and ${sql.raw(String(10 * 2))}`),
    index('lower').on(sql`lower(${t.a})`, t.b.desc()),
    index('partial').on(t.a).where(sql`${t.b} is not null and ${t.a} = ${sql.raw("'it''s'")}`),
    index('words').using('gin', sql`to_tsvector('english', ${t.a})`),
  ],
);

export const plain = pgView('plain', { id: integer('id'), n: text('n') }).as(
  sql`select ${notes.id}, ${users.name} as n from ${notes} join ${users} on ${eq(users.id, notes.by)}`,
);
export const built = pgView('built').as((qb) =>
  qb
    .select({ id: notes.id, upper: sql<string>`upper(${users.name})`.as('upper'), name: users.name })
    .from(notes)
    .leftJoin(users, eq(notes.by, users.id))
    .where(and(isNotNull(notes.b), isNotNull(users.name)))
    .orderBy(desc(notes.id), asc(users.name)),
);
const boss = alias(users, 'boss');
export const bosses = pgView('bosses').as((qb) =>
  qb
    .select({ id: users.id, boss: sql`${boss.name}`.as('boss'), many: sql<number>`count(*)`.as('many') })
    .from(users)
    .innerJoin(boss, eq(boss.id, users.id))
    .groupBy(users.id, boss.name)
    .having(sql`count(*) > 1`),
);
export const totals = pgMaterializedView('totals').as((qb) => {
  const sums = qb
    .select({ by: notes.by, total: sql<number>`sum(${notes.b})`.as('total') })
    .from(notes)
    .groupBy(notes.by)
    .as('sums');
  return qb.select({ name: users.name, total: sums.total }).from(users).innerJoin(sums, eq(sums.by, users.id));
});

const lengths = new QueryBuilder()
  .$with('lengths')
  .as((qb) => qb.select({ by: notes.by, longest: sql<number>`max(length(${notes.a}))`.as('longest') }).from(notes).groupBy(notes.by));
export const longest = pgView('longest').as((qb) =>
  qb.with(lengths).select({ ...lengths._.selectedFields, name: users.name }).from(lengths).innerJoin(users, eq(users.id, lengths.by)),
);
