import { pgTable, text } from 'drizzle-orm/pg-core';
const snake = (s: string) => s.replace(/[A-Z]/g, (m) => `_${m.toLowerCase()}`);
const words = 'alpha beta'.split(' ').map((w) => w.toUpperCase()).join('_');
export const t = pgTable(snake('userProfile'), { [words]: text(words.toLowerCase()), last: text(['a', 'b'].at(-1)!) });
