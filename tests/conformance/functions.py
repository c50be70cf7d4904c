"""Writes the list of PostgreSQL's functions (`builtin.DATA`): `python -m tests.conformance.functions DSN …`.

Give it a server of each version. What the file has of others is kept, so that it is the union of all that were asked.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable

import psycopg

from driftcheck.readers.sql.builtin import DATA, Builtin, parse, written

#: Those that a query can call: none that takes or gives what only C can.
_QUERY = """
    SELECT proname, prokind, proretset, format_type(prorettype, NULL), provolatile,
           CASE WHEN provariadic = 0 AND pronargdefaults = 0 THEN pronargs END
    FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind <> 'p'
      AND NOT ARRAY['internal', 'cstring']::regtype[] && (proargtypes::oid[]::regtype[] || prorettype::regtype)
"""


def functions_of(dsn: str) -> dict[str, Builtin]:
    """The functions of one server, by name."""
    found = defaultdict(list)
    with psycopg.connect(dsn) as connection:
        for name, *facts in connection.execute(_QUERY):
            found[name].append(facts)
    return {name: _of(overloads) for name, overloads in found.items()}


def _of(overloads: list[list[object]]) -> Builtin:
    kinds = {"s" if of_rows else str(kind) for kind, of_rows, *_ in overloads}
    results = {str(result) for _, _, result, *_ in overloads}
    volatility: dict[int | None, str] = {}
    anyhow = any(arity is None for *_, arity in overloads)
    for _, _, _, volatile, arity in overloads:
        key = None if anyhow else arity
        volatility[key] = min(volatility.get(key, "v"), str(volatile))
    return Builtin(_one(kinds), _one(results), volatility)


def _one(found: set[str]) -> str:
    return found.pop() if len(found) == 1 else "?"


def united(catalogs: Iterable[dict[str, Builtin]]) -> dict[str, Builtin]:
    """What holds in each version: where two differ, what is refused by both."""
    found: dict[str, Builtin] = {}
    for functions in catalogs:
        for name, one in functions.items():
            found[name] = one.united(found.get(name, one))
    return found


if __name__ == "__main__":
    known = parse(DATA.read_text()) if DATA.exists() else {}
    DATA.write_text(written(united([known, *map(functions_of, sys.argv[1:])])))
