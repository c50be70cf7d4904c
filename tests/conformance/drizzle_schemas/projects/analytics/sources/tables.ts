import { sql } from 'drizzle-orm';
import { bigint, bigserial, date, doublePrecision, index, inet, integer, interval, jsonb, macaddr, pgEnum, pgSchema, pgSequence, point, primaryKey, real, smallint, text, time, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';

export const raw = pgSchema('raw');
export const mart = pgSchema('mart');
export const device = raw.enum('device', ['desktop', 'mobile', 'tablet', 'other']);
export const level = pgEnum('level', { low: 'low', mid: 'mid', high: 'high' });
export const batches = raw.sequence('batches', { startWith: 100, increment: 10, cache: 5 });
export const numbers = pgSequence('numbers', { maxValue: 9999, cycle: true });

export const events = raw.table('events', {
  id: bigserial('id', { mode: 'bigint' }).primaryKey(),
  batch: bigint('batch', { mode: 'number' }).default(sql`nextval('raw.batches')`),
  session: uuid('session').notNull(),
  device: device('device').notNull().default('other'),
  path: varchar('path', { length: 2048 }).notNull(),
  query: jsonb('query'),
  ip: inet('ip'), mac: macaddr('mac'), place: point('place'),
  duration: interval('duration', { fields: 'second', precision: 3 }),
  score: real('score').default(0.5), weight: doublePrecision('weight'),
  hour: smallint('hour').generatedAlwaysAs(sql`extract(hour from at)::smallint`),
  at: timestamp('at', { precision: 6 }).notNull().default(sql`CURRENT_TIMESTAMP`),
}, (t) => [
  index('events_at').using('brin', t.at).with({ pages_per_range: 32 }),
  index('events_session').on(t.session, t.at.asc().nullsFirst()),
  index('events_path').on(t.path.op('varchar_pattern_ops')),
  index('events_day').on(sql`date_trunc('day', ${t.at})`),
  index('events_query').using('gin', t.query.op('jsonb_path_ops')),
]);
export const daily = mart.table('daily', {
  day: date('day').notNull(), device: device('device').notNull(), opened: time('opened', { withTimezone: true }),
  visits: integer('visits').notNull().default(0), level: level('level').default('low'), notes: text('notes').array(),
}, (t) => ({ pk: primaryKey({ columns: [t.day, t.device] }) }));
