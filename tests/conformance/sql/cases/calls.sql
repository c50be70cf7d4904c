CREATE SCHEMA app;
CREATE TABLE app.person (id int PRIMARY KEY);
CREATE TABLE app.thing (id int PRIMARY KEY, kind text);
CREATE FUNCTION app.stamp(in_schema text, name text, archive boolean DEFAULT false, owner text DEFAULT 'person') RETURNS void AS $$
DECLARE
  command text;
BEGIN
  IF archive = true THEN
    command := concat('ALTER TABLE ', in_schema, '.', name, ' ADD COLUMN archived_at timestamptz, ADD COLUMN archived_by int REFERENCES ', in_schema, '.', owner);
    EXECUTE command;
  END IF;
  IF NOT archive THEN
    EXECUTE format('ALTER TABLE %I.%I ADD COLUMN created_at timestamptz DEFAULT now()', $1, $2);
    RETURN;
  END IF;
  EXECUTE(format('CREATE INDEX ON %I.%I (archived_at)', in_schema, name));
END;
$$ LANGUAGE plpgsql;
SELECT app.stamp('app', 'thing');
SELECT app.stamp('app', 'person', true);
SELECT app.stamp(name => 'thing', in_schema => 'app', archive => true);
CREATE FUNCTION app.upsert(policy text, command text, condition text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE start text;
BEGIN
  IF (SELECT true FROM pg_policies WHERE policyname = policy AND tablename = 'thing' AND schemaname = 'app') THEN
    start := 'ALTER POLICY ' || quote_ident(policy) || ' ON app.thing';
  ELSE
    start := 'CREATE POLICY ' || quote_ident(policy) || ' ON app.thing FOR ' || command;
  END IF;
  CASE
    WHEN lower(command) = 'insert' THEN EXECUTE start || ' WITH CHECK (' || condition || ')';
    WHEN lower(command) = 'select' OR command = 'DELETE' THEN EXECUTE format(start || ' USING (' || condition || ')');
    ELSE RAISE EXCEPTION 'never';
  END CASE;
  CASE command WHEN 'select', 'DELETE' THEN NULL; WHEN 'insert' THEN CREATE TABLE app.inserted (id int); ELSE NULL; END CASE;
END $$;
DO $$ BEGIN
  PERFORM app.upsert('reading', 'select', 'true');
  PERFORM app.upsert('reading', 'select', 'id > 0');
  PERFORM app.upsert('writing', 'insert', 'kind IS NOT NULL');
END $$;
CREATE PROCEDURE app.fill(n int) LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 0..n LOOP EXECUTE format('CREATE TABLE app.part_%s (id int)', i); END LOOP;
END $$;
CALL app.fill(2);
CREATE FUNCTION app.outer_one(name text) RETURNS int LANGUAGE plpgsql SET search_path = app AS $$
BEGIN
  PERFORM inner_one(name || '_1');
  RETURN 1;
END $$;
CREATE FUNCTION app.inner_one(text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'CREATE TABLE ' || quote_ident($1) || ' (id int)';
END $$;
SELECT * FROM app.outer_one('nested');
CREATE FUNCTION app.plain() RETURNS void LANGUAGE sql AS 'CREATE TABLE app.by_sql (id int); CREATE VIEW app.v AS SELECT 1 AS x';
SELECT app.plain();
DO $$
DECLARE
  name text; there boolean; n int; r record; suffix text;
BEGIN
  SELECT c.column_name INTO name FROM information_schema.columns c WHERE c.table_schema = 'app' AND c.table_name = 'thing' AND c.column_name LIKE 'ki%';
  IF FOUND THEN EXECUTE format('ALTER TABLE app.thing RENAME COLUMN %I TO sort', name); END IF;
  SELECT conname INTO name FROM pg_constraint WHERE conrelid = 'app.thing'::regclass AND contype = 'f';
  IF name IS NOT NULL THEN EXECUTE 'ALTER TABLE app.thing DROP CONSTRAINT ' || quote_ident(name); END IF;
  SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'app' AND tablename = 'nothing') INTO there;
  IF NOT there THEN CREATE TABLE app.nothing (id int); END IF;
  SELECT count(*) INTO n FROM information_schema.tables WHERE table_schema = 'app' AND table_name = 'absent';
  IF n = 0 THEN CREATE TABLE app.present (id int); END IF;
  IF (SELECT count(*) FROM pg_tables WHERE schemaname = 'app' AND tablename = 'present') > 0 THEN CREATE TABLE app.counted (id int); END IF;
  IF (SELECT to_regclass('app.nowhere') IS NOT NULL) THEN DROP TABLE app.nowhere; END IF;
  SELECT lower('SUF') || '_x' INTO STRICT suffix;
  EXECUTE 'CREATE TABLE app.' || suffix || ' (id int)';
  SELECT tablename INTO name FROM pg_tables WHERE schemaname = 'app' AND tablename = 'no_such';
  IF NOT FOUND THEN CREATE TABLE app.not_found (id int); END IF;
  IF random() >= 0 THEN ALTER TABLE app.person ALTER COLUMN id SET DEFAULT 1; ELSE ALTER TABLE app.person ALTER COLUMN id SET DEFAULT 1; END IF;
  IF random() < 0 THEN ALTER TABLE app.person DROP CONSTRAINT no_such_constraint; END IF;
END $$;
BEGIN;
CREATE TEMP TABLE passing (a int) ON COMMIT DROP;
COMMIT;
BEGIN;
CREATE TEMP TABLE passing (a int) ON COMMIT DROP;
COMMIT;
CREATE TABLE named (id int, p int, CONSTRAINT shared FOREIGN KEY (p) REFERENCES app.person);
CREATE INDEX shared ON named (p);
ALTER INDEX shared RENAME TO apart;
CREATE INDEX shared ON named (id);
DROP INDEX shared;
CREATE TABLE guarded (id int PRIMARY KEY, p int CONSTRAINT guarded_fk REFERENCES app.person, state text CONSTRAINT guarded_state CHECK (state IN ('open', 'shut')), UNIQUE (p, id));
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = 'guarded_fk' AND c.conrelid = 'public.guarded'::regclass AND pg_get_constraintdef(c.oid) NOT ILIKE '%on delete cascade%') THEN
    ALTER TABLE guarded DROP CONSTRAINT guarded_fk;
    ALTER TABLE guarded ADD CONSTRAINT guarded_fk FOREIGN KEY (p) REFERENCES app.person ON DELETE CASCADE DEFERRABLE;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'guarded_fk' AND pg_get_constraintdef(oid) NOT LIKE '%ON DELETE CASCADE DEFERRABLE') THEN
    ALTER TABLE guarded DROP CONSTRAINT guarded_fk;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'guarded_state' AND pg_get_constraintdef(oid) LIKE '%waiting%') THEN
    ALTER TABLE guarded DROP CONSTRAINT guarded_state;
    ALTER TABLE guarded ADD CONSTRAINT guarded_state CHECK (state IN ('open', 'shut', 'waiting'));
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'guarded_state' AND pg_get_constraintdef(oid) ILIKE '%WAITING%') THEN
    ALTER TABLE guarded DROP CONSTRAINT guarded_state;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname LIKE 'guarded_p_%' AND contype = 'u' AND pg_get_constraintdef(oid) = 'UNIQUE (p, id)') THEN
    ALTER TABLE guarded ADD COLUMN seen int;
  END IF;
END $$;
