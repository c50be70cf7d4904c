-- case: CREATE OR REPLACE FUNCTION
create function a(x integer) returns integer language sql as 'select 1';
create or replace function a(x integer) returns text language sql as $$ select 'a' $$; -- refused: cannot change return type of existing function
create or replace function a(y integer) returns integer language sql as 'select 2'; -- refused: cannot change name of input parameter "x"
create or replace function a(x integer) returns integer language plpgsql as $$ begin return 3; end $$;
create function b(x integer default 1) returns integer language sql as 'select 1';
create or replace function b(x integer) returns integer language sql as 'select 1'; -- refused: cannot remove parameter defaults from existing function
create or replace function b(x integer default 2) returns integer language sql as 'select 1';
create function c(integer) returns integer language sql as 'select 1';
create or replace function c(x integer) returns integer language sql as 'select 1';
create or replace function c(integer) returns integer language sql as 'select 1'; -- refused: cannot change name of input parameter "x"
create or replace procedure a(x integer) language sql as 'select 1'; -- refused: cannot change routine kind
create function d() returns table(a integer, b text) language sql as $$ select 1, 'a' $$;
create or replace function d() returns table(a integer, b text, c text) language sql as $$ select 1, 'a', 'b' $$; -- refused: cannot change return type of existing function
create or replace function d() returns table(a integer, b text) language sql as $$ select 2, 'b' $$;
create function e(out a integer, out b text) language sql as $$ select 1, 'a' $$;
create or replace function e(out a integer, out c text) language sql as $$ select 1, 'a' $$; -- refused: cannot change return type of existing function
create or replace function e(out a integer, out b text) language sql as $$ select 2, 'a' $$;
create function f() returns setof integer language sql as 'select 1';
create or replace function f() returns integer language sql as 'select 1'; -- refused: cannot change return type of existing function
create function g() returns varchar language sql as $$ select 'a' $$;
create or replace function g() returns character varying language sql as $$ select 'b' $$;
create or replace function g() returns text language sql as $$ select 'b' $$; -- refused: cannot change return type of existing function
create procedure h(x integer) language sql as 'select 1';
create or replace function h(x integer) returns integer language sql as 'select 1'; -- refused: cannot change routine kind
create function i(x integer, y integer default 1) returns integer language sql as 'select 1';
create or replace function i(x integer default 1, y integer default 1) returns integer language sql as 'select 1';
create aggregate j(integer) (sfunc = int4pl, stype = integer);
create or replace function j(integer) returns integer language sql as 'select 1'; -- refused: cannot change routine kind
drop function a(integer);
create function a(x integer) returns text language sql as $$ select 'a' $$;
create function k() returns int language sql as 'select 1';
create or replace function k() returns integer language sql as 'select 1';
create function l(x int, out y int) language sql as 'select 1';
create or replace function l(x int) returns int language sql as 'select 1';
create or replace function l(x int, out y int) language sql as 'select 1';
create function m() returns void language sql as 'select 1';
create or replace function m() returns trigger language plpgsql as $$ begin return new; end $$; -- refused: cannot change return type of existing function
-- case: parameters of functions
create function a(x integer, x text) returns integer language sql as 'select 1'; -- refused: parameter name "x" used more than once
create function b(x integer default 1, y integer) returns integer language sql as 'select 1'; -- refused: input parameters after one with a default value must also have defaults
create function c(x integer) language sql as 'select 1'; -- refused: function result type must be specified
create function d(x integer, out y integer) returns text language sql as $$ select 'a' $$; -- refused: function result type must be integer because of OUT parameters
create function e(x integer, out y integer) returns integer language sql as 'select 1';
create function f(variadic x integer[], y integer) returns integer language sql as 'select 1'; -- refused: VARIADIC parameter must be the last input parameter
create function g(variadic x integer) returns integer language sql as 'select 1'; -- refused: VARIADIC parameter must be an array
create function h(x integer, variadic y integer[]) returns integer language sql as 'select 1';
create function i() returns integer language sql; -- refused: no function body specified
create function j() returns integer as 'select 1'; -- refused: no language specified
create function m(x nope) returns integer language plpgsql as $$ begin return 1; end $$; -- refused: type nope does not exist
create function n() returns nope language plpgsql as $$ begin return 1; end $$; -- refused: type "nope" does not exist
create function p() returns table(a integer, a text) language sql as $$ select 1, 'a' $$; -- refused: parameter name "a" used more than once
create function q(x serial) returns integer language sql as 'select 1'; -- refused: type serial does not exist
create function r(x varchar(10), y numeric(10, 2)) returns varchar(3) language sql as $$ select 'a'::varchar $$;
create procedure s(x integer, out y integer) language sql as 'select 1';
-- case: CREATE OR REPLACE VIEW
create table t(id integer, n integer, name text);
create view a as select id, n from t;
create or replace view a as select id from t; -- refused: cannot drop columns from view
create or replace view a as select n, id from t; -- refused: cannot change name of view column "id" to "n"
create or replace view a as select id, n, name from t;
create or replace view a as select id, n::bigint as n, name from t; -- refused: cannot change data type of view column "n" from integer to bigint
create or replace view a as select id, name as n, name from t; -- refused: cannot change data type of view column "n" from integer to text
create or replace view a as select id as key, n, name from t; -- refused: cannot change name of view column "id" to "key"
create or replace view a(id, n, name) as select id, n, 'x' || name from t;
create view b(x, y) as select id, n from t;
create or replace view b as select id, n from t; -- refused: cannot change name of view column "x" to "id"
create or replace view b as select id as x, n as y, name from t;
create view c as select * from t;
create or replace view c as select id, n, name from t;
create or replace view c as select id, n from t; -- refused: cannot drop columns from view
create or replace view c as select *, id as id2 from t;
create or replace view t as select 1 as one; -- refused: "t" is not a view
create materialized view d as select 1 as one;
create or replace view d as select 1 as one; -- refused: "d" is not a view
create view e as select count(*) from t;
create or replace view e as select count(*) as count from t;
create or replace view e as select count(*) as total from t; -- refused: cannot change name of view column "count" to "total"
-- case: views whose columns are wrong
create table t(id integer, n integer);
create view a as select id, id from t; -- refused: column "id" specified more than once
create view b(x, y, z) as select id, n from t; -- refused: CREATE VIEW specifies more column names than columns
create view c(x) as select id, n from t;
create view d as select 1, 2; -- refused: column "?column?" specified more than once
create view e as select a.id, b.id from t a, t b; -- refused: column "id" specified more than once
create view f as select * from t a, t b; -- refused: column "id" specified more than once
create view g as select * from t a join t b using (id, n);
create view h as select t.*, n from t; -- refused: column "n" specified more than once
create view j as select lower('a'), lower('b'); -- refused: column "lower" specified more than once
create materialized view k as select id, id from t; -- refused: column "id" specified more than once
-- case: a new label as a default in its transaction
CREATE TYPE mood AS ENUM ('a');
BEGIN;
ALTER TYPE mood ADD VALUE 'b';
CREATE TABLE t (m mood DEFAULT 'b'); -- refused: unsafe use of new value "b" of enum type mood
COMMIT;
-- case: a new label in its transaction, of a type made in it
BEGIN;
CREATE TYPE mood AS ENUM ('a');
ALTER TYPE mood ADD VALUE 'b';
CREATE TABLE t (m mood DEFAULT 'b');
COMMIT;
-- case: a new label in a check in its transaction
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE t0 (m mood);
BEGIN;
ALTER TYPE mood ADD VALUE 'b';
ALTER TABLE t0 ADD CHECK (m <> 'b'); -- refused: unsafe use of new value "b" of enum type mood
COMMIT;
-- case: options that are said twice
CREATE FUNCTION f() RETURNS int LANGUAGE sql LANGUAGE sql AS 'SELECT 1'; -- refused: conflicting or redundant options
CREATE FUNCTION g() RETURNS int LANGUAGE sql IMMUTABLE STABLE AS 'SELECT 1'; -- refused: conflicting or redundant options
CREATE FUNCTION h() RETURNS int LANGUAGE sql STRICT STRICT AS 'SELECT 1'; -- refused: conflicting or redundant options
CREATE FUNCTION i() RETURNS int LANGUAGE sql AS 'SELECT 1' AS 'SELECT 2'; -- refused: conflicting or redundant options
CREATE SEQUENCE s1 START 1 START 2; -- refused: conflicting or redundant options
CREATE SEQUENCE s2 CYCLE NO CYCLE; -- refused: conflicting or redundant options
CREATE TYPE r AS RANGE (subtype = int4, subtype = int8); -- refused: conflicting or redundant options
CREATE FUNCTION j() RETURNS int LANGUAGE sql SECURITY DEFINER SECURITY INVOKER AS 'SELECT 1'; -- refused: conflicting or redundant options
CREATE FUNCTION k() RETURNS int LANGUAGE sql COST 1 COST 2 AS 'SELECT 1'; -- refused: conflicting or redundant options
CREATE FUNCTION l() RETURNS int LANGUAGE sql COST 0 AS 'SELECT 1'; -- refused: COST must be positive
CREATE FUNCTION m() RETURNS int LANGUAGE sql ROWS 5 AS 'SELECT 1'; -- refused: ROWS is not applicable when function does not return a set
CREATE FUNCTION n(a int, a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; -- refused: parameter name "a" used more than once
CREATE FUNCTION o(a int DEFAULT 1, b int) RETURNS int LANGUAGE sql AS 'SELECT 1'; -- refused: input parameters after one with a default value must also have defaults
CREATE FUNCTION q(a nosuch) RETURNS int LANGUAGE sql AS 'SELECT 1'; -- refused: type nosuch does not exist
CREATE FUNCTION r() RETURNS nosuch LANGUAGE sql AS 'SELECT 1'; -- refused: type "nosuch" does not exist
CREATE FUNCTION s() LANGUAGE sql AS 'SELECT 1'; -- refused: function result type must be specified
CREATE FUNCTION u() RETURNS int AS 'SELECT 1'; -- refused: no language specified
CREATE FUNCTION w() RETURNS int LANGUAGE sql; -- refused: no function body specified
CREATE AGGREGATE agg(int) (sfunc = int4pl, sfunc = int4pl, stype = int);
-- case: a new label, used in good time and not
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE t (m mood);
BEGIN;
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'a';
ALTER TABLE t ALTER m SET DEFAULT 'a';
COMMIT;
BEGIN;
ALTER TYPE mood ADD VALUE 'b';
COMMIT;
ALTER TABLE t ADD CHECK (m <> 'b');
BEGIN;
SAVEPOINT one;
ALTER TYPE mood ADD VALUE 'c';
ROLLBACK TO one;
ALTER TYPE mood ADD VALUE 'd';
CREATE POLICY p ON t USING (m = 'd'); -- refused: unsafe use of new value "d" of enum type mood
COMMIT;
ALTER TYPE mood ADD VALUE 'e';
CREATE TABLE u (m mood DEFAULT 'e');
-- case: queries side by side
CREATE TABLE t (a int, b text);
CREATE VIEW v1 AS (SELECT a FROM t) UNION ALL (SELECT a FROM t ORDER BY 1 LIMIT 1);
CREATE VIEW v2 AS SELECT * FROM t UNION SELECT 1, 'x';
CREATE VIEW v3 AS WITH c AS (SELECT a FROM t INTERSECT SELECT a, b FROM t) SELECT * FROM c; -- refused: each INTERSECT query must have the same number of columns
CREATE VIEW v4 AS SELECT t.*, 1 AS z FROM t UNION ALL VALUES (1, 'x', 2);
CREATE VIEW v5 AS VALUES (1, 2) EXCEPT SELECT a FROM t; -- refused: each EXCEPT query must have the same number of columns
CREATE VIEW v6 AS SELECT a FROM t WHERE a IN (SELECT 1 UNION SELECT 1, 2); -- refused: each UNION query must have the same number of columns
CREATE VIEW v7 AS SELECT a, b FROM t UNION ALL SELECT a, b FROM t UNION ALL SELECT a FROM t; -- refused: each UNION query must have the same number of columns
CREATE VIEW v8 AS WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r;
-- case: options once, and each kind of them
CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 0.5 SET work_mem = '1MB' SET a.b = 'c' AS 'SELECT 1';
CREATE FUNCTION g() RETURNS SETOF int LANGUAGE sql ROWS 5 AS 'SELECT 1';
CREATE FUNCTION h() RETURNS TABLE (n int) LANGUAGE sql ROWS 0 AS 'SELECT 1'; -- refused: ROWS must be positive
CREATE FUNCTION i() RETURNS int LANGUAGE sql CALLED ON NULL INPUT STRICT AS 'SELECT 1'; -- refused: conflicting or redundant options
CREATE FUNCTION j() RETURNS int LANGUAGE sql COST 0.0 AS 'SELECT 1'; -- refused: COST must be positive
CREATE FUNCTION k() RETURNS int LANGUAGE sql PARALLEL SAFE PARALLEL UNSAFE AS 'SELECT 1'; -- refused: conflicting or redundant options
CREATE SEQUENCE s1 INCREMENT 2 MINVALUE 1 NO MAXVALUE START 1 CACHE 1 NO CYCLE;
CREATE SEQUENCE s2 MINVALUE 1 NO MINVALUE; -- refused: conflicting or redundant options
ALTER SEQUENCE s1 CACHE 2 CACHE 3; -- refused: conflicting or redundant options
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (START 1 START 2)); -- refused: conflicting or redundant options
CREATE TABLE u (a int) WITH (fillfactor = 10, autovacuum_enabled = false, toast.autovacuum_enabled = false);
ALTER TABLE u SET (fillfactor = 101); -- refused: value 101 out of bounds for option "fillfactor"
CREATE INDEX x ON u (a) WITH (fillfactor = 90, fillfactor = 90); -- refused: parameter "fillfactor" specified more than once
CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = float8mi);
-- case: a local setting alone
CREATE SCHEMA other;
SET LOCAL search_path = other;
CREATE TABLE t (a int);
BEGIN;
SET LOCAL search_path = other;
CREATE TABLE u (a int);
COMMIT;
CREATE TABLE v (a int);
