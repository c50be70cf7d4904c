// line: 1
// prelude: CREATE SCHEMA auth
import { pgSchema, integer } from 'drizzle-orm/pg-core';
export const auth = pgSchema('auth').existing();
export const t = auth.table('t', { id: integer('id') });
