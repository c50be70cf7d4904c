"""Which values a column may have, as far as an enum or a check lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Check, Column, Table
from ..sql.lexer import Lexer
from ..sql.tokens import END, QUOTED, STRING, WORD, Token
from .described import Described

#: A longer condition lists no values that anybody would read.
_LONGEST = 10_000
_FILLING = frozenset("()[],")


def allowed(described: Described) -> Iterator[tuple[Table, Column, tuple[str, ...]]]:
    """Columns with their values, table by table."""
    enums = {(enum.schema, enum.name): enum.values for enum in described.schema.enums}
    for table in described.tables:
        listed = dict(filter(None, (listing(check) for check in table.checks)))
        for column in table.columns:
            kind = column.type
            values = listed.get(column.name)
            if values is None and not kind.dimensions:
                values = enums.get((kind.schema or "public", kind.name))
            if values:
                yield table, column, values


def listing(check: Check) -> tuple[str, tuple[str, ...]] | None:
    """The column and the values of `column IN ('a', 'b')`, or of `column = ANY (ARRAY['a'::text, 'b'])`."""
    text = str(check.expression)
    if len(text) > _LONGEST:
        return None
    tokens = [one for one in _without_casts(text) if one.word not in ("(", ")")]
    if len(tokens) < 3 or tokens[0].kind not in (WORD, QUOTED):
        return None
    if [token.word for token in tokens[-4:]] == ["or", tokens[0].word, "is", "null"]:
        tokens = tokens[:-4]
    words = [token.word for token in tokens[1:4]]
    if words[:1] == ["in"]:
        rest = tokens[2:]
    elif words == ["=", "any", "array"]:
        rest = tokens[4:]
    else:
        return None
    values = [token.value for token in rest if token.kind == STRING]
    others = [token for token in rest if token.kind != STRING and token.word not in _FILLING]
    return (tokens[0].name, tuple(values)) if values and not others else None


def _without_casts(text: str) -> Sequence[Token]:
    """The tokens but for `::type`."""
    found: list[Token] = []
    lexer = Lexer(text)
    casting = False
    while (token := lexer.next()).kind != END:
        if token.word == "::":
            casting = True
        elif (
            casting
            and (token.kind in (WORD, QUOTED) or token.word in (".", "[", "]"))
            and token.word not in ("in", "any")
        ):
            continue
        else:
            casting = False
            found.append(token)
    return found
