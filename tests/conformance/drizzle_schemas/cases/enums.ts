import { pgTable, pgEnum } from 'drizzle-orm/pg-core';
const colours = ['red', 'green'] as const;
export enum Size { Small = 'S', Large = 'L' }
export const a = pgEnum('a', ['x', "it's"]);
export const b = pgEnum('b', colours);
export const c = pgEnum('Size Name', Object.values(Size) as [string, ...string[]]);
export const t = pgTable('t', { a: a('a').default('x').notNull(), b: b(), c: c('c').default(Size.Large) });
