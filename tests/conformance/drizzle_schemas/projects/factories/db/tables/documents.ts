import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, entity, tableOf, typeId, vectorOf } from '../define';
import { teams, users } from './users';

const kinds = ['note', 'sheet', "author's cut"] as const;
const quoted = kinds.map((kind) => `'${kind.replace(/'/g, "''")}'`).join(', ');
export const documents = entity('doc', 'documents', {
  teamId: text('team_id').references(() => teams.id, { onDelete: 'cascade' }),
  kind: text('kind', { enum: kinds }).notNull().default(kinds[0]),
  content: bytes('content', { limit: 10 }),
  embedding: vectorOf(3)('embedding'),
  meta: jsonb('meta').default({ tags: [...kinds].slice(0, 1), pages: kinds.length }),
}, { tenant: true }, (t) => [check('documents_kind', sql`${t.kind} in (${sql.raw(quoted)})`), index('documents_team').on(t.teamId, t.kind)]);
export const shares = tableOf('shares', {
  documentId: typeId('doc')('document_id').references(() => documents.id, { onDelete: 'cascade' }),
  userId: typeId('user')('user_id').references(() => users.id, { onDelete: 'cascade' }),
  level: integer('level').notNull().default(Math.max(1, 2)),
}, (t) => [primaryKey({ columns: [t.documentId, t.userId] }), index().on(t.userId)]);
