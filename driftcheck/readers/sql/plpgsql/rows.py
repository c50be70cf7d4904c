"""The rows of a query that a DO block loops over: constants, or what the catalog at hand answers for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ....sql import whole
from ..cursor import Cursor
from ..entries import ViewEntry
from ..errors import UnreadableError
from ..session import Session
from .expressions import UnknownValueError, Value, Variables, evaluate, evaluate_text
from .substitution import wanted_by
from .system_catalogs import (
    CATALOGS,
    FIELDS,
    SCHEMA_FIELDS,
    UNKNOWN,
    Row,
    columns,
    constraints,
    indexes,
    policies,
    tables,
    triggers,
    views,
)

Result = Mapping[str, Value]
_Test = Callable[[Row], bool]

#: Catalogs whose rows are all known.
_WHOLE = frozenset({tables, columns, policies, indexes, views, constraints, triggers})
#: Columns that hold the oid of a relation.
_RELATIONS = frozenset({"conrelid", "attrelid", "polrelid", "tgrelid"})
_MOST = 10_000


def rows_of(source: Cursor, variables: Variables, session: Session) -> list[Result]:
    """The rows of what follows IN: a range of numbers or a query. Raises UnknownValueError."""
    source = _unwrapped(source)
    if source.accept("values"):
        return _values(source.part(source.pos, len(source.tokens) - 1), variables, ())
    if not source.accept("select"):
        return _numbers(source, variables)
    source.accept("distinct")
    start, end = source.skip_until("from")
    listed = list(source.parts(start, end))
    if not source.accept("from"):
        return _unnested(listed, variables)
    start, end = source.skip_until("where", "order")
    origin = source.part(start, end)
    test_at = source.skip_until("order") if source.accept("where") else None
    ordered = source.part(source.pos, len(source.tokens) - 1)
    if test_at is None and not ordered.at("limit") and (rows := _constant_rows(origin, variables)) is not None:
        return [_chosen(row, listed) for row in rows]
    return _catalog_rows(origin, listed, source.part(*test_at) if test_at else None, ordered, variables, session)


def possible_rows_of(source: Cursor, variables: Variables, session: Session) -> list[Result]:
    """Rows among which are all that the query gives: of one catalog, by those conditions that are understood.

    Raises UnknownValueError where nothing is known of them.
    """
    source = _unwrapped(source)
    if not source.accept("select"):
        raise UnknownValueError
    source.accept("distinct")
    start, end = source.skip_until("from")
    listed = list(source.parts(start, end))
    if not source.accept("from"):
        raise UnknownValueError
    start, end = source.skip_until("where", "order", "group", "limit")
    origin = next(source.part(start, end).parts(0, end - start))
    test_at = source.skip_until("order", "group", "limit") if source.accept("where") else None
    if source.at("union") or any(token.word in ("union", "join") for token in source.tokens):
        raise UnknownValueError
    _, name, _ = origin.name()
    catalog = CATALOGS.get(name)
    if catalog not in _WHOLE or catalog is None or test_at is None:
        raise UnknownValueError
    keys = {**dict.fromkeys(SCHEMA_FIELDS, "schema"), **FIELDS[catalog]}
    condition = source.part(*test_at)
    tests = []
    for comparison in condition.parts(0, len(condition.tokens) - 1, "and"):
        try:
            tests.append(_test(comparison, keys, variables, {}, session))
        except (UnknownValueError, UnreadableError):
            continue
    if not tests:
        raise UnknownValueError
    found = [row for row in catalog(session) if all(test(row) for test in tests)]
    return [_projected(row, listed, keys) for row in found]


def _unwrapped(source: Cursor) -> Cursor:
    while source.at("("):
        start, end = source.skip_group()
        if not source.done:
            source.pos = 0
            break
        source = source.part(start, end)
    return source


def _numbers(source: Cursor, variables: Variables) -> list[Result]:
    """`first .. last`."""
    step = 1
    tokens = source.tokens
    position = next((at for at, token in enumerate(tokens) if token.word == ".."), None)
    if position is None:
        raise UnknownValueError
    first = whole(evaluate_text(source.part(0, position), variables))
    last = whole(evaluate_text(source.part(position + 1, len(tokens) - 1), variables))
    if first is None or last is None or last - first > _MOST:
        raise UnknownValueError
    return [{"": str(number)} for number in range(first, last + 1, step)]


def _unnested(listed: list[Cursor], variables: Variables) -> list[Result]:
    """`SELECT unnest(array) [AS name]`, or a row of expressions."""
    if len(listed) == 1 and listed[0].at("unnest", "("):
        cursor = listed[0]
        cursor.advance()
        array = _array(cursor.part(*cursor.skip_group()), variables)
        return [{_alias(cursor) or "unnest": item} for item in array]
    row: dict[str, Value] = {}
    for position, cursor in enumerate(listed):
        start, end = cursor.skip_until("as")
        value = evaluate(cursor.part(start, end), variables)
        row[_alias(cursor) or f"?column{position}?"] = value
    return [row]


def _array(part: Cursor, variables: Variables) -> tuple[Value, ...]:
    value = evaluate(part, variables)
    if not isinstance(value, tuple):
        raise UnknownValueError
    return value


def _alias(cursor: Cursor) -> str:
    cursor.accept("as")
    name = cursor.identifier() if cursor.at_name else ""
    if not cursor.done:
        raise UnknownValueError
    return name


def _constant_rows(origin: Cursor, variables: Variables) -> list[Result] | None:
    """`unnest(array) [AS] alias[(column)]` or `(VALUES …) [AS] alias(columns)`; None if it is something else."""
    if origin.at("unnest", "("):
        origin.advance()
        array = _array(origin.part(*origin.skip_group()), variables)
        alias, names = _names(origin)
        return [{(names or (alias,))[0]: item} for item in array]
    if origin.at("(") and origin.peek().word == "values":
        start, end = origin.skip_group()
        _, names = _names(origin)
        return _values(origin.part(start + 1, end), variables, names)
    return None


def _names(origin: Cursor) -> tuple[str, tuple[str, ...]]:
    """`[AS] alias [(column, …)]`."""
    origin.accept("as")
    alias = origin.identifier() if origin.at_name else "unnest"
    names = origin.names() if origin.at("(") else ()
    if not origin.done:
        raise UnknownValueError
    return alias, names


def _values(part: Cursor, variables: Variables, names: tuple[str, ...]) -> list[Result]:
    """`(a, b), (c, d)`; the columns are called column1, column2, … where nobody names them."""
    found: list[Result] = []
    for item in part.parts(0, len(part.tokens) - 1):
        inner = item.part(*item.skip_group())
        if not item.done:
            raise UnknownValueError
        row: dict[str, Value] = {}
        for number, value in enumerate(inner.parts(0, len(inner.tokens) - 1)):
            name = names[number] if number < len(names) else f"column{number + 1}"
            row[name] = evaluate(value, variables)
        found.append(row)
    return found


def _chosen(row: Result, listed: list[Cursor]) -> Result:
    """The columns of `row` that a select list of plain names asks for."""
    chosen: dict[str, Value] = {}
    for item in listed:
        item.pos = 0
        if item.accept("*"):
            chosen.update(row)
            continue
        name = _column(item)
        if name not in row:
            raise UnknownValueError
        chosen[_alias(item) or name] = row[name]
    return chosen


def _column(item: Cursor) -> str:
    """`[alias.]column`, with a cast to text or name left out."""
    name = item.identifier()
    while item.accept("."):
        name = item.identifier()
    while item.accept("::"):
        if item.identifier() not in ("text", "name", "varchar"):
            raise UnknownValueError
    return name


def _catalog_rows(
    origin: Cursor,
    listed: list[Cursor],
    condition: Cursor | None,
    ordered: Cursor,
    variables: Variables,
    session: Session,
) -> list[Result]:
    """The rows of one catalog that keep a condition of plain comparisons, with one for the schema among them."""
    _, name, _ = origin.name()
    _names(origin)
    source = CATALOGS.get(name)
    if source not in _WHOLE or source is None or condition is None or (ordered.tokens and _limited(ordered)):
        raise UnknownValueError
    keys = {**dict.fromkeys(SCHEMA_FIELDS, "schema"), **FIELDS[source]}
    asked: dict[str, set[str]] = {}
    comparisons = condition.parts(0, len(condition.tokens) - 1, "and")
    tests = [(comparison, _test(comparison, keys, variables, asked, session)) for comparison in comparisons]
    schemas = asked.get("schema", set())
    if not schemas or (source is not policies and not all(map(session.catalog.defines, schemas))):
        raise UnknownValueError
    if source is constraints and not asked.keys() & {"name", "type", "short"}:
        raise UnknownValueError  # PostgreSQL 18 has NOT NULL among them
    if _lists_views(name, condition) and _views_among(asked, session):
        raise UnknownValueError
    found = [row for row in source(session) if all(test(row) for _, test in tests)]
    if any("doubt" in row for row in found) or _may_be_more(source(session), tests, keys, len(found)):
        raise UnknownValueError
    results = [_projected(row, listed, keys) for row in found]
    if any(UNKNOWN in result.values() for result in results):
        raise UnknownValueError
    return [dict(items) for items in dict.fromkeys(tuple(result.items()) for result in results)]


def _may_be_more(
    rows: Iterable[Row], tests: Sequence[tuple[Cursor, _Test]], keys: Mapping[str, str], known: int
) -> bool:
    """Whether a row that is not known in a field of the condition may be among those that it keeps."""
    fields = [(keys[next(token.word for token in cursor.tokens if token.word in keys)], test) for cursor, test in tests]
    return known != sum(all(row.get(field) == UNKNOWN or test(row) for field, test in fields) for row in rows)


def _lists_views(catalog: str, condition: Cursor) -> bool:
    """Whether the information schema's answer has views in it too, of which too little is known."""
    return catalog == "columns" or (
        catalog == "tables" and all(token.word != "table_type" for token in condition.tokens)
    )


def _views_among(asked: Mapping[str, set[str]], session: Session) -> bool:
    names = asked.get("table") or asked.get("name")
    return any(
        isinstance(entry, ViewEntry) and (names is None or key[1] in names)
        for key, entry in session.catalog.relations.items()
    )


def _limited(ordered: Cursor) -> bool:
    return any(token.word in ("limit", "offset", "fetch", "union", "group", "for") for token in ordered.tokens)


def _projected(row: Row, listed: list[Cursor], keys: Mapping[str, str]) -> Row:
    result: Row = {}
    for item in listed:
        item.pos = 0
        if item.accept("*"):
            result.update({column: row.get(key, "") for column, key in keys.items() if key in row})
            continue
        name = _column(item)
        if keys.get(name) not in row:
            raise UnknownValueError
        result[_alias(item) or name] = row[keys[name]]
    return result


def _test(
    cursor: Cursor, keys: Mapping[str, str], variables: Variables, asked: dict[str, set[str]], session: Session
) -> _Test:
    """`column = value`, `<>`, `[NOT] IN`, `[NOT] LIKE`, `= ANY (array)`; `asked` collects what has to be equal."""
    column = _column(cursor)
    key = keys.get(column)
    if key is None:
        raise UnknownValueError
    negated = cursor.accept("not") or cursor.at("<>") or cursor.at("!=")
    wanted = wanted_by(cursor, variables)
    if isinstance(wanted, re.Pattern):
        return lambda row: (wanted.fullmatch(row.get(key, "")) is None) is negated
    if column in _RELATIONS:
        return _of_relations(wanted, key, asked, session, negated)
    if not negated:
        asked.setdefault(key, set()).update(wanted)
    return lambda row: (row.get(key, "") in wanted) is not negated


def _of_relations(
    wanted: frozenset[str], key: str, asked: dict[str, set[str]], session: Session, negated: bool
) -> _Test:
    """A comparison with a relation's oid, which is written as its name."""
    found = set()
    for text in wanted:
        parts = [part.strip('"') for part in text.split(".")]
        entry = session.find(parts[-2] if len(parts) > 1 else None, parts[-1])
        if entry is None:
            raise UnknownValueError
        found.add(entry.key)
    if not negated:
        asked.setdefault("schema", set()).update(schema for schema, _ in found)
        asked.setdefault(key, set()).update(name for _, name in found)
    return lambda row: ((row.get("schema", ""), row.get(key, "")) in found) is not negated
