-- case: rename a table
CREATE TABLE a (x); ALTER TABLE a RENAME TO b;
-- case: rename a table that others reference
CREATE TABLE a (x INTEGER PRIMARY KEY); CREATE TABLE c (y REFERENCES a (x), z INTEGER REFERENCES a); ALTER TABLE a RENAME TO b;
-- case: rename a table that references itself
CREATE TABLE a (x INTEGER PRIMARY KEY, y REFERENCES a (x)); ALTER TABLE a RENAME TO b;
-- case: rename a table with indexes
CREATE TABLE a (x, y); CREATE INDEX i ON a (x) WHERE y > 0; ALTER TABLE a RENAME TO b; CREATE INDEX j ON b (y);
-- case: rename a table with a check that names it
CREATE TABLE a (x INTEGER, CHECK ("a"."x" > 0)); ALTER TABLE a RENAME TO b;
-- case: rename a table that a view reads
CREATE TABLE a (x); CREATE VIEW v AS SELECT x FROM a; ALTER TABLE a RENAME TO b;
-- case: rename a table to other case, in two steps
CREATE TABLE a (x); ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME TO A;
-- case: rename a column
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t RENAME COLUMN a TO c;
-- case: rename a column without the word
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t RENAME a TO "c d";
-- case: rename a column of all keys
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE, UNIQUE (b, a)); ALTER TABLE t RENAME COLUMN b TO c; ALTER TABLE t RENAME COLUMN a TO id;
-- case: rename a column that a check reads
CREATE TABLE t (a INTEGER CHECK (a > 0), b TEXT CHECK (length(b) < a)); ALTER TABLE t RENAME COLUMN a TO c;
-- case: rename a column that an index reads
CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (a, lower(a)) WHERE a IS NOT NULL; ALTER TABLE t RENAME COLUMN a TO c;
-- case: rename a column that others reference
CREATE TABLE p (a INTEGER PRIMARY KEY); CREATE TABLE t (x REFERENCES p (a)); ALTER TABLE p RENAME COLUMN a TO id;
-- case: rename a column that references
CREATE TABLE p (a INTEGER PRIMARY KEY); CREATE TABLE t (x REFERENCES p (a)); ALTER TABLE t RENAME COLUMN x TO y;
-- case: rename a column that a generated one reads
CREATE TABLE t (a INTEGER, b INTEGER AS (a * 2)); ALTER TABLE t RENAME COLUMN a TO c;
-- case: rename a column that a view reads
CREATE TABLE t (a INTEGER, b INTEGER); CREATE VIEW v AS SELECT a, b FROM t; ALTER TABLE t RENAME COLUMN b TO c;
-- case: rename a column in other case
CREATE TABLE t (userName TEXT); ALTER TABLE T RENAME COLUMN USERNAME TO user_name;
-- case: add a column
CREATE TABLE t (a INTEGER); ALTER TABLE t ADD COLUMN b TEXT; ALTER TABLE t ADD c INTEGER NOT NULL DEFAULT 0;
-- case: add a column with a reference
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER); ALTER TABLE t ADD COLUMN b INTEGER REFERENCES p (id) ON DELETE CASCADE;
-- case: add a column with a check
CREATE TABLE t (a INTEGER CHECK (a > 0)); ALTER TABLE t ADD COLUMN b INTEGER CHECK (b > 1) DEFAULT 2;
-- case: add a column with a collation
CREATE TABLE t (a INTEGER); ALTER TABLE t ADD COLUMN b TEXT COLLATE NOCASE DEFAULT 'x';
-- case: add a generated column
CREATE TABLE t (a INTEGER); ALTER TABLE t ADD COLUMN b INTEGER AS (a + 1) VIRTUAL;
-- case: add a column and an index on it
CREATE TABLE t (a INTEGER); ALTER TABLE t ADD b TEXT; CREATE UNIQUE INDEX i ON t (b, a);
-- case: drop a column
CREATE TABLE t (a INTEGER, b TEXT, c TEXT); ALTER TABLE t DROP COLUMN b; ALTER TABLE t DROP c;
-- case: drop a column, then add it
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t DROP COLUMN b; ALTER TABLE t ADD COLUMN b INTEGER;
-- case: drop a column after its index
CREATE TABLE t (a INTEGER, b TEXT); CREATE INDEX i ON t (b); DROP INDEX i; ALTER TABLE t DROP COLUMN b;
-- case: drop a table
CREATE TABLE t (a INTEGER); CREATE TABLE u (a INTEGER); CREATE INDEX i ON t (a); DROP TABLE t;
-- case: drop a table, then make it again
CREATE TABLE t (a INTEGER); CREATE INDEX i ON t (a); DROP TABLE t; CREATE TABLE t (b TEXT); CREATE INDEX i ON t (b);
-- case: drop a table that is not there
CREATE TABLE t (a INTEGER); DROP TABLE IF EXISTS u; DROP INDEX IF EXISTS i; DROP VIEW IF EXISTS v; DROP TRIGGER IF EXISTS g;
-- case: drop a table that is referenced
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a REFERENCES p); DROP TABLE p;
-- case: drop an index
CREATE TABLE t (a INTEGER, b INTEGER); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b); DROP INDEX i;
-- case: drop a view
CREATE TABLE t (a INTEGER); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT 1; DROP VIEW v;
-- case: drop a trigger
CREATE TABLE t (a INTEGER); CREATE TRIGGER g AFTER DELETE ON t BEGIN SELECT 1; END; DROP TRIGGER g;
-- case: the dance of drizzle
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `users` (`id` integer PRIMARY KEY, `name` text);--> statement-breakpoint
CREATE TABLE `posts` (`id` integer PRIMARY KEY, `user` integer REFERENCES `users`(`id`));--> statement-breakpoint
CREATE TABLE `__new_users` (`id` integer PRIMARY KEY NOT NULL, `name` text NOT NULL);
--> statement-breakpoint
INSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;--> statement-breakpoint
DROP TABLE `users`;--> statement-breakpoint
ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint
CREATE UNIQUE INDEX `users_name` ON `users` (`name`);--> statement-breakpoint
PRAGMA foreign_keys=ON;
-- case: the dance of drizzle, to itself
CREATE TABLE `n` (`id` integer PRIMARY KEY, `up` integer, FOREIGN KEY (`up`) REFERENCES `n`(`id`));
CREATE TABLE `__new_n` (`id` integer PRIMARY KEY NOT NULL, `up` integer, FOREIGN KEY (`up`) REFERENCES `n`(`id`) ON DELETE cascade);
DROP TABLE `n`; ALTER TABLE `__new_n` RENAME TO `n`;
-- case: the dance of alembic
CREATE TABLE t (a INTEGER NOT NULL, PRIMARY KEY (a)); CREATE TABLE _alembic_tmp_t (a INTEGER NOT NULL, b VARCHAR(20), PRIMARY KEY (a));
INSERT INTO _alembic_tmp_t (a) SELECT a FROM t; DROP TABLE t; ALTER TABLE _alembic_tmp_t RENAME TO t;
-- case: the dance by way of the old table
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t RENAME TO t_old; CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t SELECT a FROM t_old; DROP TABLE t_old;
-- case: the dance of prisma
PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF; CREATE TABLE "User" ("id" TEXT NOT NULL PRIMARY KEY);
CREATE TABLE "new_User" ("id" TEXT NOT NULL PRIMARY KEY, "email" TEXT); INSERT INTO "new_User" ("id") SELECT "id" FROM "User";
DROP TABLE "User"; ALTER TABLE "new_User" RENAME TO "User"; CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;
-- case: the dance in a transaction
BEGIN; CREATE TABLE t (a INTEGER); CREATE TABLE n (a INTEGER NOT NULL); INSERT INTO n SELECT a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t; COMMIT;
-- case: two dances
CREATE TABLE t (a INTEGER); CREATE TABLE n (a TEXT); DROP TABLE t; ALTER TABLE n RENAME TO t; CREATE TABLE n (a REAL, b TEXT); DROP TABLE t; ALTER TABLE n RENAME TO t;
-- case: a savepoint
SAVEPOINT s; CREATE TABLE t (a INTEGER); RELEASE s; ALTER TABLE t ADD b TEXT;
-- case: a rename back and forth
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN a TO x; ALTER TABLE u RENAME TO t; ALTER TABLE t RENAME COLUMN x TO a;
-- case: swap two columns
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t RENAME COLUMN a TO c; ALTER TABLE t RENAME COLUMN b TO a; ALTER TABLE t RENAME COLUMN c TO b;
-- case: swap two tables
CREATE TABLE a (x INTEGER); CREATE TABLE b (y TEXT); ALTER TABLE a RENAME TO c; ALTER TABLE b RENAME TO a; ALTER TABLE c RENAME TO b;
-- case: a column of a string's name
CREATE TABLE t (a TEXT DEFAULT 'b', b TEXT CHECK (b <> 'a')); ALTER TABLE t RENAME COLUMN a TO c;
-- case: an index replaced
CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (a); DROP INDEX i; CREATE UNIQUE INDEX i ON t (b);
-- case: a view replaced
CREATE TABLE t (a TEXT, b TEXT); CREATE VIEW v AS SELECT a FROM t; DROP VIEW v; CREATE VIEW v (x, y) AS SELECT a, b FROM t;
-- case: a table made where one was, if it is not there
CREATE TABLE t (a INTEGER); DROP TABLE t; CREATE TABLE IF NOT EXISTS t (b TEXT);
-- case: a table renamed to what was dropped
CREATE TABLE a (x INTEGER); CREATE TABLE b (y INTEGER); DROP TABLE a; ALTER TABLE b RENAME TO a;
-- case: add many columns
CREATE TABLE t (a INTEGER); ALTER TABLE t ADD b TEXT; ALTER TABLE t ADD c TEXT DEFAULT ''; ALTER TABLE t ADD d REAL; ALTER TABLE t ADD e BLOB;
-- case: rename a column, then drop it
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t RENAME COLUMN b TO c; ALTER TABLE t DROP COLUMN c;
-- case: rename a column, then index it
CREATE TABLE t (a INTEGER, b TEXT); ALTER TABLE t RENAME COLUMN b TO c; CREATE INDEX i ON t (c DESC);
-- case: rename a table without rowid
CREATE TABLE a (x TEXT PRIMARY KEY, y) WITHOUT ROWID; ALTER TABLE a RENAME TO b; ALTER TABLE b ADD z TEXT;
-- case: rename a strict table
CREATE TABLE a (x INTEGER PRIMARY KEY AUTOINCREMENT, y TEXT) STRICT; ALTER TABLE a RENAME TO b; ALTER TABLE b ADD z REAL;
-- case: add a column to a table of the main database
CREATE TABLE t (a INTEGER); ALTER TABLE main.t ADD COLUMN b TEXT;
-- case: a trigger goes with its table
CREATE TABLE t (a INTEGER); CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END; DROP TABLE t; CREATE TABLE t (b INTEGER);
-- case: what is in a row is no statement
CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('; DROP TABLE t; --'); ALTER TABLE t ADD b TEXT;
-- case: a name in three quotes
CREATE TABLE [t 1] (a INTEGER); ALTER TABLE `t 1` ADD COLUMN "b c" TEXT; ALTER TABLE "t 1" RENAME COLUMN [b c] TO `d e`; ALTER TABLE [t 1] RENAME TO "t 2";
-- case: rename a column that two keys of another table reference
CREATE TABLE p (a INTEGER PRIMARY KEY, b TEXT UNIQUE); CREATE TABLE t (x REFERENCES p (a), y REFERENCES p (b)); ALTER TABLE p RENAME COLUMN b TO code;
-- case: rename a table that a partial index and a key know
CREATE TABLE p (id INTEGER PRIMARY KEY, on_ INTEGER); CREATE UNIQUE INDEX i ON p (id) WHERE on_ = 1; CREATE TABLE t (a REFERENCES p ON UPDATE CASCADE); ALTER TABLE p RENAME TO q;
