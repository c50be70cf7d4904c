import { customType, pgTable, integer } from 'drizzle-orm/pg-core';
const bytea = customType<{ data: Buffer }>({ dataType() { return 'bytea'; } });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const money = (scale: number) => customType<{ data: string }>({ dataType() { return `numeric(12, ${scale})`; } });
const sized = customType<{ data: string; config: { length: number } }>({ dataType(config) { return config ? `varchar(${config.length})` : 'varchar'; } });
export const t = pgTable('t', { a: bytea('a').notNull(), b: tsvector('b'), c: money(4)('c'), d: sized('d', { length: 7 }), e: sized(), f: bytea() });
