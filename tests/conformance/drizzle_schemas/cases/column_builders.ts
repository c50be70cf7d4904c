import { pgTable } from 'drizzle-orm/pg-core';
import { getPgColumnBuilders } from 'drizzle-orm/pg-core/columns/all';
const of = (make: (builders: ReturnType<typeof getPgColumnBuilders>) => Record<string, any>) => make(getPgColumnBuilders());
export const t = pgTable('t', { ...of((c) => ({ id: c.uuid('id').primaryKey(), size: c.numeric('size', { precision: 6 }) })) });
