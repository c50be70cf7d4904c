import { sql, type SQL } from 'drizzle-orm';
import { pgTable, text, integer } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  first: text('first'), last: text('last'), n: integer('n'),
  full: text('full').generatedAlwaysAs((): SQL => sql`${t.first} || ' ' || ${t.last}`),
  double: integer('double').generatedAlwaysAs(sql`n * 2`),
  upper: text('upper').generatedAlwaysAs(sql`upper(first)`).notNull(),
});
