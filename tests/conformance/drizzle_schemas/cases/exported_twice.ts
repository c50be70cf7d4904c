// line: 0
import { pgTable, pgEnum, integer } from 'drizzle-orm/pg-core';
export const kind = pgEnum('kind', ['a']);
export const t = pgTable('t', { id: integer('id'), kind: kind() });
export { t as again };
export default t;
