"""What a piece of SQL text refers to, as far as the order of statements needs to know it.

No parser: a table may be called what a column is called elsewhere. So each reference is either certain (it stands where
only a relation, a function or a type can) or possible, and `order` gives up possible ones first where both cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ...model import fold

_TOKEN = re.compile(
    r"""
      (?P<skip> --[^\n]* | /\*.*?\*/ | \s+ )
    | (?P<string> [eE]'(?:[^'\\]|''|\\.)*' | '(?:[^']|'')*' | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ )
    | (?P<name> (?:"(?:[^"]|"")+"|[^\W\d][\w$]*) (?:\s*\.\s*(?:"(?:[^"]|"")+"|[^\W\d][\w$]*))* )
    | (?P<other> ::|. )
    """,
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r'"(?:[^"]|"")+"|[^\W\d][\w$]*')
#: Words behind which only a relation can stand.
_BEFORE_RELATION = frozenset({"from", "join", "into", "update", "only", "table"})
#: Words behind which only a type can stand.
_BEFORE_TYPE = frozenset({"::", "setof", "returns"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: its parts as PostgreSQL stores them, and what it can mean.

    "any" is a column, an alias, a keyword, or something else after all; so nothing certain.
    """

    parts: tuple[str, ...]
    role: Literal["relation", "function", "type", "any"]

    @property
    def certain(self) -> bool:
        return self.role != "any"


def mentions(sql: str) -> Iterator[Mention]:
    """Every name in `sql`, and every string that is cast to a regclass or its like."""
    tokens = [match for match in _TOKEN.finditer(sql) if match.lastgroup != "skip" and match["skip"] is None]
    for position, token in enumerate(tokens):
        before = tokens[position - 1].group().lower() if position else ""
        after = tokens[position + 1].group() if position + 1 < len(tokens) else ""
        if token["name"] is not None:
            yield Mention(_parts(token["name"]), _role(before, after))
        elif token["string"] is not None and after == "::" and position + 2 < len(tokens):
            cast = tokens[position + 2].group().lower()
            if cast in ("regclass", "regproc", "regprocedure", "regtype"):
                role: Literal["relation", "function", "type"] = (
                    "relation" if cast == "regclass" else "type" if cast == "regtype" else "function"
                )
                yield Mention(_parts(token["string"].strip("'")), role)


def _role(before: str, after: str) -> Literal["relation", "function", "type", "any"]:
    if before in _BEFORE_RELATION:
        return "function" if after == "(" else "relation"
    if before in _BEFORE_TYPE:
        return "type"
    return "function" if after == "(" else "any"


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part[1:-1].replace('""', '"') if part.startswith('"') else fold(part) for part in _PART.findall(name))
