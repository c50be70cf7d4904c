"""The keys of CREATE INDEX in a text: `index_elem` in src/backend/parser/gram.y."""

from __future__ import annotations

from dataclasses import replace

from ..model import DEFAULT_SCHEMA, Expression, IndexKey, qualified
from .errors import SqlError
from .lexer import tokens_of
from .stream import Stream, unwrapped

#: Schemas that say nothing before a collation or operator class, as parts of a path.
_IMPLIED: tuple[list[str], ...] = ([], ["pg_catalog"], [DEFAULT_SCHEMA])


def index_key(text: str) -> IndexKey:
    """One key. What does not follow PostgreSQL's grammar is an expression as a whole."""
    stream = Stream(tokens_of(text))
    try:
        column = _column(stream)
        end = stream.pos
        key = _options(stream)
        stream.finish()
    except SqlError:
        return IndexKey(expression=Expression(unwrapped(text) or text.strip()))
    if column is not None:
        return replace(key, column=column)
    return replace(key, expression=Expression(unwrapped(stream.cut(0, end))))


def _column(stream: Stream) -> str | None:
    """Past the key itself: a column, which is given, a call, or something in parentheses."""
    path = stream.path() if stream.at_name else []
    if stream.at("(") or len(path) != 1:
        stream.skip_group()
        return None
    return path[0]


def _options(stream: Stream) -> IndexKey:
    """What follows a key, as a key without a column."""
    key = IndexKey()
    if stream.accept("collate"):
        *schema, name = stream.path()
        key = replace(key, collation=name if schema[-1:] in _IMPLIED else qualified(schema[-1], name))
    if stream.at_name and stream.word not in ("asc", "desc", "nulls"):
        *schema, name = stream.path()
        key = replace(key, opclass=name if schema[-1:] in _IMPLIED else f"{schema[-1]}.{name}")
        if stream.at("("):
            pairs = [_parameter(part) for part in stream.items()]
            key = replace(key, opclass_options=tuple(sorted(pairs)))
    if order := stream.accept_any("asc", "desc"):
        key = replace(key, descending=order == "desc", nulls_first=order == "desc")
    if stream.accept("nulls"):
        key = replace(key, nulls_first=stream.at("first"))
        if not stream.accept_any("first", "last"):
            raise stream.unexpected()
    return key


def _parameter(part: Stream) -> tuple[str, str]:
    name = part.identifier()
    part.expect("=")
    return name, part.string() if part.at_string else part.until()
