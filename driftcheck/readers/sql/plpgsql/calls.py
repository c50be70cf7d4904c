"""Calls of functions that change the schema: which function, with which arguments. `blocks` follows what it does."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ....frozen import dataclass
from ....model import Function
from ....sql import Token, tokens_of
from ....sql.arguments import read_argument
from ....sql.text import SourceText
from ..cursor import Cursor
from ..errors import UnreadableError
from ..session import Session
from .expressions import UnknownValueError, Variables, evaluate
from .syntax import SHAPING

_CHANGE = re.compile(
    r"\b(?:create|alter|drop)\s+(?:or\s+replace\s+|unique\s+|unlogged\s+|materialized\s+|constraint\s+|foreign\s+)*"
    r"(?:table|index|view|type|domain|sequence|schema|policy|trigger|function|procedure|extension|column|constraint)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(\w+)\"?\s*\(")
#: PostGIS's functions that add a column, or take one away.
_EXTENSIONS = frozenset({"addgeometrycolumn", "dropgeometrycolumn", "dropgeometrytable"})


@dataclass(frozen=True, slots=True)
class Call:
    """A function of these files that changes the schema, and the variables of its arguments."""

    function: Function
    variables: Variables


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    default: Cursor | None


def shaping(part: Cursor, session: Session) -> Token | None:
    """The first word in `part` by which it may shape a schema: a statement that does, or a call of what does."""
    tokens = part.tokens
    for token, behind in pairwise(tokens):
        if token.word in SHAPING:
            return token
        if behind.word == "(" and token.is_name:
            name = token.name
            if name in _EXTENSIONS or _changes(name, session, set()):
                return token
    return None


def calls_of(statement: Cursor, session: Session, variables: Variables) -> list[Call]:
    """The calls in a SELECT, PERFORM or CALL whose functions create, alter or drop something, in order.

    Raises UnreadableError if there is such a call and what it does can't be followed.
    """
    names = _changing(statement, session)
    if not names:
        return []
    found = []
    for item in _items(statement):
        schema, name, _ = item.name()
        if name not in names:
            continue
        arguments = list(_arguments(item))
        found.append(_call(schema, name, arguments, session, variables))
        names = [other for other in names if other != name]
    if names:
        raise UnfollowedError(
            names[0], [_unknown(function, session) for one in names for function in _named(one, session)]
        )
    return found


class UnfollowedError(UnreadableError):
    """A call of which nobody knows how often, or with what; `calls` are what it may come to."""

    def __init__(self, name: str, calls: list[Call]) -> None:
        super().__init__(f"it calls {name}, which changes the schema, and that is not followed")
        self.calls = [call for call in calls if call.function.language in ("plpgsql", "sql")]


def _unknown(function: Function, session: Session) -> Call:
    """A call with arguments that are not known."""
    variables = Variables(next(iter(session.path), "public"))
    for at, parameter in enumerate(_parameters(function)):
        for known_as in (parameter.name, f"${at + 1}"):
            variables.hide(known_as)
    return Call(function, variables)


def _changing(statement: Cursor, session: Session) -> list[str]:
    """The functions that the statement calls, however deep in it, and that change the schema."""
    tokens = statement.tokens
    found: dict[str, None] = {}
    for token, behind in pairwise(tokens):
        if token.is_name and behind.word == "(":
            name = token.name
            if name in _EXTENSIONS:
                raise _unfollowed(name)
            if _changes(name, session, set()):
                found[name] = None
    return list(found)


def _changes(name: str, session: Session, seen: set[str]) -> bool:
    """Whether a function of that name changes the schema, or calls one that does."""
    seen.add(name)
    for function in _named(name, session):
        changes, called = _body(function.body)
        if changes or any(_changes(other, session, seen) for other in called if other not in seen):
            return True
    return False


@lru_cache(1024)
def _body(text: str) -> tuple[bool, frozenset[str]]:
    """Whether a body has words that change the schema, and what it may call."""
    return _CHANGE.search(text) is not None, frozenset(match.lower() for match in _CALLED.findall(text))


def _unfollowed(name: str) -> UnreadableError:
    return UnreadableError(f"it calls {name}, which changes the schema, and that is not followed")


def _named(name: str, session: Session) -> list[Function]:
    if not any(key[1] == name for key in session.catalog.routine_names):
        return []
    return [function for key, function in session.catalog.functions.items() if key[1] == name]


def _items(statement: Cursor) -> list[Cursor]:
    """The calls that are alone: in a SELECT's list without FROM, as all of its FROM, or behind PERFORM or CALL."""
    statement.pos = 0
    statement.accept_any("select", "perform", "call")
    start, end = statement.skip_until("from", "into")
    into = statement.accept("into")
    if into:
        statement.skip_until("from")
    if statement.accept("from"):
        start, end = statement.skip_until("where", "order", "limit", "as")
    elif not statement.done:
        return []
    items = list(statement.parts(start, end))
    return [item for item in items if _stands_alone(item)]


def _stands_alone(item: Cursor) -> bool:
    if not item.at_name:
        return False
    item.name()
    if not item.at("("):
        return False
    item.skip_group()
    if item.accept("as") or item.at_name:
        item.advance()
    alone, item.pos = item.done, 0
    return alone


def _arguments(item: Cursor) -> list[tuple[str, Cursor]]:
    """`(value, name => value)`, with the name of each, if it has one."""
    found = []
    inner = item.part(*item.skip_group())
    for part in inner.parts(0, len(inner.tokens) - 1):
        name = ""
        if part.at_name and part.peek().word in ("=>", ":="):
            name = part.identifier()
            part = part.part(2, len(part.tokens) - 1)
        found.append((name, part))
    return found


def _call(
    schema: str | None, name: str, arguments: list[tuple[str, Cursor]], session: Session, outer: Variables
) -> Call:
    functions = [
        (function, parameters)
        for function in _named(name, session)
        if function.schema in ((schema,) if schema is not None else session.path)
        and _fits(parameters := _parameters(function), arguments)
    ]
    if len(functions) != 1 or functions[0][0].language not in ("plpgsql", "sql"):
        raise _unfollowed(name)
    function, parameters = functions[0]
    variables = Variables(next(iter(session.path), "public"))
    given = {word or parameters[at].name: value for at, (word, value) in enumerate(arguments)}
    for at, parameter in enumerate(parameters):
        value, where = (given[parameter.name], outer) if parameter.name in given else (parameter.default, variables)
        for known_as in (parameter.name, f"${at + 1}"):
            _set(variables, known_as, value, where)
    return Call(function, variables)


def _set(variables: Variables, name: str, value: Cursor | None, outer: Variables) -> None:
    variables.hide(name)
    if value is None:
        return
    try:
        value.pos = 0
        variables.set(name, evaluate(value, outer))
    except UnknownValueError:
        return


def _fits(parameters: list[_Parameter], arguments: list[tuple[str, Cursor]]) -> bool:
    required = sum(parameter.default is None for parameter in parameters)
    names = {parameter.name for parameter in parameters}
    return required <= len(arguments) <= len(parameters) and all(not name or name in names for name, _ in arguments)


def _parameters(function: Function) -> list[_Parameter]:
    """The input parameters, in order; one without a name is called by its number."""
    source = SourceText("", function.arguments)
    whole = Cursor(source, tokens_of(source.text))
    found: list[_Parameter] = []
    for part in whole.parts():
        argument = read_argument(part)
        if argument.mode != "out":
            found.append(_Parameter(argument.name or f"${len(found) + 1}", argument.default))
    return found
