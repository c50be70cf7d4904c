"""`SELECT … INTO variable` of PL/pgSQL: what the variables hold then, where that is known without a database."""

from __future__ import annotations

from ..cursor import Cursor
from ..entries import WILD
from ..errors import UnreadableError
from ..session import Session
from . import guards
from .expressions import UnknownValueError, Value, Variables, evaluate
from .partial_sql import guess
from .rows import rows_of


def select_into(part: Cursor, variables: Variables, session: Session) -> bool:
    """Sets the variables of a SELECT INTO; those whose value can't be known become unknown. False if it is no such."""
    part.pos = 0
    start, into = part.skip_until("into")
    if part.done:
        return False
    part.advance()
    part.accept("strict")
    try:
        names = _targets(part)
        query = _joined(part, part.part(start, into), part.part(part.pos, len(part.tokens) - 1))
    except UnreadableError:
        variables.forget_named(part)
        return True
    for name in names:
        variables.hide(name)
    variables.hide("found")
    try:
        _assign(names, query, variables, session)
    except (UnknownValueError, UnreadableError):
        _guess(names, query, variables)
    return True


def _targets(part: Cursor) -> list[str]:
    names = [part.identifier()]
    while part.accept(","):
        names.append(part.identifier())
    if part.at("."):
        raise part.unexpected()
    return names


def _joined(part: Cursor, before: Cursor, after: Cursor) -> Cursor:
    """The query without its INTO."""
    return Cursor(part.source, [*before.tokens[:-1], *after.tokens], 0, part.qualify)


def _assign(names: list[str], query: Cursor, variables: Variables, session: Session) -> None:
    """Raises UnknownValueError."""
    items = _items(query)
    if query.done:
        values = [_expression(item, variables, session) for item in items]
        found = True
    elif len(items) == 1 and items[0].at("count", "("):
        values, found = [str(_count(query, variables, session))], True
    else:
        rows = rows_of(_whole(query), variables, session)
        distinct = list({tuple(row.items()): row for row in rows}.values())
        if len(distinct) > 1:
            raise UnknownValueError
        found = bool(rows)
        if len(names) == 1 and names[0] in variables.records:
            values = [dict(rows[0]) if rows else None]
        else:
            values = list(rows[0].values()) if rows else [None] * len(names)
    if len(values) < len(names):
        raise UnknownValueError
    for name, value in zip(names, values, strict=False):
        variables.set(name, value)
    variables.set("found", "true" if found else "false")


def _items(query: Cursor) -> list[Cursor]:
    """The items of the list; `query` then precedes FROM, or is done."""
    query.pos = 0
    query.expect("select")
    return list(query.parts(*query.skip_until("from")))


def _whole(query: Cursor) -> Cursor:
    query.pos = 0
    return query


def _expression(item: Cursor, variables: Variables, session: Session) -> Value:
    if item.at("exists", "("):
        holds = guards.holds(item, session, variables)
        if holds is None:
            raise UnknownValueError
        return "true" if holds else "false"
    return evaluate(item, variables)


def _count(query: Cursor, variables: Variables, session: Session) -> int:
    """`SELECT count(*) FROM …`: 0 or 1, as far as the guards can determine; raises UnknownValueError for more."""
    found = guards.exists(_whole(query), session, variables)
    if found is not False:
        raise UnknownValueError
    return 0


def _guess(names: list[str], query: Cursor, variables: Variables) -> None:
    """What is known of the text of a single expression."""
    query.pos = 0
    query.accept("select")
    start, end = query.skip_until("from")
    if len(names) == 1 and query.done:
        text = guess(query.part(start, end), variables)
        if text != WILD:
            variables.guessed[names[0]] = text
