"""Writes what is known of PostgreSQL's own functions, operators, types and catalogs:
`python -m tests.normalize.signatures DSN …`.

Give it a server of each version, the oldest first: whatever has a name is as the newest server that has it says.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import psycopg

import driftcheck.normalize.builtin

FOLDER = Path(driftcheck.normalize.builtin.__file__).parent

#: Types that no expression has a value of.
_INTERNAL = "ARRAY['internal', 'cstring']::regtype[]"

#: All that a call can mean, and what triggers call.
_FUNCTIONS = f"""
    SELECT p.proname || ' '
        || CASE WHEN a.aggkind IN ('o', 'h') THEN 'o' || a.aggnumdirectargs ELSE p.prokind::text END
        || p.provolatile::text
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


def _by_name(lines: set[str]) -> dict[str, set[str]]:
    found = defaultdict(set)
    for line in lines:
        found[line.split(" ")[0]].add(line)
    return found


def _merged(servers: list[dict[str, set[str]]], file: str) -> set[str]:
    """The lines of each name as the newest server says them."""
    found: dict[str, set[str]] = {}
    for one in servers:
        found |= _by_name(one[file])
    return set().union(*found.values())


def _least_volatile(line: str, servers: list[dict[str, set[str]]]) -> str:
    """A function as it is in all versions that have it: what one calls immutable may stand wherever that is asked."""
    name, kind, rest = line.split(" ", 2)
    least = min(
        volatility for volatility in "isv"
        if any(f"{name} {kind[:-1]}{volatility} {rest}" in one["functions"] for one in servers)
    )  # fmt: skip
    return f"{name} {kind[:-1]}{least} {rest}"


def _with_all_columns(servers: list[dict[str, set[str]]]) -> set[str]:
    """Each relation with the columns that it has in any version, those of the newest first."""
    columns: dict[str, dict[str, str]] = {}
    for line in (line for one in reversed(servers) for line in one["relations"]):
        relation, *found = line.split(" ")
        known = columns.setdefault(relation, {})
        for column in found:
            known.setdefault(column.split(":")[0], column)
    return {" ".join((relation, *known.values())) for relation, known in columns.items()}


def write(dsns: list[str]) -> None:
    servers = [lines_of(dsn) for dsn in dsns]
    found = {file: _merged(servers, file) for file in ("functions", "operators", "types")}
    found["functions"] = {_least_volatile(line, servers) for line in found["functions"]}
    found["relations"] = _with_all_columns(servers)
    for file, lines in found.items():
        (FOLDER / f"{file}.txt").write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1:])
