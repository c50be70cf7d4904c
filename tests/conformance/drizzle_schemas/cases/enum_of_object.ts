import { pgTable, pgEnum } from 'drizzle-orm/pg-core';
enum Role { Admin = 'admin', User = 'user' }
export const role = pgEnum('role', Role);
export const level = pgEnum('level', { low: 'LOW', high: 'HIGH' } as const);
export const t = pgTable('t', { role: role().default(Role.User), level: level('lvl') });
