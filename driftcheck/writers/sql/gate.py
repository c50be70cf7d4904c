"""The gate: all text that enters a statement has been lexed here as what it claims to be.

`SqlText` is made in this module alone, and statements are put together from it by `sql` and `joined`, which take
nothing else. So the text of a source gets into a statement only through the function of its claim, and that raises
`Refused` for a text that is something else, or more than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from ...model import ColumnType, Expression, quote
from ...model.identifiers import RESERVED
from ...regex import lazy
from ...sql import Token, parse_type
from ...sql.tokens import END, NUMBER, OPERATOR, QUOTED, STRING, WORD
from . import lexed
from .lexed import Refused as Refused
from .lexed import storable


class SqlText(str):
    """Text that may be in a statement."""

    __slots__ = ()


NOTHING = SqlText("")
#: Makes the constants of a script mean the same whatever was set before, to PostgreSQL and to psql.
SETTINGS = SqlText("SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n")

_NUMBER = lazy(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")
_WORDS = lazy(r"[a-z_]+(?: [a-z_]+)*\Z")
_PART = r'(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")'
_SCHEMA_AND_NAME = lazy(rf"{_PART}\.{_PART}\Z")
#: What ends a line for somebody, or changes the order in which its words are shown.
_NOT_IN_A_LINE = lazy("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def sql(template: str, *parts: SqlText) -> SqlText:
    """`template`, which is a constant of this program, with `parts` in the places of its `{}`."""
    return SqlText(template.format(*_passed(parts)))


def _passed(parts: tuple[SqlText, ...]) -> tuple[SqlText, ...]:
    for part in parts:
        if part.__class__ is not SqlText:
            raise TypeError(f"{part!r} did not pass the gate")
    return parts


def joined(parts: Iterable[SqlText], separator: str = ", ") -> SqlText:
    """`parts` with `separator`, which is a constant of this program, between them."""
    return SqlText(separator.join(_passed(tuple(parts))))


def name(text: str) -> SqlText:
    """An identifier. psql counts an unquoted BEGIN in a function, though it is no reserved word."""
    return _usual_name(text) if len(text) <= _USUAL else _name(text)


#: Characters of names that are kept: of those the same ones come again and again.
_USUAL = 100


@lru_cache(maxsize=16_384)
def _usual_name(text: str) -> SqlText:
    return _name(text)


def _name(text: str) -> SqlText:
    if not text:
        raise Refused("is an empty name")
    return SqlText('"begin"' if text == "begin" else quote(storable(text)))


def path(text: str) -> SqlText:
    """`schema.name`, of which neither part is quoted yet, or `name`."""
    return joined(map(name, text.split(".", 1)), ".")


def collation(text: str) -> SqlText:
    """`schema.name`, of which each part is quoted where it needs it; else a name, which may have a dot of its own."""
    return SqlText(storable(text)) if _SCHEMA_AND_NAME.match(text) else name(text)


def literal(text: str) -> SqlText:
    return SqlText(lexed.quoted(storable(text)))


def label(text: str) -> SqlText:
    """A label of an enum, of which PostgreSQL takes 63 bytes."""
    if len(storable(text).encode()) > 63:
        raise Refused("is longer than 63 bytes")
    return literal(text)


def number(value: int | str) -> SqlText:
    if not _NUMBER.match(str(value)):
        raise Refused("is no number")
    return SqlText(value)


def words(text: str) -> SqlText:
    """Words of the grammar, in upper case."""
    if not _WORDS.match(text):
        raise Refused("is not a word of SQL")
    return SqlText(text.upper())


def word(text: str) -> SqlText:
    if " " in text:
        raise Refused("is more than a word")
    return words(text)


def operator(text: str) -> SqlText:
    tokens = lexed.lexed(text).tokens
    if [token.word for token in tokens[:2]] == ["operator", "("] and [token.word for token in tokens[-2:]] == [")", ""]:
        path, dot, word = tokens[2:-4], tokens[-4:-3], tokens[-3:-2]
        if len(path) == 1 and path[0].is_name and dot[0].word == "." and word[0].kind == OPERATOR:
            return SqlText(f"OPERATOR({name(path[0].name)}.{word[0].text})")
    if [token.kind for token in tokens] != [OPERATOR, END]:
        raise Refused("is no operator")
    return _written(tokens)


def dollar_quoted(text: str) -> SqlText:
    """Any text between dollar quotes, of which the first that comes is the one at its end."""
    tag, count = "$$", 0
    text = storable(text)
    while (text + tag).index(tag) < len(text):
        count += 1
        tag = f"$body{count if count > 1 else ''}$"
    return SqlText(tag + text + tag)


def remark(text: str) -> SqlText:
    """A comment up to the end of the line, whatever is in it."""
    return SqlText("-- " + _NOT_IN_A_LINE.sub(" ", text))


@lru_cache(maxsize=2048)
def column_type(type_: ColumnType) -> SqlText:
    if type_.schema is not None:
        name(type_.schema)
    if type_.schema is not None or type_.quoted:
        name(type_.name)
    elif not _is_type(type_.name):
        raise Refused("is no type")
    if type_.name == "begin" and type_.schema is None:
        raise Refused("is a word that psql counts in a function")
    return SqlText(storable(str(replace(type_, modifiers=tuple(map(_modifier, type_.modifiers))))))


def _modifier(text: str) -> SqlText:
    tokens = lexed.lexed(text).tokens
    kinds = [token.kind for token in tokens[:-1]]
    if kinds not in ([NUMBER], [OPERATOR, NUMBER], [WORD], [QUOTED], [STRING]):
        raise Refused("has a modifier that is not a number, word or string")
    return _written(tokens)


def _is_type(text: str) -> bool:
    """Whether `text` is one word that a type may be called, or one of the types that have more."""
    tokens = lexed.lexed(text).tokens
    if [token.kind for token in tokens] == [WORD, END]:
        return tokens[0].text == text and tokens[0].word not in RESERVED
    try:
        return " " in text and parse_type(text) == ColumnType(text)
    except ValueError:
        return False


def type_name(text: str) -> SqlText:
    try:
        return column_type(parse_type(storable(text)))
    except Refused:
        raise
    except ValueError:
        raise Refused("is no type") from None


def result(text: str) -> SqlText:
    """What follows RETURNS: a type, that of a column, SETOF one of these, or TABLE (…)."""
    stream = lexed.lexed(text)
    if stream.accept("table"):
        stream.skip_group()
        stream.finish()
        return _written(stream.tokens)
    many = SqlText("SETOF ") if stream.accept("setof") else NOTHING
    end = len(stream.tokens) - 3
    if end > stream.pos and [token.word for token in stream.tokens[end:-1]] == ["%", "type"]:
        column = stream.part(stream.pos, end)
        found = joined(map(name, column.path()), ".")
        column.finish()
        return sql("{}{}%TYPE", many, found)
    return sql("{}{}", many, type_name(text[stream.token.start :]))


def arguments(text: str) -> SqlText:
    """What is between the parentheses of a function, if anything does."""
    return _written(lexed.lexed(text).tokens)


def group(text: str) -> SqlText:
    """A list in parentheses, whether its author wrote these or not."""
    tokens = lexed.lexed(text).tokens
    return _written(tokens) if lexed.is_group(tokens) else sql("({})", _written(tokens))


def expression(value: Expression) -> SqlText:
    """A value or condition where anything may be; a query is one, in parentheses."""
    return _expression(value.sql)


@lru_cache(maxsize=2048)
def _expression(text: str) -> SqlText:
    """By the text: expressions are equal whose canonical forms are, whatever they say."""
    tokens = lexed.one_expression(text).tokens
    return sql("({})", _written(tokens)) if lexed.begins_query(tokens) else _written(tokens)


def grouped(value: Expression) -> SqlText:
    """A value or condition in parentheses: once, if its author gave it some already (those of a query are its own)."""
    text, tokens = expression(value), lexed.one_expression(value.sql).tokens
    return text if lexed.is_group(tokens) and not lexed.begins_query(tokens[1:]) else sql("({})", text)


def default(value: Expression) -> SqlText:
    """A value where DEFAULT stands, which takes no AND, IN or COLLATE unless in parentheses."""
    return expression(value) if lexed.is_plain_default(lexed.one_expression(value.sql).tokens) else grouped(value)


def query(value: Expression) -> SqlText:
    """A query without the semicolons that its author may have put behind it."""
    return _written(lexed.one_query(value.sql).tokens)


def parsed_body(text: str) -> SqlText:
    """A function's body that is SQL of its own: RETURN value, or BEGIN ATOMIC … END."""
    return _written(lexed.body(text).tokens)


def partition_key(text: str) -> SqlText:
    stream = lexed.lexed(text)
    if not stream.accept_any("range", "list", "hash"):
        raise Refused("is not RANGE, LIST or HASH")
    stream.skip_group()
    stream.finish()
    return _written(stream.tokens)


def partition_bound(text: str) -> SqlText:
    stream = lexed.lexed(text)
    if not stream.accept("default"):
        stream.expect("for", "values")
        if stream.accept("from"):
            stream.skip_group()
            stream.expect("to")
        elif not stream.accept_any("in", "with"):
            raise stream.unexpected()
        stream.skip_group()
    stream.finish()
    return _written(stream.tokens)


def _written(tokens: list[Token]) -> SqlText:
    return SqlText(lexed.written(tokens))
