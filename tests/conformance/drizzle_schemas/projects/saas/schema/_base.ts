import { text, timestamp } from 'drizzle-orm/pg-core';

export const key = () => text().primaryKey().notNull();
export const audit = () => ({
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).defaultNow().notNull(),
  updatedAt: timestamp({ withTimezone: true, mode: 'date' }).defaultNow().notNull(),
  createdBy: text(),
});
