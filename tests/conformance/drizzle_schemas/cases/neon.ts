// prelude: CREATE SCHEMA auth; CREATE FUNCTION auth.user_id() RETURNS text LANGUAGE sql AS 'select ''x''::text';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { crudPolicy, authenticatedRole, authUid } from 'drizzle-orm/neon';
export const todos = pgTable('todos', { id: text('id').primaryKey(), userId: text('user_id') }, (t) => [
  crudPolicy({ role: authenticatedRole, read: authUid(t.userId), modify: false }),
  crudPolicy({ role: 'anon', read: true, modify: null }),
]);
