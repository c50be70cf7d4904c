-- What the server writes out in views and policies.
CREATE TYPE place AS (street text, nr integer);
CREATE TABLE boat (id integer, name text, length numeric, home place, parts integer[], doc jsonb);
CREATE TABLE trip (id integer, boat_id bigint, name text, miles integer, day date);
CREATE FUNCTION who(OUT uid integer, OUT role text) LANGUAGE sql AS 'select 1, ''x''';
CREATE FUNCTION many(n integer) RETURNS TABLE(k integer, v text) LANGUAGE sql AS 'select 1, ''x''';
CREATE FUNCTION boats() RETURNS SETOF boat LANGUAGE sql AS 'select * from boat';
CREATE VIEW q01 AS SELECT * FROM boat NATURAL JOIN trip;
CREATE VIEW q02 AS SELECT * FROM boat JOIN trip USING (id, name);
CREATE VIEW q03 AS SELECT name, n, miles FROM boat b (n, name) FULL JOIN trip t USING (name);
CREATE VIEW q04 AS SELECT b.*, miles FROM boat b RIGHT JOIN trip USING (id, name);
CREATE VIEW q05 AS SELECT b.id, u FROM boat b, unnest(parts) u;
CREATE VIEW q06 AS SELECT b.id, e.* FROM boat b, jsonb_each_text(doc) e;
CREATE VIEW q07 AS SELECT b.id, e.k FROM boat b CROSS JOIN LATERAL jsonb_each(doc) AS e(k, val);
CREATE VIEW q08 AS SELECT * FROM generate_series(1, 3) WITH ORDINALITY;
CREATE VIEW q09 AS SELECT x.a, x.b FROM ROWS FROM (generate_series(1, 2), unnest('{a,b}'::text[])) AS x(a, b);
CREATE VIEW q10 AS SELECT * FROM unnest('{1,2}'::int[], '{a,b}'::text[]) AS u(n, t);
CREATE VIEW q11 AS SELECT * FROM jsonb_to_recordset('[]') AS r(a int, "B" varchar(3), c timestamptz);
CREATE VIEW q12 AS SELECT uid, role FROM who();
CREATE VIEW q13 AS SELECT m.k + 1 AS more, v FROM many(2) m;
CREATE VIEW q14 AS SELECT id, name FROM boats();
CREATE VIEW q15 AS SELECT (home).*, parts[1:2] FROM boat;
CREATE VIEW q16 AS SELECT name, sum(miles) AS miles, grouping(name) FROM trip GROUP BY ROLLUP (name, day);
CREATE VIEW q17 AS SELECT name, day, count(*) FROM trip GROUP BY GROUPING SETS ((name, day), (name), ()), CUBE (id);
CREATE VIEW q18 AS SELECT count(*) FILTER (WHERE miles > 2.5) AS c,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY miles) AS d, rank(3) WITHIN GROUP (ORDER BY miles) AS r,
    percentile_cont(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY miles) AS p FROM trip;
CREATE VIEW q19 AS SELECT id FROM trip TABLESAMPLE bernoulli (2.5) REPEATABLE (7);
CREATE VIEW q20 AS TABLE trip;
CREATE VIEW q21 AS SELECT id FROM ONLY trip UNION ALL (SELECT id FROM boat EXCEPT SELECT miles FROM trip) ORDER BY 1;
CREATE VIEW q22 AS SELECT NULL AS a, 'x' AS b, 1 AS c UNION SELECT id, name, length FROM boat;
CREATE VIEW q23 AS SELECT s FROM ((SELECT 'a' AS s FROM boat WHERE (id = 1) UNION SELECT 'b')
    UNION ALL SELECT name FROM trip) x;
CREATE VIEW q24 AS SELECT c.relname, n.nspname FROM pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p');
CREATE VIEW q25 AS SELECT table_name FROM information_schema.tables WHERE table_schema = 'public';
CREATE VIEW q26 AS WITH RECURSIVE w(n, d) AS (
    SELECT id, 0 FROM boat UNION ALL SELECT n + 1, d + 1 FROM w WHERE d < 5) SELECT n, d FROM w;
CREATE VIEW q27 AS SELECT v.a, v.b FROM (VALUES (1, 'x'), (2.5, NULL)) AS v(a, b);
CREATE VIEW q28 AS SELECT b.id, lag(length, 1, 0) OVER w AS before,
    first_value(name) OVER (PARTITION BY b.name ORDER BY id DESC) AS first
    FROM boat b WINDOW w AS (PARTITION BY name ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);
CREATE VIEW q29 AS SELECT id, CASE name WHEN 'a' THEN 1 WHEN 'b' THEN 2.5 END AS c FROM boat b
    WHERE EXISTS (SELECT FROM trip t WHERE t.boat_id = b.id);
CREATE VIEW q30 (one, two) AS SELECT id, upper(name) FROM boat WHERE length > ANY (SELECT miles FROM trip);
CREATE VIEW q31 AS SELECT array_agg(name ORDER BY id DESC) AS names, string_agg(name, ', ' ORDER BY name) AS s FROM boat;
CREATE VIEW q32 AS SELECT t.id, l.name FROM trip t
    LEFT JOIN LATERAL (SELECT name FROM boat WHERE boat.id = t.boat_id LIMIT 1) l ON true;
ALTER TABLE boat ENABLE ROW LEVEL SECURITY;
CREATE POLICY p1 ON boat USING (id = (SELECT uid FROM who()));
CREATE POLICY p2 ON boat FOR UPDATE USING (mod(id, 2.5) = 0)
    WITH CHECK ((home).nr > 1 AND EXISTS (SELECT 1 FROM unnest(parts) x WHERE x = boat.id));
CREATE POLICY p3 ON boat TO CURRENT_USER USING (coalesce(length, id) > 0);
