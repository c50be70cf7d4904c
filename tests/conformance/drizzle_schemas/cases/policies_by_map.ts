// prelude: supabase
import { type AnyPgColumn, integer, pgPolicy, pgRole, pgTable, uuid } from 'drizzle-orm/pg-core';
import { exists, type SQL, sql } from 'drizzle-orm';
import { anonRole, authenticatedRole, authUid, serviceRole } from 'drizzle-orm/supabase';

export const admin = pgRole('admin_x', { createRole: true, createDb: true, inherit: false });

const owns = (column: AnyPgColumn): SQL => sql`${authUid} = ${column}`;
const policies = (name: string, t: { userId: AnyPgColumn }) =>
  (['select', 'insert', 'update', 'delete'] as const).map((command) =>
    pgPolicy(`${name}_${command}`, {
      for: command,
      to: command === 'select' ? [authenticatedRole, anonRole] : authenticatedRole,
      as: command === 'delete' ? 'restrictive' : 'permissive',
      ...(command !== 'insert' && { using: owns(t.userId) }),
      ...(['insert', 'update'].includes(command) ? { withCheck: owns(t.userId) } : {}),
    }),
  );

export const notes = pgTable(
  'notes',
  { id: uuid('id').primaryKey().defaultRandom(), userId: uuid('user_id').notNull(), org: uuid('org') },
  (t) => [
    ...policies('notes', t),
    pgPolicy('all_admin', { to: admin, using: sql`true` }),
    pgPolicy('everyone', { to: 'public', using: exists(sql`(select 1 from notes n where n.org = ${t.org})`) }),
  ],
);
export const bare = pgTable('bare', { id: integer('id') }).enableRLS();
export const linked = pgPolicy('linked', { for: 'select', to: serviceRole, using: sql`1 = 1` }).link(bare);
