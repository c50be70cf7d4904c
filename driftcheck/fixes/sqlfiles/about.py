"""Which object a statement of a file is about, if it is about one alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...sql import Token

_SKIPPED = frozenset({"only", "if", "not", "exists", "concurrently"})
#: Kinds of objects that share their names with tables.
_RELATIONS = frozenset({"table", "view", "sequence", "index", "foreign"})
_TYPES = frozenset({"type", "domain"})
#: What is on a table: `… name ON table`.
_ON_TABLES = frozenset({"index", "policy", "trigger", "constraint", "rule"})


class Subject(NamedTuple):
    """`kind` is "relation", "type" or another word of the statement's own. `at` is the position of the name's token."""

    kind: str
    schema: str | None
    name: str
    at: int

    def is_of(self, kind: str, schema: str, name: str) -> bool:
        """Whether it is that object; a name without a schema is in public."""
        return (self.kind, self.name) == (kind, name) and (self.schema or "public") == schema


def subject(tokens: Sequence[Token]) -> Subject | None:
    """What a statement changes, comments on, fills or grants; None if that is not one thing, or not understood."""
    words = [token.word for token in tokens]
    if words[:2] == ["insert", "into"]:
        return _named(tokens, 2, "relation")
    if words[0] in ("grant", "revoke"):
        return _granted(tokens, words)
    if words[0] not in ("create", "alter", "comment"):
        return None
    start = 2 if words[:2] == ["comment", "on"] else 1
    kind = next((word for word in words[start : start + 3] if word in _ON_TABLES), "")
    if kind and not (kind == "index" and words[0] != "create"):
        return _named(tokens, words.index("on", start) + 1, "relation") if "on" in words[start:] else None
    if words[0] == "create":
        return None
    at = start + (2 if words[start] in ("foreign", "materialized") else 1)
    if words[start] == "column":
        return _named(tokens, at, "relation", column=True)
    kind = "relation" if words[start] in (*_RELATIONS, "materialized") else words[start]
    return _named(tokens, at, "type" if kind in _TYPES else kind)


def _granted(tokens: Sequence[Token], words: Sequence[str]) -> Subject | None:
    if "on" not in words:
        return None
    at = words.index("on") + 1
    kind = words[at] if words[at] in (*_RELATIONS, *_TYPES, "function", "schema", "all", "foreign") else ""
    found = _named(tokens, at + bool(kind), "type" if kind in _TYPES else "relation" if kind in ("", "table") else kind)
    if found is None or kind in ("all", "foreign") or words[found.at + 1] not in ("to", "from"):
        return None
    return found


def _named(tokens: Sequence[Token], at: int, kind: str, *, column: bool = False) -> Subject | None:
    while tokens[at].word in _SKIPPED:
        at += 1
    path = [at]
    while len(tokens) > path[-1] + 2 and tokens[path[-1] + 1].word == ".":
        path.append(path[-1] + 2)
    if column:
        path.pop()
    if not path or len(path) > 2 or not all(tokens[one].is_name for one in path):
        return None
    return Subject(kind, tokens[path[0]].name if len(path) > 1 else None, tokens[path[-1]].name, path[-1])
