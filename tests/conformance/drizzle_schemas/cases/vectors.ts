// prelude: CREATE EXTENSION vector
import { pgTable, vector, halfvec, sparsevec, bit, index } from 'drizzle-orm/pg-core';
export const t = pgTable('t', {
  a: vector('a', { dimensions: 3 }),
  b: halfvec('b', { dimensions: 4 }),
  c: sparsevec('c', { dimensions: 5 }),
  d: bit('d', { dimensions: 6 }),
}, (t) => [index('t_a').using('hnsw', t.a.op('vector_cosine_ops')).with({ ef_construction: 64, m: 16 })]);
