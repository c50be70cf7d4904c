import { pgTable, primaryKey, text, timestamp, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { users } from './users';

export const sessions = pgTable('session', { sessionToken: text('sessionToken').primaryKey(), userId: text('userId').notNull().references((): AnyPgColumn => users.id, { onDelete: 'cascade' }), expires: timestamp('expires', { mode: 'date' }).notNull() });
export const verificationTokens = pgTable('verificationToken', { identifier: text('identifier').notNull(), token: text('token').notNull(), expires: timestamp('expires', { mode: 'date' }).notNull() }, (vt) => [primaryKey({ columns: [vt.identifier, vt.token] })]);
