import { boolean, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, timestamp, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { audit, key } from './_base';

export const memberRole = pgEnum('memberRole', ['owner', 'admin', 'member', 'guest']);
export const plan = pgEnum('plan', ['free', 'team', 'enterprise']);
const defaultSettings = { theme: 'system', locale: 'en', notifications: { email: true, push: false } };

export const organizations = pgTable('organizations', {
  id: key(), displayName: text().notNull(), slug: text().notNull().unique(), plan: plan().notNull().default('free'),
  settings: jsonb().notNull().default(defaultSettings), seatLimit: integer().default(5), ...audit(),
});
export const users = pgTable('users', {
  id: key(), emailAddress: text().notNull(), emailVerifiedAt: timestamp(), isBanned: boolean().default(false).notNull(), ...audit(),
}, (t) => [uniqueIndex('usersEmail').on(sql`lower(${t.emailAddress})`), index().on(t.createdAt.desc())]);
export const memberships = pgTable('memberships', {
  organizationId: text().notNull().references(() => organizations.id, { onDelete: 'cascade' }),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  role: memberRole().notNull().default('member'), invitedByUserId: text().references(() => users.id, { onDelete: 'set null' }), ...audit(),
}, (t) => [primaryKey({ columns: [t.organizationId, t.userId] }), index('membershipsByUser').on(t.userId), unique().on(t.userId, t.role)]);
