"""Expressions of PL/pgSQL over what is known without a database: strings put together of constants and variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from ....model.identifiers import quote
from ....sql import whole
from ....sql.tokens import NUMBER, PARAMETER
from ..cursor import Cursor
from ..errors import UnreadableError

#: A string (numbers too are their digits), an array, or a row by its columns' names. None is SQL's null.
Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value] | None"

#: Longer than this nothing is put together.
_LONGEST = 200_000
_DEEPEST = 40


class UnknownValueError(Exception):
    """The expression needs something that only the database, or a PL/pgSQL that is not followed, would know."""


class Variables:
    """The variables of a block: those with a known value, and the names of the others.

    `guessed` has for some of the others what is known of their text.
    """

    def __init__(self, schema: str = "public") -> None:
        self.schema = schema
        self.known: dict[str, Value] = {}
        self.unknown: set[str] = set()
        self.records: set[str] = set()
        self.guessed: dict[str, str] = {}

    def set(self, name: str, value: Value) -> None:
        self.known[name] = value
        self.unknown.discard(name)
        self.guessed.pop(name, None)

    def forget(self, name: str) -> None:
        if name in self.known or name in self.unknown:
            self.hide(name)

    def hide(self, name: str) -> None:
        """Declares `name`, whose value is not known."""
        self.drop(name)
        self.unknown.add(name)

    def drop(self, name: str) -> None:
        self.known.pop(name, None)
        self.guessed.pop(name, None)
        self.unknown.discard(name)

    def forget_named(self, part: Cursor) -> None:
        """Forgets every variable that `part` names: it may set it."""
        for token in part.tokens:
            if token.is_name:
                self.forget(token.name)

    def declares(self, name: str) -> bool:
        return name in self.known or name in self.unknown

    def copy(self) -> Variables:
        other = Variables(self.schema)
        other.known, other.unknown, other.records = dict(self.known), set(self.unknown), set(self.records)
        other.guessed = dict(self.guessed)
        return other


def evaluate(part: Cursor, variables: Variables) -> Value:
    """The value of the whole of `part`. Raises UnknownValueError."""
    try:
        value = _Evaluation(part, variables).concatenation()
    except UnreadableError as error:
        raise UnknownValueError from error
    if not part.done:
        raise UnknownValueError
    return value


def evaluate_text(part: Cursor, variables: Variables) -> str:
    """The string that `part` gives. Raises UnknownValueError."""
    return text_of(evaluate(part, variables))


def text_of(value: Value) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise UnknownValueError
    return value


def quote_literal(text: str) -> str:
    """`quote_literal` of PostgreSQL."""
    escaped = text.replace("'", "''")
    return "E'" + escaped.replace("\\", "\\\\") + "'" if "\\" in text else f"'{escaped}'"


_SPECIFIER = re.compile(r"%(?:(\d+)\$)?(-?[\d*]+)?([sIL%])?")


def format_text(pattern: str, values: list[Value]) -> str:
    """`format(pattern, values…)` of PostgreSQL, without widths. Raises UnknownValueError."""
    following = 0

    def piece(match: re.Match[str]) -> str:
        nonlocal following
        position, width, kind = match.groups()
        if kind == "%":
            return "%"
        if width is not None or kind not in ("s", "I", "L"):
            raise UnknownValueError
        following = (whole(position) or 0) if position else following + 1
        if not 0 < following <= len(values):
            raise UnknownValueError
        value = values[following - 1]
        if value is None:
            if kind == "I":
                raise UnknownValueError
            return "NULL" if kind == "L" else ""
        text = text_of(value)
        return text if kind == "s" else quote(text) if kind == "I" else quote_literal(text)

    return text_of(_SPECIFIER.sub(piece, pattern))


def _initcap(text: str) -> str:
    return re.sub(r"[A-Za-z0-9]+", lambda match: match[0].capitalize(), text)


#: Functions of one text.
OF_ONE: dict[str, Callable[[str], str]] = {
    "quote_ident": quote,
    "quote_literal": quote_literal,
    "lower": str.lower,
    "upper": str.upper,
    "initcap": _initcap,
    "trim": lambda text: text.strip(" "),
    "btrim": lambda text: text.strip(" "),
    "text": str,
    "length": lambda text: str(len(text)),
}
#: Types that a string may be cast to and stay what it is.
_TEXTUAL = frozenset({"text", "varchar", "name", "regclass", "character", "bpchar", "regtype", "citext", "unknown"})


class _Evaluation:
    """Reads an expression by recursive descent. Raises UnknownValueError."""

    def __init__(self, cursor: Cursor, variables: Variables, depth: int = 0) -> None:
        self.cursor, self.variables, self.depth = cursor, variables, depth

    def concatenation(self) -> Value:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnknownValueError
        value = self.term()
        while self.cursor.accept("||"):
            other = self.term()
            if isinstance(value, tuple) and isinstance(other, tuple):
                value = (*value, *other)
            else:
                value = text_of(text_of(value) + text_of(other))
        self.depth -= 1
        return value

    def term(self) -> Value:
        value = self.primary()
        while True:
            if self.cursor.accept("::"):
                value = self.cast(value)
            elif self.cursor.at("["):
                self.cursor.advance()
                value = self.element(value, text_of(self.concatenation()))
                self.cursor.expect("]")
            else:
                return value

    @staticmethod
    def element(value: Value, index: str) -> Value:
        number = whole(index)
        if not isinstance(value, tuple) or number is None:
            raise UnknownValueError
        return value[number - 1] if 0 < number <= len(value) else None

    def primary(self) -> Value:
        cursor = self.cursor
        if cursor.at_string:
            return cursor.string()
        if cursor.token.kind == NUMBER:
            return cursor.advance().text
        if cursor.token.kind == PARAMETER:
            return self.variable(cursor.advance().text)
        if flag := cursor.accept_any("true", "false"):
            return flag
        if cursor.accept("("):
            value = self.concatenation()
            cursor.expect(")")
            return value
        if cursor.at("array", "["):
            cursor.advance()
            return self.array()
        if cursor.accept("null"):
            return None
        if cursor.accept("current_schema"):
            if cursor.accept("("):
                cursor.expect(")")
            return self.variables.schema
        return self.name()

    def array(self) -> Value:
        """`[a, b, …]`, in which further brackets are arrays of their own."""
        self.cursor.expect("[")
        values: list[Value] = []
        while not self.cursor.accept("]"):
            if values:
                self.cursor.expect(",")
            inner = self.cursor.at("[") or self.cursor.at("array", "[")
            self.cursor.accept("array")
            values.append(self.array() if inner else self.concatenation())
        return tuple(values)

    def name(self) -> Value:
        """A variable, a column of a row, or a call of a function that is known here."""
        cursor = self.cursor
        name = cursor.identifier()
        if name == "pg_catalog" and cursor.accept("."):
            name = cursor.identifier()
        if cursor.accept("("):
            return self.call(name)
        value = self.variable(name)
        if cursor.accept("."):
            column = cursor.identifier()
            if not isinstance(value, Mapping) or column not in value:
                raise UnknownValueError
            return value[column]
        return value

    def variable(self, name: str) -> Value:
        if name not in self.variables.known:
            raise UnknownValueError
        return self.variables.known[name]

    def call(self, name: str) -> Value:
        arguments: list[Value] = []
        while not self.cursor.accept(")"):
            if arguments:
                self.cursor.expect(",")
            self.cursor.accept("variadic")
            arguments.append(self.concatenation())
        return _called(name, arguments)

    def cast(self, value: Value) -> Value:
        cursor = self.cursor
        type_ = cursor.identifier()
        if cursor.accept("."):
            type_ = cursor.identifier()
        if type_ == "character":
            cursor.accept("varying")
        if cursor.at("("):
            cursor.skip_group()
        if cursor.accept("["):
            cursor.expect("]")
            return _array_of(value) if isinstance(value, str) else value
        if type_ in _TEXTUAL or (isinstance(value, str) and value.isdigit()):
            return value
        raise UnknownValueError


def _called(name: str, arguments: list[Value]) -> Value:
    if name == "format" and arguments:
        return format_text(text_of(arguments[0]), arguments[1:])
    if name in OF_ONE and len(arguments) == 1:
        return OF_ONE[name](text_of(arguments[0]))
    if name == "concat":
        return "".join("" if item is None else text_of(item) for item in arguments)
    if name == "replace" and len(arguments) == 3:
        text, old, new = map(text_of, arguments)
        return text_of(text.replace(old, new)) if old else text
    if name == "string_to_array" and len(arguments) == 2:
        return tuple(text_of(arguments[0]).split(text_of(arguments[1]) or "\0"))
    if name in ("array_length", "cardinality") and arguments and isinstance(arguments[0], tuple):
        return str(len(arguments[0])) if arguments[1:] in ([], ["1"]) else _unknown()
    if name == "coalesce":
        return next((item for item in arguments if item is not None), None)
    return _unknown()


def _unknown() -> Value:
    raise UnknownValueError


def _array_of(text: str) -> Value:
    """The value of the constant `'{a,"b c"}'`, without arrays in it."""
    inner = text.strip()
    if not inner.startswith("{") or not inner.endswith("}") or "\\" in inner or "{" in inner[1:]:
        raise UnknownValueError
    if not inner[1:-1].strip():
        return ()
    items = re.findall(r'\s*(?:"([^"]*)"|([^",]*?))\s*(?:,|\Z)', inner[1:-1])
    return tuple(quoted or bare for quoted, bare in items[: inner.count(",") + 1] if quoted or bare)
