"""Expressions and queries by sqlglot's trees: two are equal where SQLite cannot tell them apart.

Functions keep their names: what sqlglot makes one of for the sake of other engines (`->` and `json_extract`) may be two
in SQLite. Names have no case, brackets no meaning, and a quoted name that is no column is a string.
https://www.sqlite.org/lang_expr.html, https://www.sqlite.org/quirks.html#dblquote
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite
from sqlglot.errors import SqlglotError

from ...model import Expression
from .lexer import NotSqlite, tokens

#: Names of the columns that may be meant, in lower case; None where they are not known.
Columns = frozenset[str] | None

#: Characters and brackets within brackets beyond which a text is compared by its words: sqlglot tries and tries again.
_LONGEST, _DEEPEST = 50_000, 25
_NUMBER = re.compile(r"[0-9]+\Z")


class _Dialect(SQLite):
    """sqlglot's SQLite, in which no function is another one."""

    class Parser(SQLite.Parser):  # type: ignore[misc, valid-type] # a variable, by sqlglot's own metaclass
        FUNCTIONS: ClassVar[dict[str, Callable[..., exp.Expression]]] = {}
        NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = SQLite.Parser.NO_PAREN_FUNCTIONS
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {"CAST": SQLite.Parser.FUNCTION_PARSERS["CAST"]}


def canonical(expression: Expression, columns: Columns = None) -> Expression:
    """A value or condition in its canonical form; by its words where sqlglot does not read it."""
    return _made(expression, "value", columns)


def canonical_query(expression: Expression) -> Expression:
    """A query, the same way."""
    return _made(expression, "query", None)


def _made(expression: Expression, kind: str, columns: Columns) -> Expression:
    form = _form(expression.sql, kind, columns)
    return Expression(expression.sql, form) if form else Expression(expression.sql, words(expression.sql), True)


@lru_cache(maxsize=4_000)
def _form(sql: str, kind: str, columns: Columns) -> str:
    """The canonical form; "" where sqlglot does not read it."""
    tree = parsed(sql if kind == "query" else f"SELECT {sql}")
    if tree is None:
        return ""
    try:
        if kind == "query":
            return _Writer(columns).text(tree)
        if len(tree.expressions) != 1 or any(value for key, value in tree.args.items() if key != "expressions"):
            return ""
        return _Writer(columns).text(tree.expressions[0])
    except (RecursionError, ValueError):
        return ""


def parsed(sql: str) -> exp.Query | None:
    """The tree of a query; None where sqlglot does not read it."""
    if len(sql) > _LONGEST or _depth(sql) > _DEEPEST:
        return None
    try:
        tree = _Dialect.get_or_raise(_Dialect).parse(sql)
    except (SqlglotError, RecursionError, ValueError):
        return None
    return tree[0] if len(tree) == 1 and isinstance(tree[0], exp.Query) else None


def _depth(sql: str) -> int:
    depth = most = 0
    for character in sql:
        if character == "(":
            depth += 1
            most = max(most, depth)
        elif character == ")":
            depth -= 1
    return most


def words(sql: str) -> str:
    """The tokens of a text, one space between them: what is compared where nothing better is known."""
    try:
        return " ".join(token.word or token.text for token in tokens(sql))
    except NotSqlite:
        return " ".join(sql.split())


#: What the clock says, spelled as a function.
_MOMENTS = {
    "(call 'datetime' 'now')": "(current_timestamp)",
    "(call 'date' 'now')": "(current_date)",
    "(call 'time' 'now')": "(current_time)",
    "(call 'unixepoch' 'now')": "(call 'unixepoch')",
}


class _Writer:
    """A tree of sqlglot's as text: `(name part part)`."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def text(self, node: Any) -> str:
        if isinstance(node, list):
            return "[" + " ".join(map(self.text, node)) + "]"
        if not isinstance(node, exp.Expression):
            return _quoted(str(node).lower())
        special = _SPECIAL.get(type(node))
        if special is not None:
            return special(self, node)
        return self.plain(node)

    def plain(self, node: exp.Expression) -> str:
        parts = [
            f":{key} {self.text(value)}" if key not in ("this", "expression") else self.text(value)
            for key, value in sorted(node.args.items(), key=lambda item: _ORDER.get(item[0], 2))
            if value not in (None, False, []) and key not in _IDLE
        ]
        return f"({' '.join([node.key, *parts])})"

    def column(self, node: exp.Column) -> str:
        name = node.this
        if isinstance(name, exp.Identifier) and not node.args.get("table"):
            if name.quoted and self.columns is not None and name.name.lower() not in self.columns:
                return _quoted(name.name)
            if not name.quoted and name.name.lower() in ("true", "false"):
                return "1" if name.name.lower() == "true" else "0"
        return f"(column {_quoted(name.name.lower())})" if self.columns is not None else self.plain(node)

    def literal(self, node: exp.Literal) -> str:
        return _quoted(str(node.this)) if node.is_string else number(str(node.this))

    def negative(self, node: exp.Neg) -> str:
        inside = self.text(node.this)
        return inside[1:] if inside.startswith("-") else f"-{inside}" if inside[:1].isdigit() else f"(neg {inside})"

    def function(self, node: exp.Anonymous) -> str:
        name = str(node.this).lower()
        said = " ".join(map(self.text, node.expressions))
        written = f"(call {_quoted(_ALIASES.get(name, name))}{' ' + said if said else ''})"
        return _MOMENTS.get(written, written)

    def chain(self, node: exp.Connector) -> str:
        """`a AND (b AND c)` is one row of conditions."""
        return f"({node.key} {' '.join(self._chained(node, type(node)))})"

    def _chained(self, node: Any, kind: type[Any]) -> Iterable[str]:
        if isinstance(node, exp.Paren):
            yield from self._chained(node.this, kind)
        elif isinstance(node, kind):
            yield from self._chained(node.args["this"], kind)
            yield from self._chained(node.args["expression"], kind)
        else:
            yield self.text(node)

    def identifier(self, node: exp.Identifier) -> str:
        return _quoted(node.name.lower())

    def type(self, node: exp.DataType) -> str:
        return f"(type {_quoted(node.sql('sqlite').lower())})"

    def truth(self, node: exp.Boolean) -> str:
        return "1" if node.this else "0"


#: Functions that SQLite has under two names.
_ALIASES = {"substring": "substr", "ifnull": "coalesce", "if": "iif", "char_length": "length"}
_ORDER = {"this": 0, "expression": 1}
#: What says nothing that SQLite knows of.
_IDLE = frozenset({"typed", "safe", "only_json_types"})
_SPECIAL: dict[type, Callable[[_Writer, Any], str]] = {
    exp.Paren: lambda writer, node: writer.text(node.this),
    exp.Column: _Writer.column,
    exp.Literal: _Writer.literal,
    exp.Neg: _Writer.negative,
    exp.Anonymous: _Writer.function,
    exp.And: _Writer.chain,
    exp.Or: _Writer.chain,
    exp.Identifier: _Writer.identifier,
    exp.DataType: _Writer.type,
    exp.Boolean: _Writer.truth,
    exp.Null: lambda _writer, _node: "null",
    exp.CurrentTimestamp: lambda _writer, _node: "(current_timestamp)",
    exp.CurrentDate: lambda _writer, _node: "(current_date)",
    exp.CurrentTime: lambda _writer, _node: "(current_time)",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def number(text: str) -> str:
    """A number by its value: `007` is 7, `1.50` is 1.5, `0x10` is 16."""
    plain = text.lower().replace("_", "")
    if plain.startswith("0x"):
        return str(int(plain, 16))
    if _NUMBER.match(plain):
        return plain.lstrip("0") or "0"
    return repr(float(plain))
