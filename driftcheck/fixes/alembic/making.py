"""Single operations that make a thing, or drop it."""

from __future__ import annotations

from typing import Any

from ...model import Check, Column, Exclusion, ForeignKey, Index, PrimaryKey, Schema, Table, Unique
from ..sql.steps import Phase
from . import words
from .words import Unspoken, call, quoted

#: When the operations on a kind of thing stand in a revision, by what is made.
_PHASES = {
    Table: Phase.TABLES, Column: Phase.COLUMNS, PrimaryKey: Phase.KEYS, Unique: Phase.KEYS, Check: Phase.KEYS,
    Exclusion: Phase.KEYS, Index: Phase.INDEXES, ForeignKey: Phase.FOREIGN_KEYS,
}  # fmt: skip
_CONSTRAINTS = {ForeignKey: "foreignkey", Unique: "unique", Check: "check", PrimaryKey: "primary", Exclusion: None}
_MAKERS: dict[type, Any] = {
    ForeignKey: words.foreign_key, Unique: words.unique, Check: words.check, PrimaryKey: words.primary_key,
    Index: words.index,
}  # fmt: skip


def phase_of(thing: Any) -> int:
    return int(_PHASES.get(type(thing), Phase.ALTER))


def in_its_schema(table: Table) -> str | None:
    return words.schema(table.schema)


def dropped(thing: Any, table: Table) -> str:
    """Raises Unspoken for what Alembic drops by SQL only."""
    place = in_its_schema(table)
    if isinstance(thing, Table):
        return call("op.drop_table", quoted(thing.name), schema=in_its_schema(thing))
    if isinstance(thing, Column):
        return call("op.drop_column", quoted(table.name), quoted(thing.name), schema=place)
    if isinstance(thing, Index):
        return call("op.drop_index", quoted(thing.name), table_name=quoted(table.name), schema=place)
    if type(thing) in _CONSTRAINTS:
        kind = _CONSTRAINTS[type(thing)]
        given = (quoted(thing.name), quoted(table.name))
        return call("op.drop_constraint", *given, type_=quoted(kind) if kind else None, schema=place)
    raise Unspoken("Alembic has no operation for it")


def made(thing: Any, table: Table, schema: Schema) -> str:
    """What makes a column, key, check or index of a table. Raises Unspoken for what is made by SQL only."""
    if isinstance(thing, Column):
        column = words.column(thing, schema, counting=False)
        return call("op.add_column", quoted(table.name), column, schema=in_its_schema(table))
    if type(thing) not in _MAKERS:
        raise Unspoken("Alembic has no operation for it")
    text: str = _MAKERS[type(thing)](thing, table)
    return text
