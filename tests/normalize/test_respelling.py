"""SQL in new names means what PostgreSQL keeps of the old SQL when it renames every table and column itself."""

from __future__ import annotations

import re

import psycopg
import pytest

from driftcheck.model import qualified, quote
from driftcheck.normalize.expressions import Site
from driftcheck.normalize.expressions.parser import parse_expression, parse_query
from driftcheck.normalize.expressions.respelling import NewNames, Respelling

from .world import Case, World, cases

CASES = [case for case in cases() if case.kind in ("view", "policy", "check")]
_ASK = {
    "view": "SELECT pg_get_viewdef('made'::regclass)",
    "policy": "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polname = 'made'",
    "check": "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'made'",
}


def _names(world: World) -> NewNames:
    tables = {key: (key[0], f"{key[1]}_t") for key in world.known.columns}
    columns = {key: {name: f"{name}_c" for name, _ in found} for key, found in world.known.columns.items()}
    return NewNames(tables, columns)


def _rename(world: World, names: NewNames) -> None:
    for key, columns in names.columns.items():
        for old, new in columns.items():
            statement = f"ALTER TABLE {qualified(*key)} RENAME COLUMN {quote(old)} TO {quote(new)}"
            world.connection.execute(statement.encode())
        world.connection.execute(f"ALTER TABLE {qualified(*key)} RENAME TO {quote(names.tables[key][1])}".encode())


def _respelled(case: Case, world: World, names: NewNames) -> str:
    known = names.known(world.known)
    reader = Respelling(case.text, known, names)
    if case.kind == "view":
        reader.view(parse_query(case.text), ())
    else:
        reader.visit(parse_expression(case.text), Site.of_table(known, *_key(case.place)).scope())
    return reader.text()


def _key(place: str) -> tuple[str, str]:
    schema, dot, name = place.rpartition(".")
    return (schema, name) if dot else ("public", place)


def _make(case: Case, place: str, text: str) -> str:
    if case.kind == "view":
        return f"CREATE VIEW made AS {text}"
    if case.kind == "policy":
        return f"CREATE POLICY made ON {place} USING ({text})"
    return f"ALTER TABLE {place} ADD CONSTRAINT made CHECK ({text})"


def _stored(case: Case, world: World) -> str:
    """What the server says, in old names, without names of results: those follow a column only where SQL is new."""
    row = world.connection.execute(_ASK[case.kind].encode()).fetchone()
    assert row is not None
    old = re.sub(r"_[ct]\b", "", row[0])
    return " ".join(re.sub(r""" AS ("[^"]*"|\w+)""", "", old).replace('"', "").split())


@pytest.fixture(scope="module")
def names(world: World) -> NewNames:
    return _names(world)


@pytest.mark.slow
def test_every_name_is_written_anew(world: World, names: NewNames) -> None:
    judged = 0
    for case in CASES:
        try:
            text = _respelled(case, world, names)
        except ValueError:
            continue
        if re.search(r"\busing\b", text, re.IGNORECASE):
            continue  # after a rename PostgreSQL prints USING with aliases for all columns of both tables
        with world.connection.transaction(force_rollback=True):
            world.connection.execute(_make(case, case.place, case.text).encode())
            with world.connection.transaction(force_rollback=True):
                _rename(world, names)
                kept = _stored(case, world)
        with world.connection.transaction(force_rollback=True):
            _rename(world, names)
            place = qualified(*names.tables[_key(case.place)]) if case.kind != "view" else ""
            try:
                world.connection.execute(_make(case, place, text).encode())
            except psycopg.Error as error:
                raise AssertionError(f"{case.text}\n-> {text}\n{error}") from error
            assert _stored(case, world) == kept, f"{case.text}\n-> {text}"
        judged += 1
    assert judged > 0.9 * len(CASES)


def test_a_name_that_would_be_ambiguous_is_qualified(world: World) -> None:
    names = NewNames(columns={("public", "orgs"): {"title": "name"}})
    text = "SELECT title, name FROM orgs JOIN users ON users.org_id = orgs.id"
    reader = Respelling(text, names.known(world.known), names)
    reader.view(parse_query(text), ())
    assert reader.text() == "SELECT orgs.name, users.name FROM orgs JOIN users ON users.org_id = orgs.id"
