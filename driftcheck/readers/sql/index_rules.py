"""What PostgreSQL's own index methods cannot do (`DefineIndex` in indexcmds.c, `amcanunique` and others of pg_am)."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Index
from ...sql import Token
from .errors import RefusedError

#: Methods that index one key only; that include columns; all have no order and no uniqueness.
_SINGLE = frozenset({"hash", "spgist"})
_INCLUDING = frozenset({"gist", "spgist"})
_METHODS = frozenset({"hash", "gin", "gist", "spgist", "brin"})


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
