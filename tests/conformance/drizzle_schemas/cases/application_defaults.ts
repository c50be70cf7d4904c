import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { randomUUID } from 'crypto';
export const t = pgTable('t', {
  id: text('id').primaryKey().$defaultFn(() => randomUUID()),
  a: text('a').$default(() => 'x'),
  at: timestamp('at').$onUpdate(() => new Date()),
  b: timestamp('b').defaultNow().$onUpdateFn(() => new Date()),
});
