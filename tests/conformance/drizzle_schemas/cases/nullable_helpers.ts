import { pgTable, text, integer, boolean } from 'drizzle-orm/pg-core';
const maybe = (required: boolean) => (required ? text('m').notNull() : text('m'));
const flags = { soft: true, extra: undefined as string | undefined };
export const a = pgTable('a', { m: maybe(true), x: text(flags.extra ?? 'fallback'), ...(flags.soft && { deleted: boolean('deleted').default(false) }) });
export const b = pgTable('b', { m: maybe(false), n: integer('n').default(flags.extra ? 1 : 2) });
