"""Pieces of the SQL of entities: names, lists, clauses in parentheses."""

from __future__ import annotations

import re
from typing import Any

from ...model.identifiers import fold
from .parentheses import closing

_ORDER = ("insert", "delete", "update", "truncate")
_CLAUSE = re.compile(r"(?is)\s*(?P<word>USING|WITH\s+CHECK)\s*\(")


def identifier(word: str, *, quoted: bool = False) -> str:
    """A name as PostgreSQL stores it; with `quoted`, one that alembic_utils writes in quotes by itself."""
    word = word.strip()
    if word.startswith('"') and word.endswith('"') and len(word) > 1:
        return word[1:-1].replace('""', '"')
    return word if quoted else fold(word)


def dotted(word: str) -> tuple[str | None, str, str]:
    """`schema.name` as (schema, dot, name)."""
    parts = re.findall(r'"(?:[^"]|"")+"|[^.]+', word.strip())
    if len(parts) > 1:
        return identifier(parts[-2]), ".", identifier(parts[-1])
    return None, "", identifier(parts[0]) if parts else ""


def qualified(word: str, schema: str) -> tuple[str, str]:
    """`word` as (schema, name); `schema` is the one that is meant without one."""
    found, _, name = dotted(word)
    return found or schema, name


def split(words: str) -> list[str]:
    """`words` cut at commas that are in no parentheses, quotes or brackets."""
    parts, depth, quote, current = [], 0, "", ""
    for character in words:
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        if character == "," and depth == 0 and not quote:
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip() for part in [*parts, current] if part.strip()]


def clauses(words: str) -> dict[str, str]:
    """The conditions of a policy: `using` and `check`. Raises ValueError if there is more in `words`."""
    found: dict[str, str] = {}
    while words.strip():
        match = _CLAUSE.match(words)
        if match is None:
            raise ValueError(f"its definition goes on with {words.strip()[:30]!r}")
        end = closing(words, match.end() - 1)
        found["using" if match["word"].upper() == "USING" else "check"] = words[match.end() : end].strip()
        words = words[end + 1 :]
    return found


def events(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The events of a trigger in PostgreSQL's order, and the columns of UPDATE OF."""
    found: set[str] = set()
    columns: tuple[str, ...] = ()
    for part in re.split(r"(?i)\s+OR\s+", words.strip()):
        word, _, rest = part.strip().partition(" ")
        if word.lower() not in _ORDER:
            raise ValueError(f"{word!r} is not an event")
        found.add(word.lower())
        if listed := re.match(r"(?is)\s*OF\s+(.*)", rest):
            columns = tuple(identifier(column) for column in split(listed[1]))
    return tuple(event for event in _ORDER if event in found), columns


def trigger_options(words: str) -> dict[str, Any]:
    """What is between a trigger's table and its function. Raises ValueError for what has no room here."""
    options: dict[str, Any] = {
        "row": False,
        "when": None,
        "deferrable": False,
        "deferred": False,
        "old": None,
        "new": None,
    }
    rest = words.strip()
    if match := re.search(r"(?i)\bWHEN\s*\(", rest):
        end = closing(rest, match.end() - 1)
        options["when"] = rest[match.end() : end].strip()
        rest = rest[: match.start()] + rest[end + 1 :]
    for name, pattern in (
        ("old", r"(?i)\bOLD\s+TABLE\s+(?:AS\s+)?([\w\"]+)"),
        ("new", r"(?i)\bNEW\s+TABLE\s+(?:AS\s+)?([\w\"]+)"),
    ):
        if match := re.search(pattern, rest):
            options[name] = identifier(match[1])
            rest = rest[: match.start()] + rest[match.end() :]
    options["row"] = re.search(r"(?i)\bFOR\s+(?:EACH\s+)?ROW\b", rest) is not None
    options["deferred"] = re.search(r"(?i)\bINITIALLY\s+DEFERRED\b", rest) is not None
    options["deferrable"] = options["deferred"] or re.search(r"(?i)(?<!NOT )\bDEFERRABLE\b", rest) is not None
    known = r"(?i)\b(FOR|EACH|ROW|STATEMENT|NOT|DEFERRABLE|INITIALLY|DEFERRED|IMMEDIATE|REFERENCING)\b"
    if left := re.sub(known, "", rest).strip():
        raise ValueError(f"its definition holds {left[:30]!r}")
    return options
