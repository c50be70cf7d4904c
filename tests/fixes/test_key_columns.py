"""Columns of the primary key that are missing or extra: the key changes along with them, in whichever language."""

from __future__ import annotations

from pathlib import Path

import pytest

from .editing import mended, run

#: One table, with the columns of its key and the others.
TABLES = {
    "one": (("id",), ("a", "b")),
    "two": (("a", "b"), ()),
    "none": ((), ("a", "b")),
    "another": (("x",), ("a", "b")),
    "one more": (("id", "x"), ("a", "b")),
}
PAIRS = [(one, other) for one in TABLES for other in TABLES if one != other and "one" in (one, other)]


def _sql(name: str, *, inline: bool = False) -> str:
    key, others = TABLES[name]
    # Of another type, so that it is not taken for the other one renamed.
    said = [f"{one} {'integer' if one == 'x' else 'uuid'} NOT NULL" for one in (*key, *others)]
    if inline and len(key) == 1:
        said[0] = said[0].replace("NOT NULL", "PRIMARY KEY")
    elif key:
        said.append(f"PRIMARY KEY ({', '.join(key)})")
    return f"CREATE TABLE t (\n  n text, -- kept\n  {f',{chr(10)}  '.join(said)}\n);\n"


def _typescript(name: str, *, inline: bool) -> str:
    key, others = TABLES[name]
    alone = inline and len(key) == 1
    end = {one: ".primaryKey()" if alone and one in key else ".notNull()" for one in (*key, *others)}
    said = [f"  {one}: {'integer' if one == 'x' else 'uuid'}('{one}'){end[one]},\n" for one in end]
    extra = (
        f", (t) => [primaryKey({{ columns: [{', '.join(f't.{one}' for one in key)}] }})]" if key and not alone else ""
    )
    names = "integer, pgTable, primaryKey, text, uuid"
    columns = "".join(said)
    return (
        f"import {{ {names} }} from 'drizzle-orm/pg-core';\n\n"
        f"export const t = pgTable('t', {{\n  n: text('n'), // kept\n{columns}}}{extra});\n"
    )


def _python(name: str, *, inline: bool) -> str:
    key, others = TABLES[name]
    given = "primary_key=True" if inline else "nullable=False"
    said = [f"    {one} = Column({'Integer' if one == 'x' else 'UUID'}, {given})\n" for one in key]
    said += [f"    {one} = Column(UUID, nullable=False)\n" for one in others]
    named = ", ".join(f'"{one}"' for one in key)
    extra = "" if inline else f"\n    __table_args__ = (PrimaryKeyConstraint({named}),)\n"
    return (
        "from sqlalchemy import UUID, Column, Integer, PrimaryKeyConstraint, Text\n"
        "from sqlalchemy.orm import DeclarativeBase\n\n\n"
        "class Base(DeclarativeBase):\n    pass\n\n\n"
        f'class T(Base):\n    __tablename__ = "t"\n\n    n = Column(Text)  # kept\n{"".join(said)}{extra}'
    )


@pytest.mark.parametrize("inline", [True, False], ids=["in its column", "of its own"])
@pytest.mark.parametrize(("truth", "drift"), PAIRS)
@pytest.mark.parametrize("engine", ["postgresql", "sqlite"])
def test_sql(tmp_path: Path, engine: str, truth: str, drift: str, inline: bool) -> None:
    head = "PRAGMA foreign_keys = ON;\n" if engine == "sqlite" else ""
    (tmp_path / "truth.sql").write_text(head + _sql(truth))
    (tmp_path / "schema.sql").write_text(head + _sql(drift, inline=inline))
    mended(tmp_path, "truth=sql:truth.sql", "drift=sql:schema.sql")
    assert "-- kept" in (tmp_path / "schema.sql").read_text()


@pytest.mark.parametrize("inline", [True, False], ids=["in its column", "of its own"])
@pytest.mark.parametrize(("truth", "drift"), PAIRS)
def test_typescript(tmp_path: Path, truth: str, drift: str, inline: bool) -> None:
    (tmp_path / "truth.sql").write_text(_sql(truth))
    (tmp_path / "schema.ts").write_text(_typescript(drift, inline=inline))
    mended(tmp_path, "truth=sql:truth.sql", "drift=drizzle:schema.ts")
    assert "// kept" in (tmp_path / "schema.ts").read_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("truth", "drift", "inline"),
    [("two", "one", True), ("one", "one more", False)],
)
def test_python(tmp_path: Path, truth: str, drift: str, inline: bool) -> None:
    (tmp_path / "truth.sql").write_text(_sql(truth))
    (tmp_path / "models.py").write_text(_python(drift, inline=inline))
    mended(tmp_path, "truth=sql:truth.sql", "drift=sqlalchemy:models:Base")


@pytest.mark.slow
def test_a_class_keeps_its_key(tmp_path: Path) -> None:
    """SQLAlchemy maps none without one, so the reason is said before anything is tried."""
    (tmp_path / "truth.sql").write_text(_sql("none"))
    (tmp_path / "models.py").write_text(_python("one", inline=True))
    done = run(tmp_path, "truth=sql:truth.sql", "drift=sqlalchemy:models:Base")
    assert [one.why for one in done.left] == ["a mapped class needs a primary key"]
    assert not done.taken_back
