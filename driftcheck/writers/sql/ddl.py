"""The statements that build a schema, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import DEFAULT_SCHEMA, Function, Schema, Table, View
from . import constraints, indexes, partitions, programs, security, tables, types
from .absent import absent
from .gate import SETTINGS, SqlText, joined, name, remark, sql
from .order import in_order
from .refused import admitted

_HEADER = """\
-- PostgreSQL DDL, written by driftcheck.

{}
-- A function may refer to what is created after it.
SET check_function_bodies = false;
"""


def script(schema: Schema) -> str:
    """All of `schema` that passes the gate."""
    schema, _ = admitted(schema)
    ended = (sql("{};\n", statement) for statement in statements_of(schema))
    return joined([sql(_HEADER, SETTINGS), *_absent(schema), *ended], "\n")


def statements_of(schema: Schema) -> Iterator[SqlText]:
    """Those that are created first come first. Raises Refused for what does not pass the gate."""
    yield from _search_path(schema)
    yield from _statements(schema)


def _absent(schema: Schema) -> Iterator[SqlText]:
    if lines := absent(schema):
        remarks = ["Not in this file, because it could not be read:", *(f"  {line}" for line in lines)]
        yield sql("{}\n", joined(map(remark, remarks), "\n"))


def _search_path(schema: Schema) -> Iterator[SqlText]:
    """Names in expressions and bodies are as their author wrote them, under a search path that is not known here."""
    used = [item.name for item in schema.namespaces] + [item.schema for item in schema.extensions if item.schema]
    others = [one for one in dict.fromkeys(used) if one not in (DEFAULT_SCHEMA, "pg_catalog")]
    if others:
        yield sql("SET search_path = {}", joined(map(name, [DEFAULT_SCHEMA, *others])))


def _statements(schema: Schema) -> Iterator[SqlText]:
    yield from (sql("CREATE SCHEMA IF NOT EXISTS {}", name(item.name)) for item in schema.namespaces)
    yield from (types.extension(item) for item in schema.extensions)
    yield from (security.role(item) for item in schema.roles)
    yield from (types.collation_of(item) for item in schema.collations)
    for item in in_order(schema):
        yield from _created(item, schema)
    for sequence in schema.sequences:
        yield from types.ownership(sequence)
    for table in schema.tables:
        yield from constraints.added(table)
        yield from indexes.of_table(table, schema)
    for view in schema.views:
        yield from indexes.of_view(view)
    for table in schema.tables:
        yield from constraints.foreign_keys(table, schema)
    yield from partitions.attached(schema)
    for table in schema.tables:
        yield from indexes.after_partitions(table, schema)
    yield from programs.triggers(schema)
    yield from security.row_security(schema)
    yield from tables.comments(schema)
    yield from programs.comments(schema)


def _created(item: object, schema: Schema) -> Iterator[SqlText]:
    """The CREATE statement of one object that others may depend on, and what must follow it at once."""
    if isinstance(item, types.TYPES):
        yield from types.create(item)
    elif isinstance(item, Table):
        yield from tables.create(item, schema)
    elif isinstance(item, View):
        yield from programs.create_view(item)
    elif isinstance(item, Function):
        yield from programs.create_function(item)
