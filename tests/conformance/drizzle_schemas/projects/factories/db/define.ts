import { sql } from 'drizzle-orm';
import { customType, index, pgTableCreator, text, timestamp, uuid, type PgColumnBuilderBase } from 'drizzle-orm/pg-core';

export const tableOf = pgTableCreator((name) => `acme_${name}`);
export const citext = customType<{ data: string }>({ dataType() { return 'text'; } });
export const bytes = customType<{ data: Uint8Array; config: { limit?: number } }>({ dataType: () => 'bytea' });
export const vectorOf = (dimensions: number) => customType<{ data: number[]; driverData: string }>({
  dataType() { return `vector(${dimensions})`; },
  toDriver(value) { return `[${value.join(',')}]`; },
});
const PREFIXES = { user: 'usr', team: 'tm', doc: 'doc' } as const;
type Kind = keyof typeof PREFIXES;
export const typeId = (kind: Kind) => (name = 'id') => text(name).notNull().default(sql.raw(`'${PREFIXES[kind]}_' || gen_random_uuid()`));
interface Options { tenant?: boolean; track?: boolean }
export function entity<C extends Record<string, PgColumnBuilderBase>>(kind: Kind, name: string, columns: C, { tenant = false, track = true }: Options = {}, extras: (t: any) => any[] = () => []) {
  return tableOf(name, {
    id: typeId(kind)().primaryKey(),
    ...(tenant ? { tenantId: uuid('tenant_id').notNull() } : {}),
    ...columns,
    ...(track && { createdAt: timestamp('created_at').defaultNow().notNull(), version: text('version').default('1') }),
  }, (t: any) => [...(tenant ? [index(`${name}_tenant`).on(t.tenantId)] : []), ...extras(t)]);
}
