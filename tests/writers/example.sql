-- PostgreSQL DDL, written by driftcheck.

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

-- A function may refer to what is created after it.
SET check_function_bodies = false;

-- Not in this file, because it could not be read:
--   view public.mystery: nothing of it

SET search_path = public, app, "Second one";

CREATE SCHEMA IF NOT EXISTS app;

CREATE SCHEMA IF NOT EXISTS "Second one";

CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public CASCADE;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'app reader') THEN
        CREATE ROLE "app reader" CREATEDB CREATEROLE NOINHERIT;
    END IF;
END
$$;

CREATE COLLATION app."Plain" (locale = 'C', provider = libc);

CREATE TYPE app.status AS ENUM ('open', 'it''s closed', '');

CREATE TYPE app.address AS (street text COLLATE "C", kind app.status);

CREATE FUNCTION app.is_email(value text)
RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 5
RETURN value LIKE '%@%';

CREATE DOMAIN app.email AS character varying(320) COLLATE "C"
    DEFAULT 'nobody@example.org'
    NOT NULL
    CONSTRAINT email_check CHECK (app.is_email(VALUE));

ALTER DOMAIN app.email ADD CONSTRAINT email_long CHECK (length(VALUE) > 3) NOT VALID;

CREATE FUNCTION app.time_gap(a time, b time)
RETURNS double precision
LANGUAGE sql IMMUTABLE
AS $$ SELECT EXTRACT(EPOCH FROM (a - b)) $$;

CREATE TYPE app.time_range AS RANGE (SUBTYPE = time without time zone, MULTIRANGE_TYPE_NAME = app.times, SUBTYPE_DIFF = app.time_gap);

CREATE SEQUENCE app."Counter" AS integer START WITH 10 INCREMENT BY 5 MINVALUE 1 MAXVALUE 1000 CACHE 3 CYCLE;

CREATE FUNCTION public.order_is_open(label text)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER
SET search_path TO public, "$user"
SET work_mem TO '64MB'
AS $body$
BEGIN
    RETURN label <> '$$';
END
$body$;

CREATE TABLE app.accounts (
    id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "Account ids" START WITH 100 INCREMENT BY 2 MINVALUE 50 MAXVALUE 9999 CACHE 4 CYCLE) NOT NULL,
    number integer DEFAULT nextval('app."Counter"'::regclass),
    email app.email NOT NULL,
    name text COMPRESSION pglz COLLATE "C",
    state app.status DEFAULT 'open',
    home app.address,
    tags text[] DEFAULT (ARRAY[]::text[]),
    adult boolean DEFAULT (1 IN (1, 2) AND true),
    embedding vector(3),
    slug text GENERATED ALWAYS AS (lower(email)) STORED,
    shout text GENERATED ALWAYS AS (upper(name)) VIRTUAL,
    "CamelCase" timestamp(3) with time zone,
    "order" integer,
    during tsrange NOT NULL,
    room int4range NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (id) INCLUDE (name) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT accounts_email_key UNIQUE NULLS NOT DISTINCT (email, "order") INCLUDE (state) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT accounts_room_key UNIQUE (room, during WITHOUT OVERLAPS),
    CONSTRAINT "no two at once" EXCLUDE USING gist ((room) range_ops WITH &&, (during) WITH &&) INCLUDE (id) WHERE (order_is_open('x') OR "order" > 3) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "no two names" EXCLUDE USING btree ((name) COLLATE "C" WITH =),
    CONSTRAINT accounts_name_check CHECK (name <> '') NO INHERIT,
    CONSTRAINT accounts_loose_check CHECK ("order" < 9) NOT ENFORCED
) WITH (fillfactor = 80, toast.autovacuum_enabled = 'false') TABLESPACE pg_default;

ALTER TABLE app.accounts ALTER COLUMN name SET STORAGE EXTERNAL;

CREATE UNLOGGED TABLE public.items (
    id integer NOT NULL,
    account bigint,
    room int4range NOT NULL,
    during tsrange NOT NULL,
    CONSTRAINT items_pkey PRIMARY KEY (room, during WITHOUT OVERLAPS)
);

CREATE UNLOGGED TABLE public.events (
    id integer NOT NULL,
    account bigint NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (id, account)
);

CREATE UNLOGGED TABLE public.special_events (
    extra text
) INHERITS (public.events);

CREATE TABLE public.logs (
    id integer NOT NULL,
    at date NOT NULL,
    CONSTRAINT logs_pkey PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE TABLE public.logs_2024 (
    id integer NOT NULL,
    at date NOT NULL,
    CONSTRAINT logs_2024_pkey PRIMARY KEY (id, at)
);

CREATE TABLE public.places OF app.address (
    street WITH OPTIONS NOT NULL
);

CREATE VIEW public.accounts_open AS
SELECT * FROM app.accounts WHERE state = 'open';

CREATE VIEW public."names of open" (id, "Name") WITH (check_option = local, security_invoker = 'true') AS
SELECT id, name FROM accounts_open;

CREATE FUNCTION public."all names"()
RETURNS SETOF app.accounts
LANGUAGE sql ROWS 7 SUPPORT pg_catalog.generate_series_int4_support
AS $$SELECT * FROM app.accounts$$;

CREATE PROCEDURE public.tidy()
LANGUAGE sql
AS $$DELETE FROM public.items$$;

CREATE FUNCTION public.ranked()
RETURNS bigint
LANGUAGE internal WINDOW
AS $$window_rank$$;

CREATE AGGREGATE public.total(integer) (SFUNC = int4pl, STYPE = integer);

CREATE FUNCTION public.touch()
RETURNS trigger
LANGUAGE plpgsql
AS $$BEGIN RETURN NEW; END$$;

CREATE MATERIALIZED VIEW public.counted WITH (fillfactor = 90) AS
SELECT account, count(*) AS n FROM items GROUP BY account
WITH NO DATA;

ALTER SEQUENCE app."Counter" OWNED BY app.accounts.number;

ALTER TABLE app.accounts ADD CONSTRAINT accounts_id_key UNIQUE (id);

ALTER TABLE app.accounts ADD CONSTRAINT accounts_order_check CHECK ("order" > 0) NOT VALID;

CREATE UNIQUE INDEX "accounts name" ON app.accounts USING btree (name COLLATE "POSIX" text_pattern_ops DESC NULLS LAST, (lower(slug)) NULLS FIRST) INCLUDE ("order") NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE pg_default WHERE (state = 'open');

CREATE INDEX accounts_tags_idx ON app.accounts USING gin (tags) WITH (fastupdate = off);

CREATE INDEX accounts_search_idx ON app.accounts USING gist ((to_tsvector('simple', name)) tsvector_ops(siglen = 100));

CREATE UNIQUE INDEX counted_account_idx ON public.counted USING btree (account);

ALTER TABLE public.items ADD CONSTRAINT items_account_fkey FOREIGN KEY (id, account) REFERENCES public.events (id, account) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL (account) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.items ADD CONSTRAINT items_room_fkey FOREIGN KEY (room, PERIOD during) REFERENCES app.accounts (room, PERIOD during);

ALTER TABLE public.items ADD CONSTRAINT items_loose_fkey FOREIGN KEY (account) REFERENCES app.accounts (id) NOT ENFORCED;

ALTER TABLE public.events ADD CONSTRAINT events_account_fkey FOREIGN KEY (account) REFERENCES app.accounts (id) NOT VALID;

ALTER TABLE public.logs ATTACH PARTITION public.logs_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

CREATE INDEX logs_at_idx ON ONLY public.logs USING btree (at);

CREATE TRIGGER "Touch it"
    BEFORE INSERT OR UPDATE OF name, "order" ON app.accounts
    FOR EACH ROW
    WHEN (NEW.name IS NOT NULL)
    EXECUTE FUNCTION public.touch('it''s', '1');

ALTER TABLE app.accounts ENABLE ALWAYS TRIGGER "Touch it";

CREATE CONSTRAINT TRIGGER items_checked
    AFTER DELETE ON public.items
    FROM app.accounts
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION public.touch();

CREATE TRIGGER items_changed
    AFTER UPDATE ON public.items
    REFERENCING OLD TABLE AS before NEW TABLE AS "After"
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.touch();

ALTER TABLE app.accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.accounts FORCE ROW LEVEL SECURITY;

CREATE POLICY "Own accounts" ON app.accounts
    AS RESTRICTIVE
    FOR UPDATE TO "app reader", CURRENT_USER
    USING (number = 1)
    WITH CHECK (number = 1);

COMMENT ON TABLE app.accounts IS 'People''s accounts';

COMMENT ON COLUMN app.accounts.name IS 'Who it''s for';

COMMENT ON MATERIALIZED VIEW public.counted IS 'how many';

COMMENT ON POLICY "Own accounts" ON app.accounts IS 'one''s own';

COMMENT ON FUNCTION app.is_email(text) IS '@';
