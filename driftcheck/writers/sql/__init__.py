"""A Schema as PostgreSQL DDL that really builds it, in an order in which every statement finds what it needs.

The schema is written as its source declares it: no name, type or expression is changed. What it refers to and does not
declare (`auth.users`, a role) must be there already. Server versions: 15 and later; facts that only newer servers have
(NOT ENFORCED, VIRTUAL, WITHOUT OVERLAPS) are written in their syntax. What does not pass the gate is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...model import Schema
    from .gate import SqlText


def write(schema: Schema) -> str:
    """`schema` as SQL that psql, or one call of a driver, runs against an empty database. The same schema gives the
    same text. Objects that a reader could not read whole are listed in comments at the top, and left out; so is what
    is not what it claims to be.
    """
    from .ddl import script

    return script(schema)


def statements(schema: Schema) -> Iterator[SqlText]:
    """The statements that build `schema`, in their order. Raises Refused for what does not pass the gate."""
    from .ddl import statements_of

    return statements_of(schema)
