import { bigint, check, date, foreignKey, index, integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { memberships, organizations } from './organizations';
import { audit, key } from './_base';

export const subscriptions = pgTable('subscriptions', {
  id: key(), organizationId: text().notNull().unique().references(() => organizations.id), stripeCustomerId: text().unique(),
  currentPeriodStart: date(), currentPeriodEnd: date(), cancelAt: timestamp({ withTimezone: true }), ...audit(),
}, (t) => [check('periodOrder', sql`${t.currentPeriodStart} <= ${t.currentPeriodEnd}`)]);
export const usage = pgTable('usageRecords', {
  id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(), organizationId: text().notNull(), userId: text().notNull(),
  metricName: text().notNull(), quantity: numeric({ precision: 20, scale: 6 }).notNull(), recordedAt: timestamp({ precision: 0 }).notNull().defaultNow(),
}, (t) => [
  foreignKey({ columns: [t.organizationId, t.userId], foreignColumns: [memberships.organizationId, memberships.userId] }).onDelete('cascade'),
  index().on(t.organizationId, t.recordedAt), index('usageByMetric').on(t.metricName).where(sql`${t.quantity} > 0`),
]);
export const invoices = pgTable('invoices', {
  id: key(), subscriptionId: text().references(() => subscriptions.id, { onDelete: 'restrict' }), amountDue: integer().notNull(), invoiceNumber: text().notNull().unique('invoiceNumberUnique'), paidAt: timestamp(),
});
