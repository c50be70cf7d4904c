"""Bodies that are SQL of their own, RETURN … and BEGIN ATOMIC … END: the server stores their meaning."""

from __future__ import annotations

from ..model import Expression, Function
from ..sql import SqlError, Stream, read_type
from .expressions import Site, statement, value
from .known import Columns, Known
from .results import arguments_of
from .types import canonical_type


class Spelled(str):
    """A text that equals another in the same canonical form."""

    __slots__ = ("canonical",)

    canonical: str

    def __new__(cls, text: str, canonical: str) -> Spelled:
        made = super().__new__(cls, text)
        made.canonical = canonical
        return made

    def __reduce__(self) -> tuple[type[Spelled], tuple[str, str]]:
        return Spelled, (str(self), self.canonical)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Spelled):
            return self.canonical == other.canonical
        return str.__eq__(self, other) if isinstance(other, str) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.canonical)


def canonical_body(function: Function, known: Known) -> str:
    """The body, compared by what it means if it is SQL of its own."""
    body = function.body.replace("\r\n", "\n").strip()
    try:
        stream = Stream.of(body)
        if not (stream.at("return") or stream.at("begin", "atomic")):
            return body
        site = Site.of_function(known, function.name, _arguments(function, known))
        if stream.accept("return"):
            return Spelled(body, "return " + value(Expression(stream.until()), site).canonical)
        if stream.accept("begin", "atomic"):
            parts = [part.until() for part in stream.parts(stream.pos, len(stream.tokens) - 2, separator=";")]
            found = (statement(Expression(text), site).canonical for text in parts if text)
            return Spelled(body, "; ".join(found))
    except SqlError:
        pass
    return body


def _arguments(function: Function, known: Known) -> Columns:
    """Every argument by its name, or by its number as `$1`. Raises SqlError."""
    found = []
    for number, one in enumerate(arguments_of(function.arguments), 1):
        type_ = known.base(canonical_type(read_type(one.type, parts=3), known.types))
        found.append((one.name or f"${number}", type_))
    return tuple(found)
