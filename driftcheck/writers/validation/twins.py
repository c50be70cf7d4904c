"""What the server makes of the expressions that a source declares.

PostgreSQL stores what an expression means, not its text; so the script has the server itself read both sides. For each
table it makes an empty temporary twin with the columns that the table really has, and in it what the source declares,
asks how that is stored, and takes all of it back. This needs the right to make temporary tables, which PostgreSQL
grants to everybody, and no right to any table. Where even that is missing, these groups are not checked, and a warning
says so.
"""

from __future__ import annotations

from ..sql.gate import SqlText, joined, literal, sql
from .checks import DECLARED, REAL, said_of

#: Kinds of facts that are made in a twin, in the order in which they can be.
KINDS = ("default", "check", "index", "policy", "trigger")

_TEMPLATE = """
    -- The expressions of the source as this server stores them: made in an empty temporary twin of each table, read,
    -- and taken back at once.
    FOR twin IN SELECT DISTINCT f.s, f.t, {REAL} AS real FROM {DECLARED}
        WHERE f.kind IN ({KINDS}) AND {REAL} IS NOT NULL ORDER BY f.s, f.t
    LOOP
        made := '[]';
        BEGIN
            PERFORM set_config('client_min_messages', 'warning', true);
            SELECT string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attcollation <> t.typcollation
                    THEN format(' COLLATE %s', a.attcollation::regcollation) END), ', ' ORDER BY a.attnum) INTO columns
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = twin.real AND a.attnum > 0 AND NOT a.attisdropped;
            EXECUTE format('CREATE TEMPORARY TABLE %I (%s)', twin.t, columns);
            twin_oid := to_regclass(format('pg_temp.%I', twin.t));
            FOR fact IN SELECT f.* FROM {DECLARED} WHERE f.kind IN ({KINDS}) AND f.s = twin.s AND f.t = twin.t
                ORDER BY array_position(ARRAY[{KINDS}], f.kind)
            LOOP
                says := NULL;
                refused := NULL;
                BEGIN
                    IF fact.kind = 'trigger' AND fact.a IS NULL THEN
                        says := 'instead of';
                    ELSIF fact.kind = 'default' AND (fact.a IS NULL OR fact.a = 'serial') THEN
                        says := fact.a;
                    ELSE
                        PERFORM set_config('search_path', schemas, true);
                        EXECUTE fact.a;
                        PERFORM set_config('search_path', '', true);
                        CASE fact.kind
{READS}
                        END CASE;
                    END IF;
                EXCEPTION
                    -- A column that is missing is reported as such, and not again for all that depends on it.
                    WHEN undefined_column THEN
                        PERFORM set_config('search_path', '', true);
                        CONTINUE;
                    WHEN insufficient_privilege OR read_only_sql_transaction THEN
                        RAISE;
                    WHEN OTHERS THEN
                        PERFORM set_config('search_path', '', true);
                        refused := SQLERRM;
                END;
                made := made || jsonb_build_array(jsonb_build_object('kind', fact.kind, 's', fact.s, 't', fact.t,
                    'n', fact.n, 'a', says, 'b', refused, 'c', fact.c, 'line', fact.line));
            END LOOP;
            RAISE EXCEPTION USING ERRCODE = 'DC000';
        EXCEPTION
            WHEN SQLSTATE 'DC000' THEN
                stored := stored || made;
            WHEN insufficient_privilege OR read_only_sql_transaction THEN
                blind := SQLERRM;
        END;
        PERFORM set_config('search_path', '', true);
    END LOOP;
"""
_READ = "                        WHEN '{}' THEN SELECT {} INTO says FROM {};"


def twins() -> SqlText:
    """The statements that fill `stored` from `declared`, or say in `blind` why they could not."""
    reads = "\n".join(_READ.format(kind, *said_of(kind)) for kind in KINDS)
    kinds = joined(map(literal, KINDS))
    text = (
        _TEMPLATE.replace("{DECLARED}", DECLARED)
        .replace("{REAL}", REAL)
        .replace("{KINDS}", kinds)
        .replace("{READS}", reads)
    )
    return sql("{}", SqlText(text))
