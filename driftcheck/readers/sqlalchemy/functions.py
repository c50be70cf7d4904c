"""CREATE FUNCTION as alembic_utils has it: a signature and a definition."""

from __future__ import annotations

from typing import Any

from ...model import Function, Location
from ...sql import Stream, read_type, squeezed, tokens_of
from ...sql.arguments import read_argument
from ...sql.routines import read_options


def statement(text: str) -> Stream:
    """`text` as a stream, without the semicolons that may end it."""
    tokens = tokens_of(text)
    while len(tokens) > 1 and tokens[-2].word == ";":
        del tokens[-2]
    return Stream(tokens)


def signed(signature: str) -> tuple[str, Stream]:
    """The name that a signature begins with, which alembic_utils writes in quotes by itself, and what is behind it."""
    stream = Stream(tokens_of(signature))
    name = stream.identifier()
    token = stream.tokens[0]
    return (name if token.text.startswith(('"', "U&", "u&")) else token.text), stream


def parse_function(schema: str, signature: str, definition: str, location: Location) -> Function:
    """The function that `CREATE FUNCTION schema.signature definition` makes. Raises ValueError if it cannot tell."""
    name, head = signed(signature)
    start, end = head.skip_group()
    head.finish()
    arguments = [read_argument(part) for part in head.parts(start, end)]
    body = statement(definition)
    values: dict[str, Any] = {}
    if body.at("returns") and body.peek().word != "null":
        values["returns"] = _result(body)
    read_options(body, values)
    if "body" not in values:
        raise ValueError("it has no body")
    if "returns" not in values and not any(argument.mode in ("out", "inout") for argument in arguments):
        raise ValueError("it has no result")
    return Function(
        schema=schema,
        name=name,
        signature=tuple(argument.type.whole for argument in arguments if argument.mode != "out"),
        arguments=squeezed(head.cut(start, end)),
        location=location,
        **values,
    )


def _result(stream: Stream) -> str:
    stream.expect("returns")
    start = stream.pos
    if stream.accept("table"):
        stream.skip_group()
    else:
        stream.accept("setof")
        read_type(stream, parts=3)
        stream.accept("%", "type")
    return squeezed(stream.cut(start, stream.pos))
