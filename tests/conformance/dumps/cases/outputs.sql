-- Tables made of queries: the type of each column is what the server gives it.
CREATE TABLE src (id integer, n varchar(5), v numeric(8,2), d date, ts timestamptz, j jsonb, a int[], b boolean);
CREATE TABLE c1 AS SELECT id + 1 AS x, v, v * 2 AS w, n || 'a' AS t, upper(n) AS u, n, d + 1 AS d1, ts - d AS i, j -> 
'a' AS ja, j ->> 'a' AS jt FROM src;
CREATE TABLE c2 AS SELECT count(*) AS c, sum(id) AS s, avg(id) AS av, max(n) AS m, sum(v) AS sv, min(d) FROM src 
GROUP BY b;
CREATE TABLE c4 AS SELECT s.id, t.n AS other, extract(year from s.d) AS y, date_trunc('day', s.ts) AS dd, 
to_char(s.d,'YYYY') AS c FROM src s JOIN src t ON s.id = t.id;
CREATE TABLE c5 AS SELECT * FROM src JOIN c2 ON c2.c = src.id;
CREATE TABLE c6 AS SELECT row_number() OVER (ORDER BY id) AS r, lag(v) OVER (ORDER BY id) AS l, id::bigint AS big, 
-id AS neg, array_agg(n) AS names FROM src GROUP BY id, v;
CREATE TABLE c7 AS WITH q AS (SELECT id, v FROM src) SELECT id, v FROM q;
CREATE TABLE c8 AS SELECT x.* FROM (SELECT id AS k, n FROM src) x;
