"""The arguments of functions and procedures: `[mode] [name] type [DEFAULT value]`.

`func_arg` in src/backend/parser/gram.y; https://www.postgresql.org/docs/current/sql-createfunction.html
"""

from __future__ import annotations

from typing import Generic, TypeVar

from ..frozen import dataclass
from ..model.identifiers import RESERVED
from .errors import SqlError
from .stream import Stream
from .types import read_type

S = TypeVar("S", bound=Stream)


@dataclass(frozen=True, slots=True)
class Argument(Generic[S]):
    """`mode` is in, out, inout or variadic. `type` and `default` are streams of what is there.

    Where a name and a type could be one type (`double precision`), they are.
    """

    mode: str
    name: str | None
    type: S
    default: S | None


def read_argument(stream: S) -> Argument[S]:
    """The argument that is all of the rest of `stream`; raises what the stream raises if it has no type."""
    mode = _mode(stream)
    start, end = stream.skip_until("default", "=", ":=")
    default = None if stream.done else stream.part(end + 1, len(stream.tokens) - 1)
    type_, name = stream.part(start, end), None
    if not _is_type(type_):
        type_.pos = 0
        if type_.word in RESERVED:
            raise type_.unexpected("a type was expected")
        name, mode = type_.identifier(), mode or _mode(type_)
        type_ = type_.part(type_.pos, len(type_.tokens) - 1)
    if type_.done:
        raise type_.unexpected("a type was expected")
    return Argument(mode or "in", name, type_, default)


def _mode(stream: Stream) -> str:
    mode = stream.accept_any("in", "out", "inout", "variadic")
    return "inout" if mode == "in" and stream.accept("out") else mode


def _is_type(stream: S) -> bool:
    whole = stream.part(0, len(stream.tokens) - 1)
    whole.accept("setof")
    try:
        read_type(whole, parts=3)
    except SqlError:
        return False
    whole.accept("%", "type")
    return whole.done
