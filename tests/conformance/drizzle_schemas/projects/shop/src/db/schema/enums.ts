import { pgEnum } from 'drizzle-orm/pg-core';

export const ORDER_STATUSES = ['draft', 'placed', 'paid', 'shipped', 'returned'] as const;
export const orderStatus = pgEnum('order_status', ORDER_STATUSES);
export const currency = pgEnum('currency', ['EUR', 'USD', 'GBP']);
export enum PaymentMethod { Card = 'card', Transfer = 'bank_transfer' }
export const paymentMethod = pgEnum('payment_method', Object.values(PaymentMethod) as [string, ...string[]]);
