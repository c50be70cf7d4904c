import { and, count, countDistinct, desc, eq, gte, isNotNull, max, min, sql } from 'drizzle-orm';
import { integer, pgMaterializedView, pgView, text } from 'drizzle-orm/pg-core';
import { daily, events, mart } from './tables';

export const byDevice = pgView('by_device').as((qb) => qb.select({ device: events.device, visits: count().as('visits'), sessions: countDistinct(events.session).as('sessions') }).from(events).groupBy(events.device).having(({ visits }) => gte(visits, 1)));
export const latest = mart.materializedView('latest').as((qb) => qb.select({ path: events.path, last: max(events.at).as('last'), first: min(events.at).as('first') }).from(events).where(isNotNull(events.path)).groupBy(events.path));
export const joined = pgMaterializedView('joined').with({ fillfactor: 80 }).withNoData().as((qb) => qb.select({ day: daily.day, visits: daily.visits, path: events.path }).from(daily).innerJoin(events, and(eq(daily.device, events.device), eq(sql`${events.at}::date`, daily.day))).orderBy(desc(daily.day)));
export const manual = pgView('manual', { path: text('path'), visits: integer('visits') }).with({ securityBarrier: true, checkOption: 'local' }).as(sql`select path, 1 as visits from ${events} where ${events.path} like '/%'`);
