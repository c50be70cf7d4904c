import { pgTable, text, index } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { a: text('a'), b: text('b') }, (t) => [
  index('pattern').on(t.a.op('text_pattern_ops')),
  index('pattern_desc').on(t.a.desc().op('text_pattern_ops'), t.b),
]);
