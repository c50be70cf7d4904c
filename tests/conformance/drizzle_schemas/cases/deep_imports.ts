// line: 0
import { pgTable } from 'drizzle-orm/pg-core/table';
import { text } from 'drizzle-orm/pg-core/columns/text';
import { sql } from 'drizzle-orm/sql';
export const t = pgTable('t', { a: text('a').default(sql`'x'`) });
