"""Schemas of many tables in three languages that agree, to see how time and memory grow."""

from __future__ import annotations

import sys
from pathlib import Path

from .timing import Command

_TYPES = (("text", "text()", "Text"), ("integer", "integer()", "Integer"), ("boolean", "boolean()", "Boolean"))


def write(root: Path, tables: int) -> None:
    """A project of `tables` tables of eight columns; each refers to the one before it."""
    root.mkdir(parents=True)
    names = ["pgTable", "index", "integer", "text", "boolean"]
    schema = [f'import {{ {", ".join(names)} }} from "drizzle-orm/pg-core";']
    models = [
        "from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text",
        "metadata = MetaData()",
    ]
    statements = []
    for number in range(tables):
        for lines, text in zip((schema, statements, models), _table(number), strict=True):
            lines.append(text)
    (root / "schema.ts").write_text("\n".join(schema), encoding="utf-8")
    (root / "schema.sql").write_text("\n".join(statements), encoding="utf-8")
    (root / "models.py").write_text("\n".join(models), encoding="utf-8")


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
    """Checks of the project at `root`."""
    sources = {"drizzle": "drizzle:schema.ts", "sql": "sql:schema.sql", "sqlalchemy": "sqlalchemy:models:metadata"}

    def diff(*names: str) -> Command:
        words = (sys.executable, "-m", "driftcheck", "diff", "--no-cache", "--timeout", "600")
        return Command((*words, *(sources[name] for name in names)), root, {})

    return {"drizzle, sql": diff("drizzle", "sql"), "three-way": diff("drizzle", "sql", "sqlalchemy")}
