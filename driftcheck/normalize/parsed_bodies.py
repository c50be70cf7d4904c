"""Bodies that are SQL of their own, RETURN … and BEGIN ATOMIC … END: the server stores their meaning."""

from __future__ import annotations

from ..model import Expression
from ..sql import SqlError, Stream
from .expressions import Site, query, value
from .known import Known


class Spelled(str):
    """A text that equals another in the same canonical form."""

    __slots__ = ("canonical",)

    canonical: str

    def __new__(cls, text: str, canonical: str) -> Spelled:
        made = super().__new__(cls, text)
        made.canonical = canonical
        return made

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Spelled):
            return self.canonical == other.canonical
        return str.__eq__(self, other) if isinstance(other, str) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.canonical)


def canonical_body(body: str, known: Known) -> str:
    """`body`, compared by what it means if it is SQL of its own."""
    try:
        stream = Stream.of(body)
        if stream.accept("return"):
            return Spelled(body, "return " + value(Expression(stream.until()), Site(known)).canonical)
        if stream.accept("begin", "atomic"):
            parts = [part.until() for part in stream.parts(stream.pos, len(stream.tokens) - 2, separator=";")]
            found = (query(Expression(text), known)[0].canonical for text in parts if text)
            return Spelled(body, "; ".join(found))
    except SqlError:
        pass
    return body
