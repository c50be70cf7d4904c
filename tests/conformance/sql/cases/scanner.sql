/* a /* nested */ comment; */ -- and ; another
CREATE TABLE a (id int, -- comment ; here
  /* ; */ "semi;colon" text DEFAULT 'a;b''c;', e text DEFAULT E'it\'s; \\', d text DEFAULT $$;$$, t text DEFAULT $tag$ $$;$$ $tag$,
  u text DEFAULT U&'\0041;', "U&""x" int, check_ int CHECK (check_ > 0 /* ; */ AND check_ <> 3)
);;
COPY a (id, d) FROM stdin;
1	it's; not a quote
2	CREATE TABLE no (id int);
\.
\echo it's a psql command;
CREATE TABLE b (id int /* unclosed? no */);
INSERT INTO b VALUES (1), (2);
\set name 'value'
CREATE FUNCTION semis() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
CREATE RULE r AS ON UPDATE TO b DO ALSO (INSERT INTO a (id) VALUES (1); INSERT INTO a (id) VALUES (2));
DROP RULE r ON b;
CREATE TABLE c (id int) --> statement-breakpoint
;
CREATE TABLE ünïcödé ("日本" text, ÄB int);
CREATE TABLE last_one (id int)
