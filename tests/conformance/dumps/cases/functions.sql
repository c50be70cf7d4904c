-- Results, types along the search path, bodies in SQL, aggregates.
CREATE SCHEMA yard;
SET search_path TO yard, public;
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE hull (id integer, kind kind, note text DEFAULT 'x');
CREATE FUNCTION f1(OUT n integer) LANGUAGE sql AS 'select 1';
CREATE FUNCTION f2(a integer, INOUT b integer DEFAULT 3, OUT c text) LANGUAGE sql AS 'select 1, ''x''';
CREATE FUNCTION f3(h hull, k kind[]) RETURNS SETOF hull LANGUAGE sql AS 'select $1';
CREATE FUNCTION f4(k kind DEFAULT 'a') RETURNS TABLE(h hull, n numeric) LANGUAGE sql AS 'select null::yard.hull, 1.0';
CREATE FUNCTION f5(text, integer) RETURNS kind LANGUAGE sql IMMUTABLE RETURN CASE WHEN $2 > 1 THEN $1::kind END;
CREATE FUNCTION f6(x integer) RETURNS bigint LANGUAGE sql BEGIN ATOMIC
    INSERT INTO hull VALUES (x, 'a');
    INSERT INTO hull (id, note) SELECT id + 1, 'y' FROM hull h WHERE h.id = x;
    UPDATE hull SET note = 'z', kind = DEFAULT WHERE id = f6.x;
    DELETE FROM hull USING yard.hull o WHERE o.id = hull.id AND hull.note IS NULL;
    SELECT count(*) FROM hull WHERE kind IN ('a', 'b');
END;
CREATE PROCEDURE p1(INOUT x integer) LANGUAGE sql AS 'select 1';
CREATE FUNCTION later(state integer, value integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select $2';
CREATE AGGREGATE final_of(integer) (sfunc = later, stype = int4, initcond = '0', parallel = safe);
CREATE VIEW hulls AS SELECT h.id, f5(h.note, h.id) AS k FROM hull h WHERE kind = 'a';
