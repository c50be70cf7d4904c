import { pgTable, text, integer, timestamp } from 'drizzle-orm/pg-core';
export const columns = {
  key: () => integer('key').primaryKey().generatedAlwaysAsIdentity(),
  when: (name = 'when') => timestamp(name, { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
};
export const t = pgTable('t', { key: columns.key(), a: columns.when(), b: columns.when('b') });
