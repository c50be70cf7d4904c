CREATE SCHEMA s;
CREATE TYPE e AS ENUM ('a', 'b', 'it''s');
CREATE TYPE s.e2 AS ENUM ('a');
CREATE DOMAIN d AS e DEFAULT 'a' CHECK (VALUE <> 'a' OR VALUE IN ('b', 'a'));
CREATE TABLE t (
  id int PRIMARY KEY, k e DEFAULT 'a', c e DEFAULT 'a'::e, many e[] DEFAULT '{a,b}', listed e[] DEFAULT ARRAY['b', 'a']::e[],
  word text DEFAULT 'a', other s.e2 DEFAULT 'a', dom d DEFAULT 'a', vc varchar(3) DEFAULT 'a'::varchar, cased text DEFAULT 'a' || 'b',
  is_a boolean GENERATED ALWAYS AS (k = 'a') STORED,
  CONSTRAINT c1 CHECK (k <> 'a'), CONSTRAINT c2 CHECK ('a' = k AND word = 'a'), CONSTRAINT c3 CHECK (k IN ('b', 'a') AND word IN ('a')),
  CONSTRAINT c4 CHECK (k = ANY (ARRAY['a', 'b']::e[])), CONSTRAINT c5 CHECK (k NOT IN ('a')), CONSTRAINT c6 CHECK (other = 'a'),
  CONSTRAINT c7 CHECK (word || 'a' <> word AND k::text = 'a' AND CAST('a' AS e) = k AND word LIKE 'a'), CONSTRAINT c8 CHECK (k = ANY ('{a,b}'))
);
CREATE INDEX i1 ON t (id) WHERE k = 'a' AND word = 'a';
CREATE UNIQUE INDEX i2 ON t ((k = 'a'::public.e));
CREATE POLICY p ON t USING (k = 'a') WITH CHECK (t.k = 'a' AND t.word = 'a');
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (new.k = 'a' AND old.word = 'a') EXECUTE FUNCTION f();
CREATE VIEW v AS SELECT id, k AS label FROM t WHERE k = 'a' AND word = 'a' AND t.other = 'a';
ALTER TYPE e RENAME VALUE 'a' TO 'al pha';
ALTER TYPE e RENAME VALUE 'it''s' TO 'plain';
CREATE TYPE comp AS (x int, y text, z int);
ALTER TYPE comp DROP ATTRIBUTE IF EXISTS nope, ADD ATTRIBUTE w int;
ALTER TYPE comp DROP ATTRIBUTE IF EXISTS y;
ALTER VIEW v RENAME COLUMN label TO named;
CREATE VIEW w AS SELECT named, id + 1 AS more FROM v WHERE named IS NOT NULL;
ALTER TABLE v RENAME COLUMN named TO called;
ALTER VIEW v RENAME id TO number;
CREATE VIEW listed (x, y) AS SELECT id, k, word FROM t;
ALTER VIEW listed RENAME COLUMN word TO z;
CREATE MATERIALIZED VIEW m AS SELECT k, id FROM t;
CREATE INDEX mi ON m (k);
ALTER MATERIALIZED VIEW m RENAME COLUMN k TO kk;
