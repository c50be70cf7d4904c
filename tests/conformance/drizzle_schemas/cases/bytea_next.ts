// line: 1
import { pgTable, bytea, bigint, geometry, integer } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: bytea('a'), b: bigint('b', { mode: 'string' }).default('9007199254740993'), c: bytea().notNull() });
