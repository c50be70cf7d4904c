"""serial, bigserial and smallserial: not types but an abbreviation, and here is what for.

https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL
"""

from __future__ import annotations

from collections.abc import Container

from ..location import Location
from .expressions import Expression
from .identifiers import qualified
from .naming import free_name
from .sequences import Sequence

_INTEGER = {
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
    "smallserial": "smallint",
    "serial2": "smallint",
}


def integer_of(type_name: str) -> str | None:
    """The integer type that `type_name` (lower case) abbreviates, or None if it is not of the serial family."""
    return _INTEGER.get(type_name)


def owned_sequence(
    schema: str,
    table: str,
    column: str,
    type_name: str,
    *,
    taken: Container[str] = (),
    location: Location | None = None,
) -> tuple[Sequence, Expression]:
    """The sequence that PostgreSQL makes for a serial column, and the default that reads it.

    `type_name` is the integer type; `taken` holds the names of relations that already exist in the schema.
    """
    name = free_name(table, column, "seq", taken)
    sequence = Sequence(schema=schema, name=name, type=type_name, owned_by=(schema, table, column), location=location)
    return sequence, Expression(nextval(schema, name))


def nextval(schema: str, name: str) -> str:
    """The default of a column that counts with the sequence `schema.name`."""
    literal = qualified(schema, name).replace("'", "''")
    return f"nextval('{literal}'::regclass)"
