-- The tables that the expressions of this folder stand on: a project-tracking product, as such schemas look.
CREATE SCHEMA auth;
CREATE SCHEMA app;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, raw_user_meta_data jsonb, created_at timestamptz);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT NULL::uuid $$;
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT NULL::text $$;
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT '{}'::jsonb $$;
CREATE TYPE account_status AS ENUM ('active', 'invited', 'suspended', 'deleted');
CREATE TYPE app.task_state AS ENUM ('todo', 'doing', 'done');
CREATE DOMAIN email_address AS text;
CREATE DOMAIN positive AS integer;
CREATE FUNCTION is_admin(who uuid) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT true $$;
CREATE FUNCTION current_org() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT NULL::uuid $$;
CREATE FUNCTION make_slug(title text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(title) $$;
CREATE SEQUENCE invoice_number;
CREATE SEQUENCE app."Ticket_seq";
CREATE TABLE users (
    id uuid PRIMARY KEY,
    email varchar(255),
    name text,
    age integer,
    level smallint,
    logins bigint,
    status account_status,
    role varchar(20),
    is_active boolean,
    verified boolean,
    metadata jsonb,
    settings json,
    tags text[],
    labels varchar(50)[],
    scores integer[],
    created_at timestamptz,
    updated_at timestamp,
    deleted_at timestamptz,
    birthday date,
    opens time,
    wait interval,
    balance numeric(10,2),
    rate numeric,
    rating real,
    weight double precision,
    code char(3),
    ip inet,
    search tsvector,
    period tstzrange,
    contact email_address,
    quota positive,
    org_id uuid,
    "Display Name" text,
    "order" integer,
    starts date,
    ends date,
    opened_at timestamp,
    closed_at timestamp
);
CREATE TABLE orgs (id uuid PRIMARY KEY, owner_id uuid, slug varchar(60), title text, plan text, seats integer, is_public boolean);
CREATE TABLE memberships (user_id uuid, org_id uuid, role varchar(20), active boolean, joined_at timestamptz, PRIMARY KEY (user_id, org_id));
CREATE TABLE projects (
    id uuid PRIMARY KEY, org_id uuid, user_id uuid, name varchar(120), visibility text, settings jsonb,
    budget numeric(12,2), is_public boolean, created_at timestamptz, archived_at timestamptz
);
CREATE TABLE tasks (
    id bigint PRIMARY KEY, project_id uuid, parent_id bigint, assignee_id uuid, title text, state app.task_state,
    priority integer, due date, estimate numeric(6,2), done boolean, created_at timestamp, labels text[], data jsonb
);
CREATE TABLE app.events (id bigint, actor_id uuid, kind text, payload jsonb, at timestamptz);
