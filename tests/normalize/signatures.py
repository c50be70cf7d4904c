"""Writes what normalize knows of PostgreSQL's functions and operators: `python -m tests.normalize.signatures DSN …`.

Give it a server of each version: the files are the union of what they have.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import psycopg

from driftcheck.normalize.builtin.data import FOLDER

#: Types that no expression has a value of.
_INTERNAL = "ARRAY['internal', 'cstring', 'trigger', 'event_trigger']::regtype[]"

#: All that a call can mean, but for the functions behind operators, which nobody calls by name.
_FUNCTIONS = f"""
    SELECT p.proname || ' '
        || CASE WHEN a.aggkind IN ('o', 'h') THEN 'o' || a.aggnumdirectargs ELSE p.prokind::text END::text
        || coalesce((
            SELECT string_agg(
                ' ' || CASE WHEN n > p.pronargs - p.pronargdefaults THEN '?' ELSE '' END
                || CASE WHEN p.provariadic <> 0 AND n = p.pronargs THEN '*' ELSE '' END || t.typname, '' ORDER BY n)
            FROM unnest(p.proargtypes) WITH ORDINALITY AS x (one, n) JOIN pg_type t ON t.oid = x.one
        ), '')
        || ' > ' || CASE WHEN p.proretset THEN '%' ELSE '' END || r.typname
        || coalesce((
            SELECT string_agg(' ' || coalesce(x.named, '') || ':' || t.typname, '' ORDER BY n)
            FROM unnest(p.proallargtypes, p.proargmodes, p.proargnames) WITH ORDINALITY AS x (one, way, named, n)
            JOIN pg_type t ON t.oid = x.one WHERE x.way IN ('o', 'b', 't')
        ), '')
    FROM pg_proc p JOIN pg_type r ON r.oid = p.prorettype LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind <> 'p'
      AND NOT {_INTERNAL} && (p.proargtypes::oid[]::regtype[] || p.prorettype::regtype)
      AND (coalesce(obj_description(p.oid, 'pg_proc'), '') NOT LIKE 'implementation of % operator'
           OR p.proname = 'starts_with')
"""
_OPERATORS = """
    SELECT o.oprname || ' ' || coalesce(l.typname, '-') || ' ' || r.typname || ' > ' || t.typname
    FROM pg_operator o LEFT JOIN pg_type l ON l.oid = o.oprleft
    JOIN pg_type r ON r.oid = o.oprright JOIN pg_type t ON t.oid = o.oprresult
    WHERE o.oprnamespace = 'pg_catalog'::regnamespace
"""
#: Casts that PostgreSQL makes unsaid, and the types between them.
_CASTS = """
    SELECT 'cast ' || s.typname || ' ' || t.typname
    FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
    WHERE c.castcontext = 'i' AND c.castsource <> c.casttarget AND c.oid < 16384
    UNION ALL
    SELECT 'type ' || typname || ' ' || typcategory::text || CASE WHEN typispreferred THEN '*' ELSE '' END
    FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typcategory <> 'A'
"""
#: Of what all versions have; a domain of information_schema by its base. Columns that a version lacks come last.
_RELATIONS = """
    SELECT n.nspname || '.' || c.relname || ' '
        || string_agg(a.attname || ':' || coalesce(b.typname, t.typname), ' ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype
    WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v') AND a.attnum > 0
      AND c.relname !~ '^(_pg_|pg_stat|pg_ts|pg_largeobject|pg_subscription|pg_replication|pg_transform)'
    GROUP BY c.oid, n.nspname, c.relname
"""
QUERIES = {"relations": _RELATIONS, "functions": _FUNCTIONS, "operators": _OPERATORS, "types": _CASTS}


def lines_of(dsn: str) -> dict[str, set[str]]:
    """The lines of each file, as one server has them."""
    with psycopg.connect(dsn) as connection:
        return {name: {line for (line,) in connection.execute(query)} for name, query in QUERIES.items()}


def _merged(servers: list[dict[str, set[str]]]) -> list[str]:
    """Each relation with the columns that it has in any version, those of the newest first."""
    columns: dict[str, list[str]] = {}
    for line in (line for one in reversed(servers) for line in one["relations"]):
        name, *found = line.split(" ")
        known = columns.setdefault(name, [])
        known += [column for column in found if column not in known]
    return [" ".join((name, *found)) for name, found in columns.items()]


def write(servers: Iterable[str]) -> None:
    found = [lines_of(dsn) for dsn in servers]
    for name in QUERIES:
        lines = sorted(set().union(*(one[name] for one in found)) if name != "relations" else _merged(found))
        (FOLDER / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1:])
