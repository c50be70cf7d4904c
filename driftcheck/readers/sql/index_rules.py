"""What PostgreSQL's own index methods cannot do (`DefineIndex` in indexcmds.c, `amcanunique` and others of pg_am)."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Index
from ...normalize.operator_classes import STEMS
from ...sql import Token, signature_type
from .casts import kind_of_type
from .entries import TableEntry
from .errors import RefusedError
from .session import Session

#: Methods that index one key only; that include columns; all have no order and no uniqueness.
_SINGLE = frozenset({"hash", "spgist"})
_INCLUDING = frozenset({"gist", "spgist"})
_METHODS = frozenset({"hash", "gin", "gist", "spgist", "brin"})


#: What operator classes are named after.
_STEMS_OF_CLASSES = frozenset(STEMS.values())


def check_class(session: Session, table: TableEntry, name: str, opclass: str) -> None:
    """Raises RefusedError for one of PostgreSQL's own operator classes that is another type's than the column's."""
    stem, column = opclass.removesuffix("_ops"), table.columns.get(name)
    if column is None or stem not in _STEMS_OF_CLASSES or "type" in column.unknown:
        return
    kind = kind_of_type(column.type, session.catalog.types)
    if kind is not None and (STEMS.get(kind) if isinstance(kind, str) else "") != stem and kind != "name":
        raise RefusedError(f'operator class "{stem}_ops" does not accept data type {signature_type(column.type)}')


def check_method(index: Index, keys: Sequence[Sequence[Token]]) -> None:
    """Raises RefusedError for an index that its method has not; `keys` are its keys as written."""
    method = index.method
    if method not in _METHODS:
        return
    what = f'access method "{method}" does not support'
    if index.unique:
        raise RefusedError(f"{what} unique indexes")
    if index.include and method not in _INCLUDING:
        raise RefusedError(f"{what} included columns")
    if len(index.keys) > 1 and method in _SINGLE:
        raise RefusedError(f"{what} multicolumn indexes")
    for tokens in keys:
        depth, words = 0, []
        for token in tokens:
            depth += (token.word == "(") - (token.word == ")")
            words += [token.word] if not depth else []
        if {"asc", "desc"} & set(words[1:]):
            raise RefusedError(f"{what} ASC/DESC options")
        if "nulls" in words[1:]:
            raise RefusedError(f"{what} NULLS FIRST/LAST options")
