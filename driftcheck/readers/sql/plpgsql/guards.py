"""Conditions of a DO block that ask the catalog whether something exists, answered from the catalog at hand."""

from __future__ import annotations

from collections.abc import Mapping

from ....model import truncate
from ....sql import Token
from ....sql.tokens import STRING
from ..cursor import Cursor
from ..entries import ViewEntry
from ..existence import need_named
from ..session import Session
from .constraint_text import LikePattern
from .expressions import UnknownValueError, Variables, evaluate, evaluate_text
from .substitution import compared, substituted
from .system_catalogs import CATALOGS, FIELDS, JOINED, SCHEMA_FIELDS, UNKNOWN, Row, columns, enum_labels

Values = frozenset[str] | LikePattern

#: How deep parentheses and NOT are followed.
_DEEPEST = 20


def holds(condition: Cursor, session: Session, variables: Variables, depth: int = 0) -> bool | None:
    """Whether the condition is true at this point; None if that can't be known."""
    if depth > _DEEPEST:
        return None
    condition.pos = 0
    if depth == 0:
        _need_named(condition, session)
    if condition.at("select"):
        return _selected(condition, session, variables, depth)
    for word, neutral in (("or", False), ("and", True)):
        condition.pos = 0
        parts = list(condition.parts(0, len(condition.tokens) - 1, word))
        if len(parts) > 1:
            answers = [holds(part, session, variables, depth + 1) for part in parts]
            if (not neutral) in answers:
                return not neutral
            return None if None in answers else neutral
    condition.pos = 0
    if condition.accept("not"):
        inner = holds(condition.part(1, len(condition.tokens) - 1), session, variables, depth + 1)
        null = condition.at("(", "select") and not inner  # no row: null, and NOT null is no more true
        return None if inner is None or null else not inner
    if condition.at("(", "select") and condition.peek(2).word == "count":
        return _counted(condition, session, variables)
    if condition.at("("):
        start, end = condition.skip_group()
        if condition.done:
            return holds(condition.part(start, end), session, variables, depth + 1)
        condition.pos = 0
    if condition.accept("exists"):
        start, end = condition.skip_group()
        return exists(condition.part(start, end), session, variables) if condition.done else None
    if condition.accept("to_regclass", "(") or condition.accept("to_regtype", "("):
        return _is_null(condition, session, variables)
    return _flag(condition, variables) if (found := compared(condition, variables)) is None else found


def _need_named(condition: Cursor, session: Session) -> None:
    """A relation that is cast to its oid must be there. Raises MissingError if it is in a schema that nobody makes."""
    tokens = condition.tokens
    for token, cast, type_ in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.is_string and cast.word == "::" and type_.word == "regclass":
            schema, _, name = token.value.replace('"', "").rpartition(".")
            if schema and "." not in schema and not session.find(schema, name):
                need_named(session, schema, name)


def _selected(query: Cursor, session: Session, variables: Variables, depth: int) -> bool | None:
    """`SELECT condition`, or `SELECT true FROM …`, which is null where there is no row."""
    query.advance()
    start, end = query.skip_until("from")
    if query.done:
        return holds(query.part(start, end), session, variables, depth + 1)
    return exists(query, session, variables) if query.tokens[start].word == "true" and end == start + 1 else None


def exists(query: Cursor, session: Session, variables: Variables) -> bool | None:
    """Whether a query of the catalog has rows; None if that can't be known."""
    query.pos = 0
    found = substituted(query, variables)
    return _exists(found, session) if found is not None else None


def _counted(condition: Cursor, session: Session, variables: Variables) -> bool | None:
    """`(SELECT count(*) FROM …)` compared with 0 or 1."""
    start, end = condition.skip_group()
    sign, number = condition.advance().word, condition.token.text
    condition.advance()
    some = {("=", "0"): False, ("<", "1"): False, (">", "0"): True, (">=", "1"): True, ("<>", "0"): True}
    if not condition.done or (sign, number) not in some:
        return None
    found = exists(condition.part(start, end), session, variables)
    return None if found is None else found is some[sign, number]


def _flag(condition: Cursor, variables: Variables) -> bool | None:
    """A variable, or a constant, that is true or false by itself."""
    condition.pos = 0
    try:
        value = evaluate(condition, variables)
    except UnknownValueError:
        return None
    return {"true": True, "false": False, "t": True, "f": False}.get(value) if isinstance(value, str) else None


def _is_null(condition: Cursor, session: Session, variables: Variables) -> bool | None:
    """`to_regclass('name') IS [NOT] NULL`, from behind the parenthesis."""
    try:
        text = evaluate_text(condition.part(*condition.skip_until(")")), variables)
    except UnknownValueError:
        return None
    parts = [part.strip().strip('"') for part in text.split(".")]
    if not condition.accept(")") or not condition.accept("is"):
        return None
    negated = condition.accept("not")
    if not condition.accept("null") or not condition.done:
        return None
    schema = parts[-2] if len(parts) > 1 else None
    found = session.find(schema, parts[-1]) is not None or session.type_key(schema, parts[-1]) is not None
    return found if negated else not found


def _exists(query: Cursor, session: Session) -> bool | None:
    """`SELECT … FROM catalog WHERE column = 'value' AND …`: whether such a row would be there."""
    if query.word != "select":
        return None
    tables = _catalogs(query)
    wanted = _wanted(query)
    rows = [rows for name, rows in CATALOGS.items() if name in tables]
    if not wanted or not rows or not tables <= CATALOGS.keys() | JOINED:
        return None
    for source in rows:
        fields = {**dict.fromkeys(SCHEMA_FIELDS, "schema"), **FIELDS[source]}
        if any(column not in fields for column in wanted):
            continue
        asked: dict[str, Values] = {}
        for column, values in wanted.items():
            asked[fields[column]] = _both(asked.get(fields[column]), values)
        if source is columns and "name" not in asked and any(map(_is_view, session.catalog.relations.values())):
            continue  # the columns of views are among them, and their types are not known
        if _names_object(source, asked):
            answers = {_matches(row, asked) for row in source(session)}
            return True if True in answers else None if None in answers else False
    return None


def _names_object(source: object, asked: Mapping[str, Values]) -> bool:
    return "name" in asked or "udt" in asked or source is enum_labels


def _is_view(entry: object) -> bool:
    return isinstance(entry, ViewEntry)


def _matches(row: Row, asked: Mapping[str, Values]) -> bool | None:
    """Whether the row is one of those asked for; None if it may be."""
    answers = {_fits(row, key, values) for key, values in asked.items()}
    if False in answers:
        return False
    return None if None in answers or "doubt" in row else True


def _fits(row: Row, key: str, values: Values) -> bool | None:
    """A catalog that has no schemas answers for all of them."""
    if row.get(key) == UNKNOWN:
        return values.of_check(row["source"]) if isinstance(values, LikePattern) and "source" in row else None
    return row.get(key) in values or (key == "schema" and key not in row)


def _catalogs(query: Cursor) -> set[str]:
    """Catalog tables that the query names in FROM and JOIN."""
    found: set[str] = set()
    tokens = query.tokens
    for position, token in enumerate(tokens):
        if token.word in ("from", "join"):
            at = position + 1
            while at + 2 < len(tokens) and tokens[at + 1].word == ".":
                at += 2
            if at < len(tokens) and tokens[at].is_name:
                found.add(tokens[at].name)
    return found


def _wanted(query: Cursor) -> dict[str, Values] | None:
    """What WHERE asks of columns, by their names without qualifiers; None if it asks anything else."""
    query.pos = 0
    query.skip_until("where")
    if not query.accept("where"):
        return None
    start, end = query.skip_until("group", "order", "limit")
    found: dict[str, Values] = {}
    for part in query.parts(start, end, "and"):
        asked = _asked(part)
        if asked is None:
            return None
        try:
            found |= {column: _both(found.get(column), values) for column, values in asked.items()}
        except UnknownValueError:
            return None
    return found


def _both(one: Values | None, other: Values) -> Values:
    """What passes both tests. Raises UnknownValueError for two patterns."""
    if one is None:
        return other
    if isinstance(one, frozenset):
        return frozenset(value for value in one if value in other)
    if isinstance(other, frozenset):
        return frozenset(value for value in other if value in one)
    raise UnknownValueError


def _asked(part: Cursor) -> dict[str, Values] | None:
    """`column = 'value'`, `column = 'name'::regclass`, IN, a comparison of two columns; None if it is another test."""
    negated = part.accept("not")
    if not part.at_name:
        return None
    column = part.identifier()
    while part.accept("."):
        column = part.identifier()
    if column == "pg_get_constraintdef" and part.at("("):
        part.skip_group()
    while part.accept("::"):
        part.identifier()
    if column in _OF_COURSE:
        return {} if negated or part.word in ("=", "is", ">") else None
    if part.done and column in _FLAGS:
        return {column: frozenset({"false" if negated else "true"})}
    if negated:
        return None
    unlike = part.accept("not")
    if like := part.accept_any("like", "ilike"):
        pattern = _constant(part.part(part.pos, len(part.tokens) - 1))
        return None if pattern is None else {column: LikePattern(pattern, unlike, like == "ilike")}
    if unlike:
        return None
    if part.accept("in"):
        inner = part.part(*part.skip_group())
        values = [_constant(item) for item in inner.parts(0, len(inner.tokens) - 1)]
        known = frozenset(value for value in values if value is not None)
        return {column: known} if len(known) == len(values) and part.done else None
    if not part.accept("="):
        return None
    if flag := part.accept_any("true", "false"):
        return {column: frozenset({flag})} if part.done else None
    if part.at_name and not part.at("current_schema") and not part.at("any") and not part.at("lower"):
        part.name()
        return {} if part.done else None
    value = _constant(part.part(part.pos, len(part.tokens) - 1))
    return None if value is None else {column: frozenset({value})}


def _constant(part: Cursor) -> str | None:
    """A string, with a cast or not; the schema of the search path; the name that a subselect looks up."""
    tokens = part.tokens
    if part.at_string and (len(tokens) == 2 or tokens[1].word == "::"):
        return _value(tokens[0].value, tokens[1:3])
    if part.at("current_schema"):
        return "public"
    if part.at("(", "select"):
        nested = [item.value for item in tokens if item.kind == STRING]
        return nested[0] if len(nested) == 1 else None
    return None


#: Columns that are asked only to leave out what is not there for users: dropped columns, system columns and triggers.
_OF_COURSE = frozenset({"attisdropped", "attnum", "tgisinternal"})
#: Columns that are true or false by themselves.
_FLAGS = frozenset({"convalidated"})


def _value(value: str, behind: list[Token]) -> str:
    """A name cast to regclass loses its schema: names are compared without it.

    What is compared with a name is a name itself to PostgreSQL, and cut at the same length.
    """
    words = [token.word for token in behind]
    if words[:1] == ["::"] and words[1:2] in (["regclass"], ["regtype"]):
        return truncate(value.replace('"', "").split(".")[-1])
    return truncate(value)
