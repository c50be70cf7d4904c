DO $$ BEGIN
  CREATE TYPE role AS ENUM ('a', 'b');
EXCEPTION
  WHEN duplicate_object THEN null;
END $$;
DO $$ BEGIN CREATE TYPE "public"."role" AS ENUM ('c'); EXCEPTION WHEN duplicate_object THEN null; END $$;
CREATE TABLE t (id int, r role);
DO $do$
DECLARE
  n int := 0;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind') THEN
    CREATE TYPE kind AS ENUM ('x');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'kind' AND n.nspname = 'public') THEN
    CREATE TYPE kind AS ENUM ('y');
  ELSE
    ALTER TYPE kind ADD VALUE 'z';
  END IF;
  IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'added') THEN
    ALTER TABLE t ADD COLUMN added text;
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'nothing') THEN
    ALTER TABLE t DROP COLUMN nothing;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_key' AND conrelid = 't'::regclass) THEN
    ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (id);
  END IF;
  RAISE NOTICE 'n is %', n;
  n := n + 1;
  PERFORM 1;
END
$do$;
DO $$ BEGIN
  BEGIN
    ALTER TABLE t ADD CONSTRAINT t_check CHECK (id > 0);
  EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'there';
  END;
  EXECUTE 'CREATE TABLE by_execute (id int)';
  FOR i IN 1..3 LOOP
    INSERT INTO t (id) VALUES (i);
  END LOOP;
END $$ LANGUAGE plpgsql;
DO 'BEGIN CREATE TABLE quoted (id int DEFAULT 1, t text DEFAULT ''x''); END';
CREATE TABLE asked (id int PRIMARY KEY, may_be text, must_be text NOT NULL, gone text);
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'asked'::regclass AND attname = 'slug' AND NOT attisdropped) THEN
    ALTER TABLE asked ADD COLUMN slug text;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = 'public.asked'::regclass AND a.attname = 'gone' AND a.attnum > 0 AND a.attisdropped = false) THEN
    ALTER TABLE asked DROP COLUMN gone;
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'asked' AND column_name = 'may_be' AND is_nullable = 'YES') THEN
    ALTER TABLE asked ALTER COLUMN may_be SET NOT NULL;
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'asked' AND column_name = 'must_be' AND is_nullable = 'YES') THEN
    ALTER TABLE asked DROP COLUMN must_be;
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'asked' AND column_name = 'id' AND is_nullable = 'NO') THEN
    ALTER TABLE asked RENAME COLUMN id TO key;
  END IF;
END $$;
ALTER TABLE asked ADD CONSTRAINT a_name_of_a_constraint_that_is_longer_than_what_postgresql_keeps_of_it CHECK (key > 0);
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'a_name_of_a_constraint_that_is_longer_than_what_postgresql_keeps_of_it') THEN
    ALTER TABLE asked ADD CONSTRAINT a_name_of_a_constraint_that_is_longer_than_what_postgresql_keeps_of_it CHECK (key > 1);
  END IF;
END $$;
