-- Tables made of plain queries take the columns' types and collations, and nothing else.
CREATE TYPE mood AS ENUM ('ok', 'bad');
CREATE TABLE origin (
    id serial PRIMARY KEY, name varchar(40) COLLATE "C" NOT NULL DEFAULT 'x', price numeric(10,2) CHECK (price > 0),
    tags text[], feeling mood, made timestamptz DEFAULT now()
);
CREATE TABLE copy_of_all AS SELECT * FROM origin;
CREATE TABLE copy_of_table AS TABLE origin WITH NO DATA;
CREATE TABLE IF NOT EXISTS copy_of_some (a, "B") WITH (fillfactor = 70) AS
    SELECT o.id, o.name, feeling AS f FROM public.origin AS o WHERE o.id > 1 ORDER BY made LIMIT 3 WITH DATA;
CREATE TABLE casts AS (SELECT DISTINCT 'x'::text AS a, (id + 1)::bigint AS b, now()::date AS c, o.* FROM origin o);
CREATE TABLE constants AS SELECT NULL::uuid AS id, 'ok'::mood AS m;
ALTER TABLE copy_of_all ADD PRIMARY KEY (id);
CREATE INDEX ON copy_of_some ("B");
