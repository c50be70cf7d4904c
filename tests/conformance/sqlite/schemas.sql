-- case: a column without a type
CREATE TABLE t (a, b);
-- case: a type of many words
CREATE TABLE t (a UNSIGNED BIG INT, b VARYING CHARACTER(255), c NATIVE CHARACTER (70), d DOUBLE PRECISION);
-- case: a type that nobody knows
CREATE TABLE t (a foo bar, b geometry(3, 4), c "quoted type", d [bracketed]);
-- case: types with numbers
CREATE TABLE t (a DECIMAL(10,5), b NUMERIC(8), c VARCHAR(20), d FLOAT(+3), e T(-1,2));
-- case: a rowid
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- case: a rowid by a constraint of the table
CREATE TABLE t (id INTEGER, a TEXT, PRIMARY KEY (id));
-- case: a rowid that counts
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
-- case: a rowid that counts, said not null
CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, a TEXT);
-- case: a rowid that counts, of the table
CREATE TABLE t (id INTEGER, a TEXT, PRIMARY KEY (id AUTOINCREMENT));
-- case: a key that is no rowid
CREATE TABLE t (id INT PRIMARY KEY, a TEXT);
-- case: a descending key is no rowid
CREATE TABLE t (id INTEGER PRIMARY KEY DESC, a TEXT);
-- case: a key of text
CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, a TEXT);
-- case: a key of two columns
CREATE TABLE t (a INTEGER NOT NULL, b INTEGER, c TEXT, PRIMARY KEY (a, b));
-- case: a key with a name
CREATE TABLE t (a INTEGER CONSTRAINT pk PRIMARY KEY, b TEXT, CONSTRAINT u UNIQUE (b));
-- case: without rowid
CREATE TABLE t (a TEXT PRIMARY KEY, b INTEGER) WITHOUT ROWID;
-- case: strict
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c ANY, d REAL, e BLOB, f INT) STRICT;
-- case: strict and without rowid
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT, WITHOUT ROWID;
-- case: not null and null
CREATE TABLE t (a TEXT NOT NULL, b TEXT NULL, c TEXT);
-- case: defaults that are numbers
CREATE TABLE t (a DEFAULT 1, b DEFAULT -1, c DEFAULT +2.5, d DEFAULT 1e3, e DEFAULT 0x10, f DEFAULT .5, g DEFAULT 007);
-- case: defaults that are text
CREATE TABLE t (a DEFAULT 'x', b DEFAULT 'it''s', c DEFAULT '', d DEFAULT "double", e DEFAULT ';', f DEFAULT '--');
-- case: defaults that are bytes
CREATE TABLE t (a BLOB DEFAULT x'00ff', b BLOB DEFAULT X'AB');
-- case: defaults that are moments
CREATE TABLE t (a DEFAULT CURRENT_TIMESTAMP, b DEFAULT current_date, c DEFAULT CURRENT_TIME);
-- case: defaults that are calls
CREATE TABLE t (a INTEGER DEFAULT (unixepoch()), b TEXT DEFAULT (lower(hex(randomblob(16)))), c DEFAULT (strftime('%s','now')));
-- case: defaults that are expressions
CREATE TABLE t (a DEFAULT (1 + 2), b DEFAULT (json_array()), c DEFAULT (CAST(1 AS TEXT)), d DEFAULT ('a' || 'b'));
-- case: defaults that are true, false and null
CREATE TABLE t (a DEFAULT true, b DEFAULT FALSE, c DEFAULT NULL, d DEFAULT (NULL), e INTEGER DEFAULT 0);
-- case: a default that is a bare word
CREATE TABLE t (a TEXT DEFAULT open, b TEXT DEFAULT (1));
-- case: collations
CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT COLLATE RTRIM NOT NULL, c TEXT COLLATE "binary");
-- case: unique columns
CREATE TABLE t (a TEXT UNIQUE, b TEXT UNIQUE NOT NULL, c TEXT, UNIQUE (a, b), CONSTRAINT own UNIQUE (c));
-- case: unique twice on the same columns
CREATE TABLE t (a TEXT UNIQUE, UNIQUE (a), UNIQUE (a));
-- case: a unique key beside the primary key
CREATE TABLE t (a TEXT PRIMARY KEY, UNIQUE (a));
-- case: checks
CREATE TABLE t (a INTEGER CHECK (a > 0), b TEXT CONSTRAINT named CHECK (length(b) < 10), CHECK (a < 5 OR b IS NULL));
-- case: checks with everything inside
CREATE TABLE t (a TEXT CHECK (a IN ('x', 'y;z', ')')), b CHECK (b GLOB '[a-z]*' AND (b <> '' OR a LIKE 'q%' ESCAPE '\')));
-- case: checks of json
CREATE TABLE t (a TEXT CHECK (json_valid(a)), b TEXT CHECK (b ->> '$.x' IS NOT NULL));
-- case: a check that names its table
CREATE TABLE t (a INTEGER, CHECK ("t"."a" BETWEEN 1 AND 5));
-- case: generated columns
CREATE TABLE t (a INTEGER, b AS (a + 1), c TEXT GENERATED ALWAYS AS (upper(a)) STORED, d INT AS (a * 2) VIRTUAL NOT NULL);
-- case: foreign keys of columns
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a REFERENCES p, b INTEGER REFERENCES p (id) ON DELETE CASCADE);
-- case: foreign keys of the table
CREATE TABLE p (a, b, PRIMARY KEY (a, b));
CREATE TABLE t (x, y, CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES p (a, b) ON UPDATE SET NULL ON DELETE SET DEFAULT);
-- case: foreign keys with all actions
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (a REFERENCES p ON DELETE RESTRICT, b REFERENCES p ON DELETE NO ACTION ON UPDATE CASCADE, c REFERENCES p MATCH FULL);
-- case: deferred foreign keys
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (a REFERENCES p DEFERRABLE INITIALLY DEFERRED, b REFERENCES p NOT DEFERRABLE, c REFERENCES p DEFERRABLE);
-- case: a foreign key to itself
CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id));
-- case: a foreign key to a table that is not there
CREATE TABLE t (a INTEGER REFERENCES nowhere (id));
-- case: indexes
CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (a); CREATE UNIQUE INDEX u ON t (a, b DESC); CREATE INDEX IF NOT EXISTS i ON t (b);
-- case: indexes with collations
CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT); CREATE INDEX i ON t (a COLLATE BINARY, b COLLATE NOCASE ASC, a DESC);
-- case: indexes on expressions
CREATE TABLE t (a TEXT, b INTEGER); CREATE INDEX i ON t (lower(a), b + 1 DESC, (length(a)) COLLATE NOCASE);
-- case: partial indexes
CREATE TABLE t (a TEXT, b INTEGER); CREATE UNIQUE INDEX i ON t (a) WHERE b IS NOT NULL AND a <> ''; CREATE INDEX j ON t (b) WHERE b > 0;
-- case: views
CREATE TABLE t (a TEXT, b INTEGER); CREATE VIEW v AS SELECT a, b FROM t WHERE b > 1; CREATE VIEW w (x) AS SELECT count(*) FROM t;
-- case: views with everything
CREATE TABLE t (a TEXT, b INTEGER);
CREATE VIEW v AS WITH c AS (SELECT a FROM t) SELECT x.a, sum(t.b) OVER (PARTITION BY t.a) AS s FROM c x LEFT JOIN t ON t.a = x.a ORDER BY 1 LIMIT 5;
-- case: names in all quotes
CREATE TABLE "a b" ("x y" TEXT, `c``d` INTEGER, [e f] REAL, "g""h" TEXT, 'i' TEXT); CREATE INDEX "i j" ON "a b" ("x y", `c``d`);
-- case: names with capitals
CREATE TABLE Users (Id INTEGER PRIMARY KEY, userName TEXT); CREATE INDEX usersByName ON USERS (USERNAME);
-- case: names that are keywords
CREATE TABLE "order" ("group" TEXT, "select" INTEGER, key TEXT, "default" TEXT DEFAULT 'x', replace TEXT, desc_ TEXT);
-- case: names beyond ascii
CREATE TABLE größe (ключ INTEGER PRIMARY KEY, "日本" TEXT, "😀" TEXT);
-- case: comments everywhere
CREATE TABLE t ( -- the table; of it all
  a INTEGER /* one ; ) */ PRIMARY KEY, -- 'it
  b TEXT DEFAULT /* x */ 'y' -- end
);
-- case: constraints without commas
CREATE TABLE t (a TEXT, b TEXT, UNIQUE (a) CHECK (b > '') UNIQUE (b));
-- case: constraints in any order
CREATE TABLE t (a TEXT DEFAULT 'x' NOT NULL UNIQUE CHECK (a <> '') COLLATE NOCASE, b INTEGER REFERENCES t (a) NOT NULL DEFAULT 1);
-- case: names of constraints that mean nothing
CREATE TABLE t (a TEXT CONSTRAINT nn NOT NULL CONSTRAINT d DEFAULT 'x' CONSTRAINT c COLLATE NOCASE);
-- case: what stands around a schema
PRAGMA foreign_keys = ON; BEGIN TRANSACTION; CREATE TABLE IF NOT EXISTS t (a INTEGER); INSERT INTO t VALUES (1), (2); COMMIT;
ANALYZE; DELETE FROM t; UPDATE t SET a = 1; SELECT * FROM t;
-- case: a table of the main database
CREATE TABLE main.t (a INTEGER); CREATE INDEX main.i ON t (a);
-- case: what is temporary
CREATE TABLE t (a INTEGER); CREATE TEMP TABLE u (a INTEGER); CREATE TEMPORARY VIEW v AS SELECT 1; DROP TABLE u;
-- case: a table that is there already
CREATE TABLE t (a INTEGER); CREATE TABLE IF NOT EXISTS t (b TEXT, c TEXT);
-- case: an index on a rowid
CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE INDEX i ON t (id, a); CREATE UNIQUE INDEX j ON t (id DESC);
-- case: a trigger with semicolons inside
CREATE TABLE t (a INTEGER, b INTEGER); CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET b = CASE WHEN a THEN 1 ELSE 2 END; DELETE FROM t WHERE a < 0; END;
CREATE INDEX i ON t (a);
-- case: a quoted string in a check
CREATE TABLE t (a TEXT CHECK (a <> 'a''b' AND a NOT IN ('--', '/*')));
