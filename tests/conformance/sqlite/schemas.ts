// case: text
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a') })

// case: text of a length
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a', { length: 20 }) })

// case: text of an enum
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a', { enum: ['x', 'y'] }).default('x') })

// case: text without a name
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text() })

// case: text that is required
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').notNull() })

// case: text with a default
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').default("it's; -- \\") })

// case: an empty default
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').default('') })

// case: json
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a', { mode: 'json' }) })

// case: json with an object
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a', { mode: 'json' }).default({ x: [1, 'y'], z: null }) })

// case: json with an array
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a', { mode: 'json' }).default([]) })

// case: an integer
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a') })

// case: int
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: int('a').default(5) })

// case: a negative default
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a').default(-3) })

// case: a flag
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a', { mode: 'boolean' }).default(true).notNull() })

// case: a flag that is false
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a', { mode: 'boolean' }).default(false) })

// case: a moment
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a', { mode: 'timestamp' }).default(sql`(unixepoch())`) })

// case: a moment of thousandths
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a', { mode: 'timestamp_ms' }).notNull().default(sql`(unixepoch() * 1000)`) })

// case: a date that is fixed
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a', { mode: 'timestamp' }).default(new Date(86400000)) })

// case: thousandths that are fixed
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a', { mode: 'timestamp_ms' }).default(new Date(5)) })

// case: now
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a', { mode: 'timestamp_ms' }).defaultNow() })

// case: real
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: real('a').default(1.5) })

// case: numeric
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: numeric('a').default('10') })

// case: numeric as a number
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: numeric('a', { mode: 'number' }).default(3) })

// case: a blob
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: blob('a') })

// case: a blob of json
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: blob('a', { mode: 'json' }).default({ x: 1 }) })

// case: a blob of a bigint
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: blob('a', { mode: 'bigint' }) })

// case: a blob as a buffer
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: blob('a', { mode: 'buffer' }).notNull() })

// case: the time of the row
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').default(sql`CURRENT_TIMESTAMP`) })

// case: the time in brackets
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').default(sql`(CURRENT_TIMESTAMP)`) })

// case: the time as a number
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a').default(sql`(strftime('%s', 'now'))`) })

// case: a random id
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').$defaultFn(() => crypto.randomUUID()).$onUpdate(() => 'x') })

// case: a default in code alone
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').$default(() => 'x') })

// case: a unique column
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').unique() })

// case: a unique column with a name
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').unique('own') })

// case: a typed column
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').$type<'x' | 'y'>().notNull() })

// case: generated, virtual
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').generatedAlwaysAs(sql`upper('x')`) })

// case: generated, stored
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a').generatedAlwaysAs((): any => sql`id * 2`, { mode: 'stored' }) })

// case: generated by text
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: text('a').generatedAlwaysAs('id + 1', { mode: 'virtual' }) })

// case: a reference
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a').references(() => p.id) })

// case: a reference with actions
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a').references(() => p.id, { onDelete: 'set null', onUpdate: 'cascade' }) })

// case: a reference to itself
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: integer('a').references((): any => t.id, { onDelete: 'restrict' }) })

// case: a type of its own
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: own('a') })

// case: a type of its own with a length
export const p = sqliteTable('p', { id: integer('id').primaryKey() })
export const t = sqliteTable('t', { id: integer('id').primaryKey(), a: sized('a', { length: 9 }) })

// case: a key that counts
export const t = sqliteTable('t', { id: integer('id').primaryKey({ autoIncrement: true }), a: text() })

// case: a key of text
export const t = sqliteTable('t', { id: text('id').primaryKey(), a: text() })

// case: a key of text that is required
export const t = sqliteTable('t', { id: text('id').primaryKey().notNull(), a: text() })

// case: a key of two columns
export const t = sqliteTable('t', { a: text().notNull(), b: integer() }, (t) => [primaryKey({ columns: [t.a, t.b] })])

// case: a key with a name
export const t = sqliteTable('t', { a: text().notNull(), b: integer().notNull() }, (t) => [primaryKey({ columns: [t.b, t.a], name: 'own' })])

// case: a key of one column at the end
export const t = sqliteTable('t', { a: integer(), b: text() }, (t) => [primaryKey({ columns: [t.a] })])

// case: an index
export const t = sqliteTable('t', { a: text(), b: text() }, (t) => [index('i').on(t.a, t.b)])

// case: a unique index
export const t = sqliteTable('t', { a: text(), b: text() }, (t) => [uniqueIndex('i').on(t.b, t.a)])

// case: a partial index
export const t = sqliteTable('t', { a: text(), b: integer({ mode: 'boolean' }) }, (t) => [uniqueIndex('i').on(t.a).where(sql`${t.b} = 1 and ${t.a} <> ''`)])

// case: an index on an expression
export const t = sqliteTable('t', { a: text() }, (t) => [index('i').on(sql`lower(${t.a})`)])

// case: an index that goes down
export const t = sqliteTable('t', { a: text(), b: text() }, (t) => [index('i').on(desc(t.a), asc(t.b))])

// case: an index with a collation
export const t = sqliteTable('t', { a: text() }, (t) => [index('i').on(sql`${t.a} collate nocase desc`)])

// case: unique columns together
export const t = sqliteTable('t', { a: text(), b: text() }, (t) => [unique().on(t.a, t.b)])

// case: unique columns with a name
export const t = sqliteTable('t', { a: text(), b: text() }, (t) => [unique('own').on(t.b)])

// case: a check
export const t = sqliteTable('t', { a: integer() }, (t) => [check('c', sql`${t.a} > 0 and ${t.a} < 10`)])

// case: a check of text
export const t = sqliteTable('t', { a: text() }, (t) => [check('c', sql`a in ('x', 'y''z')`)])

// case: the older object
export const t = sqliteTable('t', { a: text(), b: text() }, (t) => ({ i: index('i').on(t.a), u: unique('u').on(t.b) }))

// case: a foreign key of two
export const t = (() => { const u = sqliteTable('u', { a: text().notNull(), b: text().notNull() }, (t) => [primaryKey({ columns: [t.a, t.b] })]); return u })()

// case: spread columns
export const t = sqliteTable('t', { id: integer().primaryKey(), ...stamps })

// case: made by a creator
export const t = sqliteTableCreator((name) => `app_${name}`)('t', { id: integer().primaryKey(), a: text().unique() })

// case: a column by a function
export const t = sqliteTable('t', (c) => ({ id: c.integer().primaryKey(), a: c.text({ length: 5 }).notNull() }))

// case: a long name
export const t = sqliteTable('t', { a: text() }, (t) => [index('i_' + 'x'.repeat(80)).on(t.a)])

// case: a view of a query
export const t = sqliteTable('t', { id: integer().primaryKey(), a: text() })
export const v = sqliteView('v').as((qb) => qb.select({ id: t.id, b: t.a }).from(t).where(sql`${t.a} <> ''`))

// case: a view of sql
export const t = sqliteTable('t', { id: integer().primaryKey(), a: text() })
export const v = sqliteView('v', { id: integer('id') }).as(sql`select id from ${t}`)
export const w = sqliteView('w', { id: integer('id') }).existing()

// case: a foreign key at the end
export const u = sqliteTable('u', { a: text().notNull(), b: text().notNull() }, (t) => [primaryKey({ columns: [t.a, t.b] })])
export const t = sqliteTable('t', { x: text(), y: text() }, (t) => [foreignKey({ columns: [t.x, t.y], foreignColumns: [u.a, u.b] }).onDelete('cascade')])
