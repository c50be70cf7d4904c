// prelude: supabase
import { sql } from 'drizzle-orm';
import { pgTable, pgPolicy, uuid, text } from 'drizzle-orm/pg-core';
import { authUsers, authenticatedRole, anonRole, serviceRole, authUid } from 'drizzle-orm/supabase';
export const profiles = pgTable('profiles', { id: uuid('id').primaryKey().references(() => authUsers.id, { onDelete: 'cascade' }), name: text('name') }, (t) => [
  pgPolicy('own', { for: 'all', to: authenticatedRole, using: sql`${authUid} = ${t.id}`, withCheck: sql`${authUid} = ${t.id}` }),
  pgPolicy('see', { for: 'select', to: [anonRole, authenticatedRole], using: sql`true` }),
  pgPolicy('service', { to: serviceRole, using: sql`(${authUid}) is null` }),
]);
