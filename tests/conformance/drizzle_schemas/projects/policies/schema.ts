import { sql, type SQL } from 'drizzle-orm';
import { bigint, boolean, index, pgPolicy, pgTable, text, timestamp, uuid, type PgColumn } from 'drizzle-orm/pg-core';
import { anonRole, authenticatedRole, authUid, authUsers, serviceRole } from 'drizzle-orm/supabase';

const owns = (column: PgColumn): SQL => sql`${authUid} = ${column}`;
const crud = (table: string, owner: PgColumn) => [
  pgPolicy(`${table}_select`, { for: 'select', to: authenticatedRole, using: owns(owner) }),
  pgPolicy(`${table}_insert`, { for: 'insert', to: authenticatedRole, withCheck: owns(owner) }),
  pgPolicy(`${table}_update`, { for: 'update', to: authenticatedRole, using: owns(owner), withCheck: owns(owner) }),
  pgPolicy(`${table}_delete`, { for: 'delete', to: authenticatedRole, using: owns(owner) }),
];
const owned = { userId: uuid('user_id').notNull().default(sql`auth.uid()`).references(() => authUsers.id, { onDelete: 'cascade' }) };

export const profiles = pgTable('profiles', {
  id: uuid('id').primaryKey().references(() => authUsers.id, { onDelete: 'cascade' }),
  handle: text('handle').notNull().unique(),
  public: boolean('public').notNull().default(false),
}, (t) => [
  pgPolicy('profiles are public if they say so', { for: 'select', to: [anonRole, authenticatedRole], using: sql`${t.public}` }),
  pgPolicy('own profile', { for: 'all', to: authenticatedRole, using: owns(t.id), withCheck: owns(t.id) }),
]);
export const notes = pgTable('notes', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(), ...owned,
  body: text('body').notNull(), createdAt: timestamp('created_at', { withTimezone: true }).defaultNow().notNull(),
}, (t) => [...crud('notes', t.userId), index('notes_user').on(t.userId)]);
export const files = pgTable('files', {
  id: uuid('id').primaryKey().defaultRandom(), ...owned, path: text('path').notNull(),
  noteId: bigint('note_id', { mode: 'number' }).references(() => notes.id),
}, (t) => [
  ...crud('files', t.userId),
  pgPolicy('service reads', { as: 'permissive', for: 'select', to: serviceRole, using: sql`true` }),
  pgPolicy('nobody moves', { as: 'restrictive', for: 'update', to: 'public', using: sql`exists (select 1 from ${notes} where ${notes.id} = ${t.noteId} and ${notes.userId} = ${t.userId})` }),
]);
export const auditLog = pgTable('audit_log', { id: uuid('id').primaryKey().defaultRandom(), what: text('what') }).enableRLS();
export const readAudit = pgPolicy('read audit', { for: 'select', to: serviceRole, using: sql`true` }).link(auditLog);
