// line: 1
import { eq, gt, inArray, between, ne, like } from 'drizzle-orm';
import { pgTable, text, integer, index, check } from 'drizzle-orm/pg-core';
export const t = pgTable('t', { kind: text('kind'), n: integer('n') }, (t) => [
  index('i1').on(t.n).where(eq(t.kind, "click's")),
  index('i2').on(t.n).where(inArray(t.kind, ['a', 'b'])),
  index('i3').on(t.kind).where(gt(t.n, 5)),
  check('c1', between(t.n, 1, 10)), check('c2', ne(t.kind, '')), check('c3', like(t.kind, 'a%')),
]);
