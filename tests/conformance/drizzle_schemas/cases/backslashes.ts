// line: 0
import { pgTable, text } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { d: text('d').default('back\\slash'), e: text('e').array().default(['plain']) });
