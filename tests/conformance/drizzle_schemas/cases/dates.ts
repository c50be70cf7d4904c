import { pgTable, timestamp, date } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: timestamp('a').default(new Date('2024-01-31T10:20:30.400Z')),
  b: timestamp('b', { withTimezone: true }).default(new Date(0)),
  c: date('c', { mode: 'date' }).default(new Date(Date.UTC(2020, 1, 2))),
});
