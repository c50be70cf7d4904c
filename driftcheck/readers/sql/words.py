"""Words that PostgreSQL's grammar does not take where they is."""

from __future__ import annotations

from ...model.identifiers import RESERVED
from ...sql import Token
from ...sql.tokens import WORD
from .cursor import Cursor
from .errors import UnparsedError

#: Those that are reserved in every version.
_RESERVED = RESERVED - {"system_user"}
#: Reserved but for names of functions and types (`type_func_name_keyword` in gram.y).
_OF_FUNCTIONS = frozenset(
    """
    authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like
    natural notnull outer overlaps right similar tablesample verbose
    """.split()
)


def syntax_error(token: Token) -> UnparsedError:
    """What the server says where it did not expect `token`."""
    return UnparsedError(
        f'syntax error at or near "{token.text}"' if token.text else "syntax error at end of input", token
    )


def check_new_name(token: Token, *, function: bool = False) -> None:
    """Raises UnparsedError if `token`, the first word of a name, is reserved and not quoted."""
    reserved = token.kind == WORD and token.word in _RESERVED
    if reserved and not (function and token.word in _OF_FUNCTIONS):
        raise syntax_error(token)


def new_name(cursor: Cursor) -> str:
    """The name at `cursor` of something that is made, or gets a new name."""
    check_new_name(cursor.token)
    return cursor.identifier()
