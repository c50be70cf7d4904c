import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const LOCALES = ['en', 'de', 'fr'] as const;
const STATES = Object.freeze({ todo: 1, doing: 2, done: 3 });
export const state = pgEnum('state', Object.keys(STATES) as [string, ...string[]]);
const translated = (name: string, ...locales: readonly string[]) => locales.reduce<Record<string, any>>((all, locale) => ({ ...all, [`${name}_${locale}`]: text(`${name}_${locale}`) }), {});
const flags: Record<string, ReturnType<typeof boolean>> = {};
for (const flag of ['archived', 'pinned']) { flags[flag] = boolean(flag).notNull().default(flag === 'pinned'); }
const toColumn = ([name, size]: [string, number]) => [name, size > 2 ? integer(name).default(size) : integer(name)] as const;

export const tasks = pgTable('tasks', {
  id: uuid().primaryKey().defaultRandom(), ...translated('title', ...LOCALES), ...translated('body', LOCALES[0]), ...flags,
  ...Object.fromEntries(Object.entries(STATES).map(toColumn)), state: state().default(Object.keys(STATES)[0]!),
  meta: jsonb().default(JSON.parse('{"a": [1, 2, {"b": null}]}')),
}, (t: any) => [
  ...LOCALES.map((locale) => index(`tasks_title_${locale}`).on(t[`title_${locale}`])),
  check('tasks_any_title', sql.join(LOCALES.map((locale) => sql`${t[`title_${locale}`]} is not null`), sql` or `)),
  ...Object.entries(STATES).filter(([, value]) => value % 2 === 1).map(([name]) => index(`by_${name}`).on(t[name]).where(sql.raw(`${name} is not null`))),
]);
function history(of: string, depth = 1): any[] { return depth > 3 ? [] : [pgTable(`${of}_history_${depth}`, { id: integer().primaryKey(), at: timestamp().defaultNow(), of: text().default(`${of}#${depth}`) }), ...history(of, depth + 1)]; }
export const [firstHistory, secondHistory, ...rest] = history('tasks');
export const { [0]: thirdHistory } = rest;
