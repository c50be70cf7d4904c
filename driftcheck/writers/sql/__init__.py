"""A Schema as PostgreSQL DDL that really builds it, in an order in which every statement finds what it needs.

The schema is written as its source declares it: no name, type or expression is changed. What it refers to and does not
declare (`auth.users`, a role) must be there already. Server versions: 15 and later; facts that only newer servers have
(NOT ENFORCED, VIRTUAL, WITHOUT OVERLAPS) are written in their syntax.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import DEFAULT_SCHEMA, Function, Schema, Table, View, quote
from . import constraints, indexes, partitions, programs, security, tables, types
from .absent import absent
from .order import in_order

_HEADER = """\
-- PostgreSQL DDL, written by driftcheck.

-- A function may refer to what is created after it.
SET check_function_bodies = false;
"""


def write(schema: Schema) -> str:
    """`schema` as SQL that psql, or one call of a driver, runs against an empty database. The same schema gives the
    same text. Objects that a reader could not read whole are listed in comments at the top, and left out.
    """
    return "\n".join([_HEADER, *absent(schema), *_search_path(schema), *_statements(schema)])


def _search_path(schema: Schema) -> list[str]:
    """Names in expressions and bodies stand as their author wrote them, under a search path that is not known here."""
    used = [item.name for item in schema.namespaces] + [item.schema for item in schema.extensions if item.schema]
    others = [name for name in dict.fromkeys(used) if name not in (DEFAULT_SCHEMA, "pg_catalog")]
    if not others:
        return []
    return [f"SET search_path = {', '.join(map(quote, [DEFAULT_SCHEMA, *others]))};\n"]


def _statements(schema: Schema) -> Iterator[str]:
    yield from (f"CREATE SCHEMA IF NOT EXISTS {quote(item.name)};\n" for item in schema.namespaces)
    yield from (types.extension(item) for item in schema.extensions)
    yield from (security.role(item) for item in schema.roles)
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


def _created(item: object, schema: Schema) -> Iterator[str]:
    """The CREATE statement of one object that others may depend on, and what must follow it at once."""
    if isinstance(item, types.TYPES):
        yield from types.create(item)
    elif isinstance(item, Table):
        yield from tables.create(item, schema)
    elif isinstance(item, View):
        yield from programs.create_view(item)
    elif isinstance(item, Function):
        yield from programs.create_function(item)
