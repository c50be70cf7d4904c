import { boolean, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { sessions } from './sessions';

export const users = pgTable('user', {
  id: text('id').primaryKey().$defaultFn(() => crypto.randomUUID()), name: text('name'), email: text('email').notNull(),
  emailVerified: timestamp('emailVerified', { mode: 'date' }), image: text('image'), lastSession: text('lastSession').references(() => sessions.sessionToken),
}, (user) => [uniqueIndex('user_email').on(user.email)]);
export const accounts = pgTable('account', {
  userId: text('userId').notNull().references(() => users.id, { onDelete: 'cascade' }), type: text('type').$type<'oauth' | 'oidc'>().notNull(),
  provider: text('provider').notNull(), providerAccountId: text('providerAccountId').notNull(), refresh_token: text('refresh_token'), access_token: text('access_token'), expires_at: integer('expires_at'),
}, (account) => [{ compoundKey: primaryKey({ columns: [account.provider, account.providerAccountId] }) }.compoundKey]);
export const authenticators = pgTable('authenticator', {
  credentialID: text('credentialID').notNull().unique(), userId: text('userId').notNull().references(() => users.id, { onDelete: 'cascade' }), counter: integer('counter').notNull(), credentialBackedUp: boolean('credentialBackedUp').notNull(),
}, (a) => [primaryKey({ columns: [a.userId, a.credentialID] })]);
