import { integer, unique } from 'drizzle-orm/pg-core';
import { citext, entity, typeId } from '../define';

export const users = entity('user', 'users', { email: citext('email').notNull(), logins: integer('logins').default(0) }, { tenant: true }, (t) => [unique('users_email').on(t.tenantId, t.email)]);
export const teams = entity('team', 'teams', { ownerId: typeId('user')('owner_id').references(() => users.id) }, { track: false });
