"""The values that Drizzle's `sql` makes: pieces of SQL, put together but not yet text (drizzle-orm/src/sql/sql.ts)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...frozen import dataclass
from ...typescript.runtime.values import UNDEFINED, CallSite, HostFunction, HostObject, JsArray, Unknown, Value
from .context import argument, method
from .literals import NotKnown, scalar_text

if TYPE_CHECKING:
    from .rendering import Renderer


@dataclass(frozen=True, slots=True)
class Text:
    """SQL as written."""

    sql: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A value compared with `encoder` (a column, which says how its values are written), or a `sql.param`."""

    value: Value
    encoder: Value = None


class SqlObject(HostObject):
    """What may be in SQL for itself."""

    def render(self, renderer: Renderer) -> str:
        """The SQL it stands for. Raises NotKnown."""
        raise NotImplementedError

    def get(self, key: str, site: CallSite) -> Value:
        if key == "getSQL":
            return method(lambda _arguments, _site: Sql([self]))
        if key == "as":
            return method(lambda arguments, _site: Aliased(Sql([self]), argument(arguments, 0)))
        return super().get(key, site)


class Sql(SqlObject):
    """`sql`…``: chunks are Text, Bound, other SqlObjects, or plain values, which are written as literals."""

    def __init__(self, chunks: Iterable[Value]) -> None:
        self.chunks = list(chunks)

    def render(self, renderer: Renderer) -> str:
        return renderer.join(self.chunks)

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("getSQL", "inlineParams", "mapWith", "$dynamic", "nullable"):
            return method(lambda _arguments, _site: self)
        if key == "append":
            return method(self._append)
        if key == "as":
            return method(self._as)
        if key == "if":
            return method(self._if)
        if key == "queryChunks":
            return JsArray(self.chunks)
        if key == "shouldInlineParams":
            return False
        return super().get(key, site)

    def _append(self, arguments: list[Value], site: CallSite) -> Value:
        other = argument(arguments, 0)
        if isinstance(other, Sql):
            site.take(len(other.chunks))
        self.chunks.extend(other.chunks if isinstance(other, Sql) else [other])
        return self

    def _as(self, arguments: list[Value], site: CallSite) -> Value:
        alias = argument(arguments, 0, UNDEFINED)
        return self if alias is UNDEFINED else Aliased(self, alias)

    def _if(self, arguments: list[Value], site: CallSite) -> Value:
        condition = argument(arguments, 0, UNDEFINED)
        if isinstance(condition, Unknown):
            return condition
        return self if condition not in (None, UNDEFINED, False, 0, "") else UNDEFINED

    def to_string(self, site: CallSite) -> Value:
        return "[object Object]"


class SqlName(SqlObject):
    """`sql.identifier(…)`."""

    def __init__(self, name: Value) -> None:
        self.name = name

    def render(self, renderer: Renderer) -> str:
        return renderer.identifier(self.name)


class Placeholder(SqlObject):
    """`sql.placeholder(…)`: a parameter of a prepared query. No schema can hold one."""

    def __init__(self, name: Value) -> None:
        self.name = name

    def render(self, renderer: Renderer) -> str:
        raise NotKnown(Unknown("a placeholder gets its value only when a query runs"))


class Aliased(SqlObject):
    """`….as('alias')`: in a select list the SQL and its name, anywhere else the name."""

    def __init__(self, sql: Value, alias: Value) -> None:
        self.sql = sql
        self.alias = alias

    def render(self, renderer: Renderer) -> str:
        return renderer.identifier(self.alias)

    def get(self, key: str, site: CallSite) -> Value:
        if key == "getSQL":
            return method(lambda _arguments, _site: self.sql)
        if key == "fieldAlias":
            return self.alias
        if key == "sql":
            return self.sql
        return super().get(key, site)


def template(pieces: Iterable[str | Value]) -> Sql:
    """SQL of alternating text and values: `template(["exists ", query])`; a str is text."""
    return Sql([Text(piece) if isinstance(piece, str) else piece for piece in pieces])


def _tag(arguments: list[Value], site: CallSite) -> Value:
    strings = argument(arguments, 0)
    if isinstance(strings, Unknown):
        return strings
    if not isinstance(strings, list):
        return site.unknown("sql is called without a template")
    chunks: list[Value] = []
    for index, string in enumerate(strings):
        if isinstance(string, str):
            chunks.append(Text(string))
        if index + 1 < len(strings):
            chunks.append(argument(arguments, index + 1, UNDEFINED))
    return Sql(chunks)


def _raw(arguments: list[Value], site: CallSite) -> Value:
    try:
        return Sql([Text(plain(argument(arguments, 0, UNDEFINED)))])
    except NotKnown as error:
        return Sql([error.unknown])


def plain(value: Value) -> str:
    """What `sql.raw` takes: text, or a number as text. Raises NotKnown."""
    return "" if value in (None, UNDEFINED) else scalar_text(value)


def _join(arguments: list[Value], site: CallSite) -> Value:
    items, separator = argument(arguments, 0), argument(arguments, 1, UNDEFINED)
    if not isinstance(items, list):
        return items if isinstance(items, Unknown) else site.unknown("sql.join is not given an array")
    chunks: list[Value] = []
    site.take(len(items))
    for index, item in enumerate(items):
        if index and separator is not UNDEFINED:
            chunks.append(separator)
        chunks.append(item)
    return Sql(chunks)


def _bind(arguments: list[Value], site: CallSite) -> Value:
    return Sql([Bound(argument(arguments, 0), argument(arguments, 1))])


sql = HostFunction(
    _tag,
    "sql",
    {
        "raw": method(_raw),
        "join": method(_join),
        "empty": method(lambda _arguments, _site: Sql([])),
        "fromList": method(_join),
        "identifier": method(lambda arguments, _site: SqlName(argument(arguments, 0))),
        "placeholder": method(lambda arguments, _site: Placeholder(argument(arguments, 0))),
        "param": method(_bind),
    },
)
