CREATE TABLE t (id int PRIMARY KEY, a int, b text, c timestamptz);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.c := now(); -- a comment; with a semicolon
  RETURN NEW;
END;
$$;
CREATE OR REPLACE FUNCTION public.add(x int, y int DEFAULT 2) RETURNS integer AS 'select x + y;' LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION add(x text, VARIADIC y text[]) RETURNS text LANGUAGE SQL STABLE SECURITY DEFINER SET search_path = '' AS $fn$ select $1 || 'it''s' $fn$;
CREATE OR REPLACE FUNCTION add(x int, y int DEFAULT 2) RETURNS integer AS $$ select x - y $$ LANGUAGE sql;
CREATE FUNCTION rows_of(IN n int, OUT id int, OUT name text) RETURNS SETOF record LANGUAGE plpgsql ROWS 50 LEAKPROOF AS $_$ begin return; end $_$;
CREATE FUNCTION table_of(n numeric(10,2)) RETURNS TABLE (id int, name varchar(20)) LANGUAGE sql SET work_mem TO '4MB' SET search_path TO public, pg_temp AS 'select 1, ''x''';
CREATE FUNCTION modern(a int, b timestamp with time zone) RETURNS int LANGUAGE sql RETURN a + 1;
CREATE FUNCTION atomic_body(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END; SELECT a; END;
CREATE PROCEDURE proc(a int, INOUT b text) LANGUAGE plpgsql AS $$ begin b := 'x'; end $$;
CREATE FUNCTION sets() RETURNS SETOF t LANGUAGE sql CALLED ON NULL INPUT VOLATILE AS 'select * from t';
CREATE FUNCTION gone(int) RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION gone(text) RETURNS int LANGUAGE sql AS 'select 1';
DROP FUNCTION gone(int);
DROP FUNCTION IF EXISTS gone(int), nothing();
ALTER FUNCTION gone(text) RENAME TO stays;
ALTER FUNCTION public.stays(text) IMMUTABLE SECURITY DEFINER SET search_path TO '';
CREATE TRIGGER touch_t BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER many AFTER INSERT OR UPDATE OF a, b OR DELETE ON public.t FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE PROCEDURE public.touch('x', 1, y);
CREATE OR REPLACE TRIGGER many AFTER DELETE OR INSERT ON t EXECUTE FUNCTION touch('it''s');
CREATE TRIGGER trunc AFTER TRUNCATE ON t FOR EACH STATEMENT EXECUTE FUNCTION touch();
CREATE TRIGGER transition AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.a IS NOT NULL) EXECUTE FUNCTION touch();
CREATE TRIGGER old_one BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.b <> 'x') EXECUTE FUNCTION touch();
DROP TRIGGER old_one ON t;
DROP TRIGGER IF EXISTS old_one ON t;
ALTER TRIGGER trunc ON t RENAME TO truncated;
ALTER TABLE t DISABLE TRIGGER touch_t, ENABLE ALWAYS TRIGGER truncated, ENABLE REPLICA TRIGGER checked;
ALTER TABLE t RENAME COLUMN a TO aa;
CREATE VIEW v AS SELECT * FROM t;
CREATE TRIGGER instead INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION touch();
ALTER FUNCTION touch() RENAME TO touched;
CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE old_style (BASETYPE = integer, SFUNC = int4larger, STYPE = integer);
CREATE AGGREGATE doomed (*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
DROP AGGREGATE doomed (*);
ALTER AGGREGATE total (integer) RENAME TO sum_of;
CREATE PROCEDURE out_only(OUT a int, IN b text) LANGUAGE plpgsql AS $$ begin a := 1; end $$;
CREATE PROCEDURE gone_by_all(OUT a int, b text) LANGUAGE plpgsql AS $$ begin a := 1; end $$;
DROP PROCEDURE gone_by_all(int, text);
CREATE TYPE zz_state AS (total int);
CREATE FUNCTION zz_step(zz_state, text) RETURNS zz_state LANGUAGE sql AS 'select $1';
CREATE FUNCTION zz_final(zz_state) RETURNS int LANGUAGE sql AS 'select $1.total';
CREATE AGGREGATE aa_counted(text) (SFUNC = zz_step, STYPE = zz_state, FINALFUNC = public.zz_final);
CREATE VIEW aa_counts AS SELECT aa_counted('x') AS n;

-- Aggregates with a sorted argument.
CREATE AGGREGATE percentile (float8 ORDER BY float8)
    (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE percentile_named (part float8 ORDER BY "order" float8)
    (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE most_frequent (ORDER BY anyelement)
    (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA);
CREATE AGGREGATE place (VARIADIC "any" ORDER BY VARIADIC "any")
    (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
