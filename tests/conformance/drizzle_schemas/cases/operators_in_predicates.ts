import { isNull, isNotNull, and, or, not } from 'drizzle-orm';
import { pgTable, text, boolean, timestamp, index } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: text('a'), b: boolean('b'), at: timestamp('at') }, (t) => [
  index('i1').on(t.a).where(isNull(t.at)),
  index('i2').on(t.a).where(and(isNotNull(t.at), isNull(t.a))!),
  index('i3').on(t.a).where(or(isNull(t.at), isNotNull(t.a))!),
  index('i4').on(t.a).where(not(isNull(t.at))),
]);
