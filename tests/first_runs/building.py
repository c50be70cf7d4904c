"""Small projects as somebody finds them, and what the first command in each comes to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from driftcheck.check import Request, check, settled
from driftcheck.check.readings import PythonChoice
from driftcheck.errors import DriftcheckError
from driftcheck.render import renderer
from driftcheck.render.failure import labelled_lines

COLUMNS = ("label", "weight", "packed")


@dataclass(frozen=True)
class Layout:
    """`files` by their paths; the check starts in `folder`.

    `status` is the exit status; `takes` are files that are read, `passes_over` files that are not. `says` are parts of
    what is printed, `top` parts of its first twelve lines, `never` parts that it must not have.
    """

    files: dict[str, str]
    status: int
    takes: tuple[str, ...] = ()
    passes_over: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    folder: str = ""
    choice: PythonChoice = field(default=PythonChoice())


@dataclass(frozen=True)
class Outcome:
    status: int
    files: frozenset[str]
    text: str


def outcome(root: Path, layout: Layout) -> Outcome:
    """What `driftcheck diff` comes to in `layout`, which is written to `root`."""
    (root / ".git").mkdir()
    write(root, layout.files)
    start = root / layout.folder
    try:
        report = check(settled(Request(root=start, interpreter=layout.choice)))
    except DriftcheckError as error:
        return Outcome(2, frozenset(), "\n".join(label + text for label, text in labelled_lines(error)))
    files = frozenset(path for source in report.sources for path in source.files)
    return Outcome(report.status, files, renderer("text")(report))


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# -- What the files hold: tables of four columns, the same in each language ------------------------------------------


def ts(*tables: str, nullable: str = "") -> str:
    """A schema of Drizzle's; the column called `nullable` may be null."""

    def column(name: str) -> str:
        return f"{name}: text('{name}')" + ("" if name == nullable else ".notNull()")

    columns = ", ".join(["id: integer('id').primaryKey()", *map(column, COLUMNS)])
    lines = [f"export const {name} = pgTable('{name}', {{ {columns} }});" for name in tables]
    return "\n".join(["import { integer, pgTable, text } from 'drizzle-orm/pg-core';", *lines, ""])


def sql(*tables: str, label: str = "text") -> str:
    """The same tables; `label` is another type for that column."""
    types = {**dict.fromkeys(COLUMNS, "text"), "label": label}
    columns = ", ".join(["id integer PRIMARY KEY", *(f"{name} {types[name]} NOT NULL" for name in COLUMNS)])
    return "".join(f"CREATE TABLE {name} ({columns});\n" for name in tables)


def models(
    *tables: str, base: str = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass"
) -> str:
    """The same tables as SQLAlchemy has them."""
    columns = "".join(f"    {name} = Column(Text, nullable=False)\n" for name in COLUMNS)
    classes = (
        f"class {name.title()}(Base):\n    __tablename__ = '{name}'\n"
        f"    id = Column(Integer, primary_key=True, autoincrement=False)\n{columns}"
        for name in tables
    )
    return "\n".join(["from sqlalchemy import Column, Integer, Text", base, *classes])


def config(schema: str = "./schema.ts", out: str | None = None, more: str = "") -> str:
    where = "" if out is None else f", out: '{out}'"
    return (
        "import { defineConfig } from 'drizzle-kit';\n"
        f"export default defineConfig({{ dialect: 'postgresql', schema: '{schema}'{where}{more} }});\n"
    )


def journal(*tags: str, dialect: str = "postgresql") -> str:
    entries = [{"idx": number, "version": "7", "tag": tag, "breakpoints": True} for number, tag in enumerate(tags)]
    return json.dumps({"version": "7", "dialect": dialect, "entries": entries})


def kit(folder: str, steps: dict[str, str], *, named: Iterable[str] | None = None) -> dict[str, str]:
    """drizzle-kit's folder of migrations, with a journal that names them, or those that are `named`."""
    tags = list(steps) if named is None else list(named)
    return {f"{folder}/{tag}.sql": text for tag, text in steps.items()} | {
        f"{folder}/meta/_journal.json": journal(*tags)
    }
