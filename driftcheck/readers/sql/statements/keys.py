"""Keys of an index or of an exclusion constraint."""

from __future__ import annotations

from ....model import Expression, IndexKey
from ..cursor import Cursor
from ..entries import SYSTEM_COLUMNS, TableEntry, ViewEntry
from ..errors import MissingError
from ..key_names import unwrapped
from ..session import Session
from .options import collation, operator_class, storage_parameters


def read_key(cursor: Cursor, session: Session, owner: TableEntry | ViewEntry) -> IndexKey:
    """One key: `column`, `function(…)` or `(expression)`, with what may follow it."""
    column, expression = _subject(cursor, owner)
    collated = collation(cursor, session) if cursor.accept("collate") else None
    opclass, options = None, {}
    if cursor.at_name and cursor.word not in ("asc", "desc", "nulls", "with"):
        opclass = operator_class(cursor)
        if cursor.at("("):
            options = storage_parameters(cursor)
    descending = cursor.accept_any("asc", "desc") == "desc"
    nulls_first = descending
    if cursor.accept("nulls"):
        which = cursor.accept_any("first", "last")
        if not which:
            raise cursor.unexpected("FIRST or LAST was expected")
        nulls_first = which == "first"
    return IndexKey(
        column=column,
        expression=expression,
        descending=descending,
        nulls_first=nulls_first,
        opclass=opclass,
        opclass_options=tuple(sorted(options.items())),
        collation=collated,
    )


def _subject(cursor: Cursor, owner: TableEntry | ViewEntry) -> tuple[str | None, Expression | None]:
    start = cursor.pos
    if cursor.at("("):
        inner = unwrapped(cursor.part(*cursor.skip_group()))
        if len(inner.tokens) == 2 and inner.at_name and known_column(owner, inner.identifier()):
            return inner.tokens[0].name, None
        inner.pos = 0
        return None, inner.expression(0, len(inner.tokens) - 1)
    token = cursor.token
    name = cursor.identifier()
    if cursor.word not in ("(", "."):
        if not known_column(owner, name):
            raise MissingError(f'column "{name}" does not exist', token)
        return name, None
    while cursor.accept("."):
        cursor.identifier()
    if not cursor.at("("):
        raise cursor.unexpected("an expression in parentheses was expected")
    cursor.skip_group()
    return None, cursor.expression(start, cursor.pos)


def known_column(owner: TableEntry | ViewEntry, name: str) -> bool:
    """Whether `owner` has, or for all that is known may have, a column of this name."""
    if isinstance(owner, ViewEntry) or name in SYSTEM_COLUMNS:
        return True
    return name in owner.columns or owner.opaque or "columns" in owner.unknown
