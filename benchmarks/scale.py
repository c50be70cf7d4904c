"""Schemas of many tables in three languages that agree, to see how time and memory grow."""

from __future__ import annotations

import sys
from pathlib import Path

from . import edits
from .timing import Command

_TYPES = (("text", "text()", "Text"), ("integer", "integer()", "Integer"), ("boolean", "boolean()", "Boolean"))


_IMPORT = 'import { pgTable, index, integer, text, boolean } from "drizzle-orm/pg-core";'
#: How many tables a module of the models holds.
_IN_MODULE = 100


def write(root: Path, tables: int) -> None:
    """A project of `tables` tables of eight columns; each refers to the one before it."""
    models = root / "models"
    models.mkdir(parents=True)
    (models / "__init__.py").write_text("from sqlalchemy import MetaData\n\nmetadata = MetaData()\n", encoding="utf-8")
    schema, statements = [_IMPORT], []
    for first in range(0, tables, _IN_MODULE):
        found = [_table(number) for number in range(first, min(first + _IN_MODULE, tables))]
        schema += [drizzle for drizzle, _, _ in found]
        statements += [sql for _, sql, _ in found]
        _write_module(models, f"part_{first // _IN_MODULE}", [alchemy for _, _, alchemy in found])
    (root / "schema.ts").write_text("\n".join(schema), encoding="utf-8")
    _write_files(root / "schema", schema[1:])
    (root / "schema.sql").write_text("\n".join(statements), encoding="utf-8")


def _write_files(folder: Path, tables: list[str]) -> None:
    """The Drizzle schema again, a file for each table, which imports the one before it."""
    folder.mkdir()
    for number, table in enumerate(tables):
        before = f'import {{ table_{number - 1} }} from "./table_{number - 1}";\n' if number else ""
        (folder / f"table_{number}.ts").write_text(f"{_IMPORT}\n{before}{table}\n", encoding="utf-8")


def _write_module(models: Path, name: str, tables: list[str]) -> None:
    imports = "from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text"
    text = "\n".join([imports, "from models import metadata", *tables])
    (models / f"{name}.py").write_text(text + "\n", encoding="utf-8")
    with (models / "__init__.py").open("a", encoding="utf-8") as init:
        init.write(f"from . import {name}\n")


def _table(number: int) -> tuple[str, str, str]:
    name, parent = f"table_{number}", f"table_{number - 1}"
    columns = [(f"column_{position}", *_TYPES[position % 3]) for position in range(6)]
    refers = number > 0
    drizzle = "".join(f"  {column}: {call}.notNull(),\n" for column, _, call, _ in columns)
    drizzle += f"  parent: integer().references(() => {parent}.id),\n" if refers else "  parent: integer(),\n"
    sql = "".join(f"  {column} {type_} NOT NULL,\n" for column, type_, _, _ in columns)
    reference = f", CONSTRAINT {name}_parent_{parent}_id_fk FOREIGN KEY (parent) REFERENCES {parent} (id)"
    alchemy = "".join(f"Column({column!r}, {class_}, nullable=False), " for column, _, _, class_ in columns)
    key = f"ForeignKey('{parent}.id', name='{name}_parent_{parent}_id_fk')" if refers else ""
    return (
        f'export const {name} = pgTable("{name}", {{\n  id: integer().primaryKey(),\n{drizzle}}}, '
        f'(t) => [index("{name}_index").on(t.column_0)]);',
        f"CREATE TABLE {name} (\n  id integer PRIMARY KEY,\n{sql}  parent integer{reference if refers else ''}\n);\n"
        f"CREATE INDEX {name}_index ON {name} (column_0);",
        f"Table('{name}', metadata, Column('id', Integer, primary_key=True, autoincrement=False), {alchemy}"
        f"Column('parent', Integer, {key}), Index('{name}_index', 'column_0'))",
    )


def commands(root: Path) -> dict[str, Command]:
    """Each side of the project at `root` by itself, then checks of it; all agree."""
    sources = {"drizzle": "drizzle:schema.ts", "sql": "sql:schema.sql", "sqlalchemy": "sqlalchemy:models:metadata"}

    def driftcheck(*words: str) -> Command:
        return Command((sys.executable, "-m", "driftcheck", *words, "--timeout", "600"), root, {})

    def diff(*names: str) -> Command:
        return driftcheck("diff", "--no-cache", *(sources[name] for name in names))

    return {
        **{name: driftcheck("export", source, "--to", "json") for name, source in sources.items()},
        "drizzle, a file for each table": driftcheck("export", "drizzle:schema", "--to", "json"),
        "import of the models": Command((sys.executable, "-c", "import models"), root, {}),
        "drizzle, sql": diff("drizzle", "sql"),
        "three-way": diff("drizzle", "sql", "sqlalchemy"),
    }


def after_an_edit(root: Path, cache: Path) -> tuple[Command, Command]:
    """A check of three sources after an edit of one of many Drizzle files, and the same with nothing kept."""
    words = ("drizzle:schema", "sql:schema.sql", "sqlalchemy:models:metadata", "--timeout", "600")
    command = (sys.executable, "-m", "driftcheck", "diff", *words)
    environment = {"DRIFTCHECK_CACHE_DIR": str(cache)}
    edited = Command(command, root, environment, before=edits.comment(root / "schema" / "table_0.ts", "//"))
    return edited, Command((*command, "--no-cache"), root, environment)
