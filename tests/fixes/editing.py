"""`driftcheck fix` in a folder, as a function."""

from __future__ import annotations

import runpy
import warnings
from pathlib import Path

import sqlalchemy

from driftcheck.check import Request, check
from driftcheck.check.fixing import Fixed, Wishes, fix
from driftcheck.findings import Report


def run(root: Path, *sources: str, unsafe: bool = True, **wishes: object) -> Fixed:
    """The findings down to notes, edited."""
    request = Request(root=root, sources=sources, fail_on="note")
    return fix(request, Wishes(unsafe=unsafe, **wishes))  # type: ignore[arg-type]


def report(root: Path, *sources: str) -> Report:
    return check(Request(root=root, sources=sources, fail_on="note"))


def messages(found: Report) -> list[str]:
    """All that is left, apart from stand-ins for tables that nobody declares."""
    return [one.message for one in found.findings if one.rule.name != "not-exported"]


def mended(root: Path, *sources: str) -> Fixed:
    """Fixes all; nothing is taken back or left, and a second time changes nothing."""
    done = run(root, *sources)
    assert [one.message for one in done.taken_back] == []
    assert [(one.finding.message, one.why) for one in done.left if one.finding.rule.name != "not-exported"] == []
    assert messages(report(root, *sources)) == []
    again = run(root, *sources)
    assert again.changed == ()
    return done


def created(path: Path) -> str:
    """The SQL that `create_all` would run for a file of models."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if "sqlmodel" in path.read_text():
            _forget_models()
        names = runpy.run_path(str(path))
        holder = names.get("Base") or names.get("SQLModel") or names
        metadata = names["metadata"] if holder is names else holder.metadata  # type: ignore[union-attr]
        statements: list[str] = []
        engine = sqlalchemy.create_mock_engine(
            "postgresql+psycopg://", lambda ddl, *_, **__: statements.append(str(ddl.compile(dialect=engine.dialect)))
        )
        metadata.create_all(engine, checkfirst=False)
        schemas = {table.schema for table in metadata.tables.values() if table.schema}
    return ";\n".join([*(f"CREATE SCHEMA {name}" for name in schemas), *statements])


def _forget_models() -> None:
    """SQLModel has one metadata in a process, in which other tests declared tables and, as its listeners, enums."""
    import sqlmodel

    sqlmodel.SQLModel.metadata = sqlalchemy.MetaData()
