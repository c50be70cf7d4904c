"""PL/pgSQL: the DDL in DO blocks, and in the functions that statements call.

A migration often guards its DDL (`DO $$ BEGIN IF NOT EXISTS (…) THEN ALTER TABLE …; END IF; END $$`), so a block is
interpreted as far as its outcome is certain without a database:

- `syntax` finds where statements, branches and loops begin and end; `blocks` follows them and hands the SQL in them to
  the readers of statements; `loops` and `calls` follow loops and the functions that are called.
- `expressions` evaluates what is put together of constants and variables, `substitution` puts variables into queries.
- `guards` answers conditions that ask the catalog, from the rows that `system_catalogs` makes of the replayed one
  (`constraint_text` spells constraints as the server does); `select_into` and `rows` answer queries likewise.
- Where a condition is not known, `branching` follows each branch on a copy of the catalog, and `merge_catalogs` puts in
  doubt what they do not agree on; `partial_sql` does so for EXECUTE of SQL that is known in part.

Whatever is not certain is a gap at its line. `blocks.do` and `blocks.call` are the doors; nothing in here imports the
readers of statements, which come in as `run`.
"""
