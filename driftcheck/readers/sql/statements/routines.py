"""The arguments of functions, procedures and aggregates, and how a routine is named by them."""

from __future__ import annotations

from ....frozen import dataclass
from ....model import DEFAULT_SCHEMA, ColumnType, quote
from ....sql import Token, read_type, signature_type, squeezed, tokens_of
from ....sql.arguments import read_argument
from ....sql.renames import edited
from ....sql.text import SourceText
from ..catalog import TEMPORARY, FunctionKey, shown
from ..cursor import Cursor
from ..errors import ForeignError, MissingError, StateError
from ..session import Session


@dataclass(frozen=True, slots=True)
class IdentityArgument:
    """One argument: only those that are not OUT count for a function's identity.

    `written` is its type as written; None for `table.column%TYPE`.
    """

    mode: str
    type: str
    name: str | None = None
    default: bool = False
    written: ColumnType | None = None

    @property
    def given(self) -> bool:
        """Whether a caller gives it a value."""
        return self.mode != "out"


def read_arguments(cursor: Cursor, session: Session, *, grouped: bool = True) -> tuple[list[IdentityArgument], str]:
    """`([mode] [name] type [DEFAULT …], …)`, and its text as written; without the parentheses if not `grouped`."""
    start, end = cursor.skip_group() if grouped else (cursor.pos, len(cursor.tokens) - 1)
    parts = list(cursor.parts(start, end))
    found = [_argument(part, session) for part in parts]
    text = cursor.cut(start, end)
    if session.qualify is None or not parts:
        return found, squeezed(text)
    schemas = filter(None, (_schema(part, session) for part in parts))
    begin = cursor.tokens[start].start
    return found, squeezed(edited(text, [(at - begin, at - begin, f"{quote(name)}.") for at, name in schemas]))


def _schema(part: Cursor, session: Session) -> tuple[int, str] | None:
    """Where an argument's type begins, and the schema that only this search path finds it in."""
    part.pos = 0
    type_ = read_argument(part).type
    type_.pos = 0
    type_.accept("setof")
    at = type_.token.start
    written = read_type(type_, parts=3)
    schema = session.resolved(written).schema
    return (at, schema) if written.schema is None and schema not in (None, DEFAULT_SCHEMA, TEMPORARY) else None


def _argument(cursor: Cursor, session: Session) -> IdentityArgument:
    found = read_argument(cursor)
    type_ = returned_type(found.type, session)
    found.type.finish()
    found.type.pos = 0
    found.type.accept("setof")
    written = read_type(found.type, parts=3)
    return IdentityArgument(
        found.mode, type_, found.name, found.default is not None, written if found.type.done else None
    )


def returned_type(cursor: Cursor, session: Session) -> str:
    setof = "SETOF " if cursor.accept("setof") else ""
    start = cursor.pos
    type_ = read_type(cursor, parts=3)
    if cursor.at("%", "type"):
        cursor.pos += 2
        return setof + cursor.cut(start, cursor.pos)
    return setof + signature_type(session.resolved(type_))


def signature(arguments: list[IdentityArgument]) -> tuple[str, ...]:
    """The types that identify a routine: those of its input (`pg_proc.proargtypes`)."""
    return tuple(item.type for item in arguments if item.given)


def arguments_of(session: Session, text: str) -> list[IdentityArgument]:
    """The arguments in the text `(…)`."""
    return read_arguments(Cursor(SourceText("", text), tokens_of(text)), session)[0]


def routine_key(cursor: Cursor, session: Session) -> FunctionKey:
    """The routine that `name [(argument types)]` names. Raises MissingError, or ForeignError."""
    schema, name, token = cursor.name()
    arguments = _named_arguments(cursor, session) if cursor.at("(") else None
    for candidate in (schema,) if schema is not None else session.path:
        named = session.catalog.functions_named((candidate, name))
        if arguments is None:
            if len(named) == 1:
                return named[0]
            if named:
                raise StateError(f'function name "{name}" is not unique', token)
            continue
        wanted = (candidate, name, signature(arguments))
        if wanted in session.catalog.functions:
            return wanted
        for key in named:
            if _all_types(session, key) == [item.type for item in arguments]:
                return key
    raise _missing(session, schema, name, signature(arguments or []), token)


def _missing(session: Session, schema: str | None, name: str, arguments: tuple[str, ...], token: Token) -> Exception:
    key = session.assumed(schema, name)
    if not session.catalog.defines(key[0]):
        return ForeignError(key[0])
    return MissingError(f"function {shown(key)}({', '.join(arguments)}) does not exist", token)


def _named_arguments(cursor: Cursor, session: Session) -> list[IdentityArgument]:
    """The arguments by which ALTER and DROP name a routine; an aggregate's may be `*`, or have an ORDER BY."""
    if cursor.at("(") and cursor.peek().word == "*":
        cursor.skip_group()
        return []
    inner = cursor.part(*cursor.skip_group())
    start, end = inner.skip_until("order")
    found = read_arguments(inner.part(start, end), session, grouped=False)[0]
    if inner.accept("order", "by") and not (found and found[-1].mode == "variadic"):  # that would be the same again
        found += read_arguments(inner.part(inner.pos, len(inner.tokens) - 1), session, grouped=False)[0]
    return found


def _all_types(session: Session, key: FunctionKey) -> list[str]:
    """The types of all arguments of a procedure: a DROP or ALTER may name the OUT ones too (PostgreSQL 14 on)."""
    function = session.catalog.functions[key]
    if function.kind != "procedure":
        return []
    return [item.type for item in arguments_of(session, f"({function.arguments})")]
