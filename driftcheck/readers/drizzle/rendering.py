"""From Drizzle's SQL values to text, with every parameter written as a literal.

drizzle-kit prints a comparison's value as `$1` in some places, which no DDL can hold; here it is always what the schema
means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from ...budget import Budget
from ...frozen import dataclass
from ...model import Expression
from ...typescript.runtime.values import UNDEFINED, HostObject, JsArray, JsFunction, JsObject, Unknown, Value
from .literals import NotKnown, identifier, literal, take
from .sql import Bound, SqlObject, Text

#: SQL nests no deeper in any schema; beyond it an `append` of itself is at work.
_DEPTH = 200
#: Bytes that a chunk takes while it is rendered.
_CHUNK = 50


Result = TypeVar("Result")


@dataclass(slots=True)
class Renderer:
    """`bare` writes columns without their table: in checks, index keys and generated columns there is only one."""

    budget: Budget
    bare: bool = False
    depth: int = 0

    def render(self, chunk: Value) -> str:
        """One chunk of SQL. Raises NotKnown."""
        take(self.budget, _CHUNK)
        if isinstance(chunk, Text):
            return chunk.sql
        if isinstance(chunk, SqlObject):
            return self._nested(chunk)
        if isinstance(chunk, Bound):
            return self._bound(chunk)
        if chunk is UNDEFINED:
            return ""
        if isinstance(chunk, JsArray):
            return "(" + self.join(chunk, ", ") + ")"
        if isinstance(chunk, JsObject) and "getSQL" in chunk:
            raise NotKnown(Unknown("an object of the project's own is used in SQL"))
        if isinstance(chunk, HostObject | JsFunction) and not hasattr(chunk, "to_iso_string"):
            raise NotKnown(Unknown(f"a {type(chunk).__name__} is used in SQL"))
        return literal(chunk, self.budget)

    def join(self, chunks: Iterable[Value], separator: str = "") -> str:
        """Chunks in a row. Raises NotKnown."""
        texts = list(map(self.render, chunks))
        take(self.budget, sum(map(len, texts)))
        return separator.join(texts)

    def identifier(self, name: Value) -> str:
        if isinstance(name, Unknown):
            raise NotKnown(name)
        return identifier(str(name))

    def _nested(self, chunk: SqlObject) -> str:
        return self.deeper(lambda: chunk.render(self))

    def deeper(self, render: Callable[[], Result]) -> Result:
        """One level further down. Raises NotKnown where there may be none."""
        self.depth += 1
        if self.depth > _DEPTH:
            raise NotKnown(Unknown("SQL contains itself"))
        try:
            return render()
        except RecursionError:
            raise NotKnown(Unknown("SQL contains itself")) from None
        finally:
            self.depth -= 1

    def _bound(self, bound: Bound) -> str:
        value = bound.value
        if isinstance(value, SqlObject):
            return self.render(value)
        encode = getattr(bound.encoder, "encode", None)
        if encode is not None and value is not None:
            value = encode(value, self.budget)
            if isinstance(value, SqlObject):
                return self.render(value)
        return literal(value, self.budget)


def expression(value: Value, budget: Budget, *, bare: bool = False) -> Expression:
    """`value` as an expression of the model. Raises NotKnown."""
    return Expression(Renderer(budget, bare).render(value).strip())
