"""Column defaults and generated columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model import Column, ColumnType, Expression
from .expressions import Site, assignment
from .names import dotted
from .revise import revised

#: The column that owns a sequence, by the sequence's name (without a schema that everybody searches).
Owners = Mapping[str, tuple[str, str, str]]

#: The canonical form of "counts with the sequence that this column owns", whatever the sequence is called.
OWN_SEQUENCE = "(nextval own)"


def canonical_default(
    default: Expression | None, type_: ColumnType, site: Site, owner: tuple[str, str, str] | None, owners: Owners
) -> Expression | None:
    """The default of a column of canonical type `type_`; DEFAULT NULL is none.

    `owner` is the column itself, as `owners` knows it.
    """
    if default is None:
        return None
    found = assignment(default, site, type_)
    if found.canonical == "null":
        return None
    if owner is not None and (name := sequence_of(found)) and owners.get(name) == owner:
        return Expression(found.sql, OWN_SEQUENCE)
    return found


def sequence_of(default: Expression) -> str | None:
    """The sequence that a canonical default takes the next value of."""
    start, end = "(call 'nextval' (literal '", "' :regclass))"
    if default.canonical.startswith(start) and default.canonical.endswith(end):
        return default.canonical[len(start) : -len(end)].replace("''", "'")
    return None


def sequence_key(schema: str, name: str) -> str:
    """A sequence's name as a canonical default has it."""
    return dotted([schema, name])


def filled(column: Column, site: Site, owner: tuple[str, str, str], owners: Owners) -> Column:
    """`column` (its type canonical) with canonical default and generation expression."""
    generated = column.generated
    if generated is not None:
        expression = assignment(generated.expression, site, column.type)
        generated = replace(generated, expression=expression)
    default = canonical_default(column.default, column.type, site, owner, owners)
    return revised(column, default=default, generated=generated)
