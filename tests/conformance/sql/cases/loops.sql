-- Loops of DO blocks over constants and over what the catalog knows, with SQL put together in them.
CREATE TABLE notes (id int PRIMARY KEY, owner uuid, updated_at timestamptz);
CREATE TABLE tags (id int PRIMARY KEY, owner uuid, "Label" text);
CREATE TABLE "Odd Name" (id int PRIMARY KEY, owner uuid);
CREATE SCHEMA other;
CREATE TABLE other.notes (id int PRIMARY KEY, owner uuid);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['notes', 'tags', 'Odd Name'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('DROP POLICY IF EXISTS %I ON public.%I', 'own_' || t, t);
    EXECUTE format('CREATE POLICY %I ON public.%I FOR SELECT USING (owner = %L::uuid OR ''%s'' <> ''x'')',
      'own_' || t, t, '00000000-0000-0000-0000-000000000000', t);
  END LOOP;
END $$;

DO $$
DECLARE
  names text[] := ARRAY['a', 'b']::text[];
  more constant text[] = '{c,"d e"}';
  prefix text default 'made_';
  t text;
  r record;
  i int;
BEGIN
  FOREACH t IN ARRAY names || ARRAY['z'] LOOP
    EXECUTE 'CREATE TABLE ' || quote_ident(prefix || t) || ' (id int, kind text DEFAULT ' || quote_literal(t) || ')';
  END LOOP;
  FOR t IN SELECT unnest(more::text[]) LOOP
    EXECUTE format($f$CREATE INDEX %1$I ON notes (owner) WHERE id > 1 AND '%1$s' <> ''$f$, 'by ' || t);
  END LOOP;
  FOR r IN SELECT * FROM (VALUES ('notes', 'n'), ('tags', 't')) AS v(tab, short) LOOP
    EXECUTE format('CREATE TRIGGER touch_%s BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION touch()', r.short, r.tab);
  END LOOP;
  FOR r IN VALUES ('v1', 1), ('v2', 2) LOOP
    EXECUTE format('CREATE VIEW %I AS SELECT %s AS n', r.column1, r.column2);
  END LOOP;
  FOR i IN 1..array_length(names, 1) LOOP
    CONTINUE WHEN names[i] = 'x';
    EXECUTE 'CREATE SEQUENCE s_' || names[i] || i;
  END LOOP;
END $$;

DO $$
DECLARE r record; t text; p record;
BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'made_%' ORDER BY 1 LOOP
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', r.tablename);
  END LOOP;
  FOR t IN (SELECT c.table_name FROM information_schema.tables c
            WHERE c.table_schema = 'public' AND c.table_type = 'BASE TABLE' AND c.table_name IN ('notes', 'tags')) LOOP
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = t AND table_schema = 'public'
                   AND column_name = 'updated_at') THEN
      EXECUTE 'ALTER TABLE public.' || t || ' ADD COLUMN updated_at timestamptz';
    END IF;
  END LOOP;
  FOR p IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' AND tablename = 'tags' LOOP
    EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['missing', 'notes'] LOOP
    IF to_regclass('public.' || t) IS NULL THEN
      CONTINUE;
    END IF;
    EXECUTE format('COMMENT ON TABLE public.%I IS %L', t, 'it''s here');
  END LOOP;
  IF EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'notes') THEN
    RETURN;
  END IF;
  CREATE TABLE never (id int);
END $$;

CREATE TABLE asked_of (id serial PRIMARY KEY, label varchar(10) NOT NULL, made timestamptz, marks int[]);
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'asked_of'
             AND column_name = 'label' AND data_type = 'character varying') THEN
    ALTER TABLE asked_of ALTER COLUMN label TYPE text;
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'asked_of'
             AND column_name = 'marks' AND data_type = 'integer') THEN
    ALTER TABLE asked_of DROP COLUMN marks;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'asked_of' AND column_name = 'x')
     AND EXISTS (SELECT 1 FROM pg_class c WHERE c.relname = 'asked_of' AND c.relkind IN ('r', 'p')) THEN
    ALTER TABLE asked_of ADD COLUMN x int;
  END IF;
END $$;

CREATE TABLE parents (id int PRIMARY KEY);
CREATE TABLE children (id int PRIMARY KEY, a int, b int,
  CONSTRAINT children_a FOREIGN KEY (a) REFERENCES parents, CONSTRAINT children_b FOREIGN KEY (b) REFERENCES parents ON DELETE CASCADE);
ALTER TABLE children ADD CONSTRAINT children_later CHECK (a > 0) NOT VALID;
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'children_a' AND conrelid = 'children'::regclass AND confdeltype = 'n') THEN
    ALTER TABLE children DROP CONSTRAINT IF EXISTS children_a,
      ADD CONSTRAINT children_a FOREIGN KEY (a) REFERENCES parents ON DELETE SET NULL NOT VALID;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'children_b' AND confdeltype = 'c') THEN
    ALTER TABLE children DROP CONSTRAINT children_b;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'children_later' AND NOT convalidated) THEN
    ALTER TABLE children VALIDATE CONSTRAINT children_later;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'children_a' AND convalidated = true) THEN
    ALTER TABLE children DROP CONSTRAINT children_a;
  END IF;
END $$;
