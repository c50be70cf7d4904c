import { sql, isNull, and, isNotNull } from 'drizzle-orm';
import * as t from 'drizzle-orm/pg-core';
import { pgTable as table } from 'drizzle-orm/pg-core';

class Money { static readonly precision = 18; static column(name: string, scale = 2) { return t.numeric(name, { precision: Money.precision, scale }); } }
export const direction = t.pgEnum('direction', ['debit', 'credit']);
export const accounts = table('accounts', {
  id: t.serial().primaryKey(), code: t.varchar({ length: 20 }).notNull().unique(), parent: t.integer().references((): t.AnyPgColumn => accounts.id),
  openedOn: t.date('opened_on').notNull().default(sql`CURRENT_DATE`), closedOn: t.date('closed_on'), balance: Money.column('balance').notNull().default('0.00'),
}, (a) => [t.check('closed_after_opened', sql`${a.closedOn} is null or ${a.closedOn} >= ${a.openedOn}`), t.index('open_accounts').on(a.code).where(isNull(a.closedOn))]);
export const journals = table('journals', { id: t.bigserial({ mode: 'number' }).primaryKey(), postedAt: t.timestamp('posted_at', { withTimezone: true, mode: 'string' }).defaultNow().notNull(), memo: t.text().default("it's posted"), reversedBy: t.bigint('reversed_by', { mode: 'number' }).unique() }, (j) => [
  t.foreignKey({ columns: [j.reversedBy], foreignColumns: [j.id], name: 'journals_reversal' }),
]);
export const entries = table('entries', {
  journalId: t.bigint('journal_id', { mode: 'number' }).notNull().references(() => journals.id, { onDelete: 'restrict', onUpdate: 'restrict' }), line: t.smallint().notNull(), accountId: t.integer('account_id').notNull().references(() => accounts.id),
  direction: direction().notNull(), amount: Money.column('amount', 4).notNull(), signed: Money.column('signed', 4).generatedAlwaysAs(sql`case when direction = 'debit' then amount else -amount end`), reconciledAt: t.timestamp('reconciled_at'), reconciledBy: t.text('reconciled_by'),
}, (e) => [t.primaryKey({ columns: [e.journalId, e.line] }), t.check('positive', sql`${e.amount} > 0`), t.index('entries_account').on(e.accountId, e.journalId.desc()), t.index('reconciled').on(e.reconciledAt).where(and(isNotNull(e.reconciledAt), isNotNull(e.reconciledBy))!)]);
export const trialBalance = t.pgView('trial_balance').as((qb) => qb.select({ code: accounts.code, total: sql<string>`sum(${entries.signed})`.as('total') }).from(entries).innerJoin(accounts, sql`${accounts.id} = ${entries.accountId}`).groupBy(accounts.code));
