"""Tables in a real server, what is known of them, and what the server makes of an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from driftcheck.model import Column, ColumnType, Domain, Enum, Expression, Function, Schema, Table
from driftcheck.normalize.expressions import Site, assignment, condition, query, value
from driftcheck.normalize.known import Known, known_of
from driftcheck.normalize.types import canonical_type
from driftcheck.sql import parse_type

from ..conformance.postgres import Server

CORPUS = Path(__file__).parent / "corpus"
_COLUMNS = """
    SELECT nspname, relname, attname, format_type(atttypid, atttypmod)
    FROM pg_attribute JOIN pg_class r ON r.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
    WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r' AND nspname IN ('public', 'app', 'auth')
    ORDER BY 1, 2, attnum
"""


@dataclass(frozen=True)
class Case:
    """An expression of the corpus: what kind it is, where or as what type it stands, and its text."""

    kind: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind} {self.place}: {self.text}"


class World:
    """The database of `corpus/world.sql`."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self.known: Known = known_of(_schema(connection))

    def stored(self, case: Case) -> set[str]:
        """What the server stored for `case`, as it prints it in two ways. Raises psycopg.Error if it refuses."""
        make, ask = _STATEMENTS[case.kind]
        method = "gin" if "tsvector" in case.text or case.text == "(metadata -> 'a')" else "btree"
        with self.connection.transaction(force_rollback=True):
            self.connection.execute(make.format(place=case.place, text=case.text, method=method).encode())
            row = self.connection.execute(ask.encode()).fetchone()
        assert row is not None
        return set(row)

    def canonical(self, case: Case, text: str) -> Expression:
        """The canonical form of `text` as if it stood where `case` stands."""
        read: dict[str, Callable[[Expression], Expression]] = {
            "check": lambda it: condition(it, self.site(case.place)),
            "predicate": lambda it: condition(it, self.site(case.place)),
            "policy": lambda it: condition(it, self.site(case.place)),
            "key": lambda it: value(it, self.site(case.place)),
            "default": lambda it: assignment(it, Site(self.known), self.type(case.place)),
            "generated": lambda it: assignment(it, self.site("users"), self.type(case.place)),
            "view": lambda it: query(it, self.known)[0],
        }
        return read[case.kind](Expression(text))

    def site(self, table: str) -> Site:
        return Site.of_table(self.known, "public", table)

    def type(self, text: str) -> ColumnType:
        return canonical_type(parse_type(text), self.known.types)


_EXPRESSION = "SELECT pg_get_expr({0}, {1}), pg_get_expr({0}, {1}, true) FROM {2}"
_STATEMENTS = {
    "check": (
        "ALTER TABLE {place} ADD CONSTRAINT made CHECK ({text})",
        _EXPRESSION.format("conbin", "conrelid", "pg_constraint WHERE conname = 'made'"),
    ),
    "predicate": (
        "CREATE INDEX made ON {place} (id) WHERE {text}",
        _EXPRESSION.format("indpred", "indrelid", "pg_index WHERE indexrelid = 'made'::regclass"),
    ),
    "key": (
        "CREATE INDEX made ON {place} USING {method} ({text})",
        "SELECT pg_get_indexdef('made'::regclass, 1, false), pg_get_indexdef('made'::regclass, 1, true)",
    ),
    "default": (
        "CREATE TABLE made (it {place} DEFAULT {text})",
        _EXPRESSION.format("adbin", "adrelid", "pg_attrdef WHERE adrelid = 'made'::regclass")
        + " UNION ALL SELECT 'NULL', 'NULL' LIMIT 1",
    ),
    "generated": (
        "ALTER TABLE users ADD made {place} GENERATED ALWAYS AS ({text}) STORED",
        _EXPRESSION.format("adbin", "adrelid", "pg_attrdef WHERE adrelid = 'users'::regclass"),
    ),
    "policy": (
        "CREATE POLICY made ON {place} USING ({text})",
        _EXPRESSION.format("polqual", "polrelid", "pg_policy WHERE polname = 'made'"),
    ),
    "view": (
        "CREATE VIEW made AS {text}",
        "SELECT pg_get_viewdef('made'::regclass), pg_get_viewdef('made'::regclass, true)",
    ),
}


def cases() -> Iterator[Case]:
    """All expressions of the corpus."""
    for kind, name in (("check", "checks"), ("predicate", "predicates"), ("key", "index_keys")):
        for line in _lines(name):
            yield Case(kind, "users", line)
    for kind, name in (("default", "defaults"), ("generated", "generated"), ("policy", "policies")):
        for line in _lines(name):
            place, _, text = line.partition(" | ")
            yield Case(kind, place, text)
    for statement in (CORPUS / "views.sql").read_text().split(";\n"):
        if statement.strip():
            yield Case("view", "", statement.strip())


def composed() -> Iterator[Case]:
    """What `composing.py` put together and the server took."""
    for line in _lines("composed"):
        kind, place, text = line.split(" | ", 2)
        yield Case(kind, place, text)


def _lines(name: str) -> list[str]:
    return [line for line in (CORPUS / f"{name}.txt").read_text().splitlines() if line.strip()]


@contextmanager
def open_world(server: Server) -> Iterator[World]:
    with server.database() as database, psycopg.connect(database.dsn, autocommit=True) as connection:
        connection.execute((CORPUS / "world.sql").read_bytes())
        yield World(connection)


def _schema(connection: psycopg.Connection) -> Schema:
    """The world as a reader would give it back, from the server's catalog."""
    tables: dict[tuple[str, str], list[Column]] = {}
    for schema, table, column, type_ in connection.execute(_COLUMNS):
        tables.setdefault((schema, table), []).append(Column(name=column, type=parse_type(type_)))
    functions = connection.execute(
        "SELECT nspname, proname, format_type(prorettype, NULL)"
        " FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
        " WHERE nspname = 'public'"
    ).fetchall()
    return Schema(
        tables=tuple(Table(schema=key[0], name=key[1], columns=tuple(columns)) for key, columns in tables.items()),
        enums=(
            Enum(schema="public", name="account_status", values=("active",)),
            Enum(schema="app", name="task_state", values=("todo",)),
        ),
        domains=(
            Domain(schema="public", name="email_address", type=ColumnType("text")),
            Domain(schema="public", name="positive", type=ColumnType("integer")),
        ),
        functions=tuple(Function(schema=schema, name=name, returns=result) for schema, name, result in functions),
    )
