"""CREATE AGGREGATE."""

from __future__ import annotations

from ....model import Function, quote
from ....sql import squeezed
from ..cursor import Cursor
from ..errors import DuplicateError
from ..existence import new_key
from ..outcome import READ, Outcome
from ..session import Session
from .routines import read_arguments, signature


def create_aggregate(cursor: Cursor, session: Session, *, replacing: bool) -> Outcome:
    """What follows CREATE [OR REPLACE] AGGREGATE: `name (arguments) (definition)`, or the old `name (basetype = …)`."""
    key, token = new_key(cursor, session, function=True)
    first = cursor.part(*cursor.skip_group())
    if cursor.done:
        arguments, types = _base_type(first, session)
        parts = list(first.parts(0, len(first.tokens) - 1))
        body = ", ".join(part.cut(0, len(part.tokens) - 1) for part in parts if not part.at("basetype"))
    else:
        arguments, types = _arguments(first, session)
        body = ", ".join(_option(part, session) for part in cursor.items())
    cursor.finish()
    aggregate = Function(
        schema=key[0],
        name=key[1],
        signature=types,
        arguments=arguments,
        kind="aggregate",
        body=str(cursor.made(f"({squeezed(body)})")),
        location=cursor.location(token, cursor.tokens[-1]),
    )
    if (*key, types) in session.catalog.functions and not replacing:
        raise DuplicateError(f'function "{key[1]}" already exists with same argument types', token)
    session.catalog.add_function(aggregate)
    return READ


#: Options that name a function.
_FUNCTIONS = frozenset("sfunc finalfunc combinefunc serialfunc deserialfunc msfunc minvfunc mfinalfunc".split())


def _option(part: Cursor, session: Session) -> str:
    """An option as written, a function with the schema in which this search path finds it."""
    text = part.cut(0, len(part.tokens) - 1)
    tokens = part.tokens[:-1]
    if len(tokens) == 3 and tokens[0].word in _FUNCTIONS and tokens[2].is_name:
        schema = session.schema_of("function", tokens[2].name)
        return f"{tokens[0].text} = {quote(schema)}.{tokens[2].text}" if schema is not None else text
    return text


def _arguments(cursor: Cursor, session: Session) -> tuple[str, tuple[str, ...]]:
    """The arguments as written, and their types: those behind ORDER BY count too, and `*` means none."""
    text = squeezed(cursor.cut(0, len(cursor.tokens) - 1))
    if cursor.at("*") or cursor.done:
        return text or "*", ()
    start, end = cursor.skip_until("order")
    direct = _read(cursor, session, start, end)
    ordered: tuple[str, ...] = ()
    if cursor.accept("order", "by"):
        ordered = _read(cursor, session, cursor.pos, len(cursor.tokens) - 1)
        if any(token.word == "variadic" for token in cursor.tokens[start:end]):
            ordered = ()  # the same one again (`makeOrderedSetArgs` in gram.y)
    return text, direct + ordered


def _read(cursor: Cursor, session: Session, start: int, end: int) -> tuple[str, ...]:
    """The types of the arguments between two positions."""
    types: list[str] = []
    for part in cursor.parts(start, end):
        types += signature(read_arguments(part, session, grouped=False)[0])
    return tuple(types)


def _base_type(cursor: Cursor, session: Session) -> tuple[str, tuple[str, ...]]:
    """The argument of the old form, from `basetype = type`; "ANY" there means none."""
    for part in cursor.parts(0, len(cursor.tokens) - 1):
        if part.accept("basetype", "="):
            if part.word == "any" or part.token.text.strip("'\"").lower() == "any":
                return "*", ()
            types = _read(part, session, part.pos, len(part.tokens) - 1)
            return part.cut(2, len(part.tokens) - 1), types
    raise cursor.unexpected("BASETYPE was expected")
