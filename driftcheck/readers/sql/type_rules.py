"""What PostgreSQL refuses of a type's modifiers, and what it makes of a precision that is too high."""

from __future__ import annotations

from dataclasses import replace

from ...model import ColumnType
from ...sql import Token, read_type, whole
from .cursor import Cursor
from .errors import MissingError, RefusedError
from .existence import need_type
from .session import BUILT_IN, Session
from .words import syntax_error

#: Words of the grammar that take no parentheses behind them (`Numeric` in gram.y).
_BARE = frozenset({"int", "integer", "smallint", "bigint", "real", "boolean", "double precision"})
#: Types whose one modifier is a whole number in the grammar itself.
_OF_GRAMMAR = frozenset(
    """
    float character char varchar nchar time timestamp interval national_character national_char character_varying
    char_varying nchar_varying national_character_varying national_char_varying
    """.split()
)
_LENGTHS = {
    "varchar": "varchar", "character varying": "varchar", "char varying": "varchar", "nchar varying": "varchar",
    "national character varying": "varchar", "national char varying": "varchar", "char": "char", "character": "char",
    "nchar": "char", "national character": "char", "national char": "char", "bpchar": "char", "bit": "bit",
    "bit varying": "varbit", "varbit": "varbit",
}  # fmt: skip
_LONGEST = {"varchar": 10_485_760, "char": 10_485_760, "bit": 83_886_080, "varbit": 83_886_080}
_TIMES = ("time", "timestamp", "timetz", "timestamptz", "interval")
#: What stands for an integer and a sequence, in the definition of a column only → the integer.
SERIALS = {
    "serial": "integer", "serial4": "integer", "bigserial": "bigint", "serial8": "bigint", "smallserial": "smallint",
    "serial2": "smallint",
}  # fmt: skip


def column_type(cursor: Cursor, session: Session, *, serial: bool = False) -> ColumnType:
    """The type at `cursor`, which may be `serial` in the definition of a column only.

    One of these files' own types comes with the schema in which it was found. Raises RefusedError.
    """
    start = cursor.pos
    written = read_type(cursor, parts=3)
    if written.name in SERIALS and not (serial or written.schema):
        raise MissingError(f'type "{written.name}" does not exist', cursor.tokens[start])
    type_ = session.resolved(checked(cursor, start, written))
    if type_.modifiers and (type_.schema, type_.name) in session.catalog.types:
        raise _no_modifier(type_.name, cursor.tokens[start])
    need_type(session, type_, cursor.tokens[start])
    return type_


def checked(cursor: Cursor, start: int, type_: ColumnType) -> ColumnType:
    """`type_`, which is in `cursor` from position `start` to the current one, as the server takes it.

    A precision of times above 6 is 6 to it, with a warning. Raises RefusedError.
    """
    opening = next((at for at in range(start, cursor.pos) if cursor.tokens[at].word == "("), None)
    token = cursor.tokens[start]
    if type_.schema is None and type_.name in SERIALS:
        if opening is not None:
            raise _no_modifier(SERIALS[type_.name], token)
        if type_.dimensions:
            raise RefusedError("array of serial is not implemented", token)
    if opening is None or type_.schema not in (None, "pg_catalog"):
        return type_
    _check_grammar(cursor, opening, type_)
    return _check_values(type_, token) if type_.name in BUILT_IN or " " in type_.name else type_


def _check_grammar(cursor: Cursor, opening: int, type_: ColumnType) -> None:
    """What is between the parentheses, by gram.y."""
    by_word = not type_.quoted and type_.schema is None
    if by_word and type_.name in _BARE:
        raise syntax_error(cursor.tokens[opening])
    first = cursor.tokens[opening + 1]
    if first.word == ")":
        raise syntax_error(first)
    if by_word and (type_.name in _OF_GRAMMAR or _words(type_.name) in _OF_GRAMMAR):
        if whole(first.text) is None:
            raise syntax_error(first)
        if cursor.tokens[opening + 2].word != ")":
            raise syntax_error(cursor.tokens[opening + 2])


def _words(name: str) -> str:
    return name.split(" with")[0].split(" day")[0].replace(" ", "_")


def _check_values(type_: ColumnType, token: Token) -> ColumnType:
    numbers = [whole(item) for item in type_.modifiers]
    if None in numbers:
        return type_
    values = [number for number in numbers if number is not None]
    name = type_.name.split(" with")[0]
    if name in _LENGTHS:
        _check_length(_LENGTHS[name], values, token)
    elif name in ("numeric", "decimal", "dec"):
        _check_numeric(values, token)
    elif name == "float":
        _check_float(values[0], token)
    elif name in _TIMES or name.startswith("interval "):
        return replace(type_, modifiers=("6",)) if values[0] > 6 else type_
    else:
        raise _no_modifier(name, token)
    return type_


def _check_length(name: str, values: list[int], token: Token) -> None:
    if len(values) > 1:
        raise RefusedError("invalid type modifier", token)
    if values[0] < 1:
        raise RefusedError(f"length for type {name} must be at least 1", token)
    if values[0] > _LONGEST[name]:
        raise RefusedError(f"length for type {name} cannot exceed {_LONGEST[name]}", token)


def _check_numeric(values: list[int], token: Token) -> None:
    if len(values) > 2:
        raise RefusedError("invalid NUMERIC type modifier", token)
    if not 1 <= values[0] <= 1000:
        raise RefusedError(f"NUMERIC precision {values[0]} must be between 1 and 1000", token)
    if len(values) > 1 and not -1000 <= values[1] <= 1000:
        raise RefusedError(f"NUMERIC scale {values[1]} must be between -1000 and 1000", token)


def _check_float(precision: int, token: Token) -> None:
    if precision < 1:
        raise RefusedError("precision for type float must be at least 1 bit", token)
    if precision > 53:
        raise RefusedError("precision for type float must be less than 54 bits", token)


def _no_modifier(name: str, token: Token) -> RefusedError:
    return RefusedError(f'type modifier is not allowed for type "{name}"', token)
