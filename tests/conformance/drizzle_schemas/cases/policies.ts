import { sql } from 'drizzle-orm';
import { pgTable, pgPolicy, pgRole, integer, text } from 'drizzle-orm/pg-core';
export const admin = pgRole('admin_role', { createDb: true, createRole: true, inherit: false });
export const known = pgRole('anon').existing();
export const t = pgTable('t', { id: integer('id'), owner: text('owner') }, (t) => [
  pgPolicy('all_of_it', { to: admin, using: sql`true`, withCheck: sql`true` }),
  pgPolicy('read', { for: 'select', to: 'public', using: sql`${t.owner} = current_user` }),
  pgPolicy('write', { as: 'restrictive', for: 'insert', to: ['anon', admin], withCheck: sql`${t.id} > 0` }),
  pgPolicy('remove', { for: 'delete', to: [known], using: sql`owner = current_user` }),
  pgPolicy('bare'),
]);
