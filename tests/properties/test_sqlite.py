"""For SQLite as for PostgreSQL: one schema in three languages is no drift, and one change of it is one finding."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.check import Request
from driftcheck.check.fixing import Wishes, fix
from driftcheck.check.readings import PythonChoice
from driftcheck.dialects.sqlite.normalize import normalize
from driftcheck.dialects.sqlite.writer import write
from driftcheck.differ.engine import compare
from driftcheck.project import Project
from driftcheck.readers import drizzle, sqlalchemy
from driftcheck.readers.sql import read as read_sql
from driftcheck.reading import Reading, Source
from tests.conformance.sqlite.judge import catalog_of
from tests.fixes.test_sqlite import script_for, shape

from .sqlite import Schema, Table, as_drizzle, as_sql, as_sqlalchemy, changes, schemas

_SOME = settings(
    max_examples=8, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def codes(truth: Reading, other: Reading) -> list[str]:
    sources = [
        Source(name, name, Reading(normalize(one.schema), one.capabilities, dialect="sqlite"))
        for name, one in (("truth", truth), ("other", other))
    ]
    return [one.rule.code for one in compare(sources[0], sources[1], {}).findings]


def of_sql(schema: Schema, root: Path) -> Reading:
    (root / "schema.sql").write_text(as_sql(schema))
    return read_sql("schema.sql", Project(root).of_dialect("sqlite"))


def of_drizzle(schema: Schema, root: Path) -> Reading:
    (root / "schema.ts").write_text(as_drizzle(schema))
    return drizzle.read("schema.ts", Project(root).of_dialect("sqlite"))


@_SOME
@given(schemas())
def test_two_languages_say_what_sqlite_builds(tmp_path: Path, schema: Schema) -> None:
    sql, ts = of_sql(schema, tmp_path), of_drizzle(schema, tmp_path)
    assert sql.gaps == ts.gaps == ()
    assert codes(ts, sql) == codes(sql, ts) == []
    assert catalog_of(write(ts.schema)) == catalog_of(as_sql(schema))


@given(st.integers(0, 2**32))
@_SOME
def test_one_change_is_one_finding(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    schema = _drawn(chance)
    truth = of_drizzle(schema, tmp_path)
    for code, changed in chance.sample(list(changes(schema)), 4):
        if changed in (schema, ()):
            continue
        found = codes(truth, of_sql(changed, tmp_path))
        assert found == [code], as_sql(changed)


@given(st.integers(0, 2**32))
@_SOME
def test_a_script_ends_it_and_keeps_the_rows(tmp_path: Path, seed: int) -> None:
    """Or changes nothing, where rows are not what the truth demands."""
    chance = random.Random(seed)
    now, wanted = _two(chance)
    text = script_for(as_sql(now), as_sql(wanted), tmp_path)
    with closing(sqlite3.connect(":memory:")) as database, closing(sqlite3.connect(":memory:")) as truth:
        truth.executescript(as_sql(wanted))
        database.executescript(as_sql(now))
        for table in now:
            names = ["id", *(one.name for one in table.columns)]
            for row in (1, 2):
                values = ", ".join(str(9_000 + row * 10 + at) for at in range(len(names)))
                database.execute(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})")
        database.commit()
        before = _ids(database, now)
        try:
            database.executescript(text)
        except sqlite3.IntegrityError:
            assert _ids(database, now) == before
        else:
            assert shape(database) == shape(truth)
            assert {name: ids for name, ids in before.items() if name in shape(database)["tables"]} == _ids(
                database, [one for one in now if one.name in shape(database)["tables"]]
            )


@given(st.integers(0, 2**32))
@_SOME
def test_an_edit_ends_it(tmp_path: Path, seed: int) -> None:
    now, wanted = _two(random.Random(seed))
    (tmp_path / "truth.sql").write_text(as_sql(wanted))
    (tmp_path / "now.sql").write_text(as_sql(now))
    (tmp_path / "now.ts").write_text(as_drizzle(now))
    for source in ("now=sql:now.sql", "now=drizzle:now.ts"):
        request = Request(
            root=tmp_path, sources=("truth=sql:truth.sql", source), interpreter=PythonChoice(dialect="sqlite")
        )
        fixed = fix(request, Wishes(unsafe=True))
        assert not fixed.taken_back
        assert not fixed.report.findings, [one.why for one in fixed.left]


def _two(chance: random.Random) -> tuple[Schema, Schema]:
    """A schema, and what up to three changes make of it; in either order."""
    first = second = _drawn(chance)
    while first == second:
        for _ in range(chance.randint(1, 3)):
            second = chance.choice([changed for _, changed in changes(second) if changed])
    return (first, second) if chance.random() < 0.5 else (second, first)


def _ids(database: sqlite3.Connection, schema: Iterable[Table]) -> dict[str, list[int]]:
    return {one.name: [row for (row,) in database.execute(f"SELECT id FROM {one.name} ORDER BY id")] for one in schema}


def test_models_say_it_too(tmp_path: Path) -> None:
    """All in one module: a project's Python is started once."""
    chance = random.Random(7)
    schema = tuple(table for number in range(12) for table in _drawn(chance, f"n{number}_"))
    (tmp_path / "models.py").write_text(as_sqlalchemy(schema))
    options = sqlalchemy.Options(python=sys.executable, timeout=60, dialect="sqlite")
    models = sqlalchemy.start("models:metadata", Project(tmp_path).of_dialect("sqlite"), options).result()
    assert models.gaps == ()
    assert codes(of_sql(schema, tmp_path), models) == codes(models, of_drizzle(schema, tmp_path)) == []


def _drawn(chance: random.Random, prefix: str = "t") -> Schema:
    from .sqlite import ACTIONS, TYPES, Column, Index, Table

    tables: list[Table] = []
    for number in range(chance.randint(1, 3)):
        name = f"{prefix}{number}"
        types = [chance.choice(sorted(TYPES)) for _ in range(chance.randint(2, 4))]
        columns = tuple(
            Column(f"c{at}", one, chance.random() < 0.5, chance.choice([None, *range(len(TYPES[one][2]))]))
            for at, one in enumerate(types)
        )
        index = Index(f"{name}_i", ("c0", "c1"), chance.random() < 0.5, chance.choice([None, 1]))
        refers = (tables[0].name, chance.choice(ACTIONS)) if tables and chance.random() < 0.6 else None
        tables.append(Table(name, columns, refers, chance.choice([None, 3]), (index,) * chance.randint(0, 1)))
    return tuple(tables)
