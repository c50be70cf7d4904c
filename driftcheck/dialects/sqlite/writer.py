"""A Schema as SQLite's DDL. What does not pass the gate is left out, and said at the top."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Check, Column, ForeignKey, Index, IndexKey, PrimaryKey, Schema, Table, Unique, View
from . import clauses
from .admit import admitted
from .text import collation, column_type, default, expression, grouped, name, names, remark
from .triggers import create_trigger

Constraint = Check | ForeignKey | PrimaryKey | Unique

_HEADER = "-- SQLite DDL, written by driftcheck.\n"


def write(schema: Schema) -> str:
    """`schema` as SQL that `sqlite3` runs on an empty database. The same schema gives the same text."""
    found, refusals = admitted(schema)
    left_out = [f"{one.kind} {one.name}" for one in found.opaque if one.kind] + [one.what for one in refusals]
    said = ["Not in this file, because it could not be read or is held by nothing:", *map("  {}".format, left_out)]
    remarks = "".join(f"{remark(line)}\n" for line in said) if left_out else ""
    return "\n".join([_HEADER + remarks, *(f"{statement};\n" for statement in statements(found))])


def statements(schema: Schema) -> Iterator[str]:
    """Those that build `schema`. SQLite looks for the tables of a key only when rows are written."""
    for table in schema.tables:
        yield create_table(table)
    for table in schema.tables:
        yield from (create_index(index, table.name) for index in table.indexes)
    yield from (create_view(view) for view in schema.views)
    yield from map(create_trigger, schema.triggers)


def create_table(table: Table, called: str | None = None) -> str:
    """CREATE TABLE with all of its constraints, under another name if one is given."""
    lines = [column(item, table) for item in table.columns]
    key = table.primary_key
    keys: list[Constraint] = [key] if key is not None and not _inline(table) else []
    keys += [*table.uniques, *table.foreign_keys, *table.checks]
    lines += [constraint_text(one, table) for one in keys]
    body = ",\n    ".join(lines)
    options = [word.upper() for word, _ in table.options if word in ("without rowid", "strict")]
    return f"CREATE TABLE {name(called or table.name)} (\n    {body}\n)" + (f" {', '.join(options)}" if options else "")


def constraint_text(item: Constraint, table: Table) -> str:
    """As it stands among the columns of its table."""
    if isinstance(item, ForeignKey):
        text = foreign_key(item)
    elif isinstance(item, Check):
        text = f"CHECK {grouped(item.expression)}"
    elif isinstance(item, Unique):
        text = f"UNIQUE {_keyed(table, clauses.UNIQUE, item.columns)}"
    else:
        text = f"PRIMARY KEY {_keyed(table, clauses.PRIMARY_KEY, item.columns)}"
    return _constraint(item) + text


def _keyed(table: Table, kind: str, columns: tuple[str, ...]) -> str:
    """The columns of a key, each with its collation and order, and what happens where two rows have the same."""
    parts = []
    for column in columns:
        collated, descends = clauses.key_part(table.options, kind, columns, column)
        parts.append(f"{name(column)}{collation(collated)}{' DESC' if descends else ''}")
    return f"({', '.join(parts)}){clauses.conflict(table.options, kind, columns)}"


def _constraint(item: Constraint) -> str:
    return "" if "name" in item.unknown else f"CONSTRAINT {name(item.name)} "


def _inline(table: Table) -> bool:
    """Whether the key stands in its column: where it counts, and where its order makes it no rowid."""
    key = table.primary_key
    if key is None or len(key.columns) != 1:
        return False
    item = table.column(key.columns[0])
    return item is not None and (item.identity is not None or ("descending_key", "true") in table.options)


def column(item: Column, table: Table) -> str:
    """A column as CREATE TABLE and ADD COLUMN take it."""
    parts = [name(item.name), column_type(item.type)]
    key = table.primary_key
    if key is not None and key.columns == (item.name,) and _inline(table):
        order = " DESC" if ("descending_key", "true") in table.options else ""
        said = clauses.conflict(table.options, clauses.PRIMARY_KEY, key.columns)
        counts = " AUTOINCREMENT" if item.identity is not None else ""
        parts.append(f"{_constraint(key)}PRIMARY KEY{order}{said}{counts}")
    if not item.nullable:
        parts.append(f"NOT NULL{clauses.conflict(table.options, clauses.NOT_NULL, (item.name,))}")
    if item.default is not None:
        parts.append(f"DEFAULT {default(item.default)}")
    if item.collation is not None:
        parts.append(collation(item.collation).strip())
    if item.generated is not None:
        kind = "STORED" if item.generated.stored else "VIRTUAL"
        parts.append(f"GENERATED ALWAYS AS {grouped(item.generated.expression)} {kind}")
    return " ".join(part for part in parts if part)


def foreign_key(key: ForeignKey) -> str:
    return f"FOREIGN KEY {names(key.columns)} {references(key)}"


def references(key: ForeignKey) -> str:
    """What a key leads to, with its actions."""
    targets = f" {names(key.target_columns)}" if key.target_columns else ""
    text = f"REFERENCES {name(key.target_table)}{targets}"
    for event, action in (("UPDATE", key.on_update), ("DELETE", key.on_delete)):
        if action != "no action":
            text += f" ON {event} {action.upper()}"
    return text + (" DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else "")


def create_index(index: Index, table: str) -> str:
    unique = "UNIQUE " if index.unique else ""
    text = f"CREATE {unique}INDEX {name(index.name)} ON {name(table)} ({', '.join(map(_key, index.keys))})"
    return text if index.predicate is None else f"{text} WHERE {expression(index.predicate)}"


def _key(key: IndexKey) -> str:
    text = name(key.column) if key.column is not None else ""
    if key.expression is not None:
        text = grouped(key.expression)
    return f"{text}{collation(key.collation)}{' DESC' if key.descending else ''}"


def create_view(view: View) -> str:
    columns = f" {names(view.columns)}" if view.columns else ""
    return f"CREATE VIEW {name(view.name)}{columns} AS {expression(view.definition)}"
