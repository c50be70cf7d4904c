"""What PostgreSQL refuses of ALTER COLUMN TYPE: values and defaults that do not become the new type by themselves.

`ATPrepAlterColumnType` and `ATExecAlterColumnType` in src/backend/commands/tablecmds.c.
"""

from __future__ import annotations

from ...model import Column, ColumnType
from ...sql import signature_type, tokens_of
from ...sql.tokens import END, NUMBER, STRING
from .casts import TEXTS, Kind, is_assignable, kind_of_type
from .errors import StateError
from .session import Session


def check_casts(session: Session, column: Column, new: ColumnType, using: bool) -> None:
    """Raises StateError. `using`: the statement has an expression for the values; for the default there is none."""
    if session.blind or session.unmodelled["casts"] or column.unknown & {"type", "default"}:
        return
    types = session.catalog.types
    old, wanted = kind_of_type(column.type, types), kind_of_type(new, types)
    what = f"cannot be cast automatically to type {signature_type(new)}"
    if not using and (is_assignable(old, wanted) is False or _parts_in_lists(session, column.type, new)):
        raise StateError(f'column "{column.name}" {what}')
    if column.default is None or column.generated is not None:
        return
    if all(is_assignable(kind, wanted) is False for kind in _kinds(column.default.sql, old)):
        raise StateError(f'default for column "{column.name}" {what}')


def _parts_in_lists(session: Session, old: ColumnType, new: ColumnType) -> bool:
    """Whether one of two known types is an array, and the other is neither an array nor text."""
    single, array = (new, old) if old.dimensions else (old, new)
    if single.dimensions or not array.dimensions:
        return False
    kind = kind_of_type(single, session.catalog.types)
    return kind is not None and not (array is old and kind in TEXTS)


def _kinds(default: str, column: Kind) -> list[Kind]:
    """The types that a default may have for the server; one that is not known among them if it is no constant."""
    tokens = tokens_of(default)
    kinds = [token.kind for token in tokens]
    if kinds == [STRING, END]:
        return [column]
    if kinds == [NUMBER, END]:
        return [column, "integer" if tokens[0].text.isdigit() else "numeric"]
    if len(kinds) == 2 and tokens[0].word in ("true", "false"):
        return [column, "boolean"]
    return [None]
