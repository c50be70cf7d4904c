import { z } from 'zod';
import { pgTable, pgEnum } from 'drizzle-orm/pg-core';
const Status = z.enum(['open', 'closed']);
export const status = pgEnum('status', Status.options);
export const t = pgTable('t', { status: status().default(Status.enum.open) });
