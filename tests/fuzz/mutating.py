"""Texts that are nearly what somebody would write: tokens swapped, cut, doubled and spliced, and some that do harm."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

_TOKEN = re.compile(r"\s+|\w+|'[^'\n]*'|\"[^\"\n]*\"|\$\w*\$|.", re.DOTALL)
_MINUTES = float(os.environ.get("DRIFTCHECK_FUZZ_MINUTES", "0"))

#: What is no token of a good text, or is one at another place. No bytes: each is a text that UTF-8 can write.
HARM = (
    *"()[]{}'\"`;,:\\@#$/*<>-=",
    "/*", "*/", "--", "//", "$$", "${", "`", "''", "\\n", "\\u0000", "\0", "\r", "\x1b[31m", "\u202e", "\u2028", "é",
    "😀", "\n::error file=a.sql::x\n", "##[error]x", "\n\\! touch TOUCHED\n", "\n\\i /etc/passwd\n",
    "'; DROP TABLE keepsake; --", "null", "true", "0", "-1", "1e999", "9" * 400, "NaN", "Infinity", "0x", "1_000",
    "{}", "[]", "../../../etc/passwd", "x" * 5_000, "(" * 2_000, "[" * 2_000, "{" * 2_000, "a." * 2_000, "\n" * 2_000,
    "CASE WHEN ", "SELECT ", "constructor", "__proto__", "prototype", "toString", "public", "pg_catalog",
    "NOT ", "DEFAULT ", "NULL ",
)  # fmt: skip


def tries(count: int) -> Iterator[tuple[str, Random]]:
    """Each try's chance, and the words that repeat it: `count` of them, or as many as the minutes asked for allow."""
    first = int(os.environ.get("DRIFTCHECK_FUZZ_SEED", "0")) or (Random().randrange(10**9) if _MINUTES else 1)
    end = time.monotonic() + _MINUTES * 60
    number = 0
    while number < count or time.monotonic() < end:
        seed = first + number
        yield f"DRIFTCHECK_FUZZ_SEED={seed}", Random(seed)
        number += 1


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def mutated(text: str, others: Sequence[str], chance: Random) -> str:
    """`text` with one to four changes; what is spliced into it comes of `others`."""
    found = tokens(text)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        change = chance.choices(_CHANGES, _WEIGHTS)[0]
        found = change(found, others, chance) if found else tokens(chance.choice(others))
    return "".join(found)[:100_000]


def odd(text: str, chance: Random) -> str:
    """`text`, JSON, with a value at some place that nobody would write there."""
    document = json.loads(text)
    *above, last = chance.choice(_places(document)[1:])
    inner = document
    for key in above:
        inner = inner[key]
    inner[last] = _any(chance)
    return json.dumps(document, indent=1)


def _any(chance: Random, depth: int = 0) -> object:
    """A value of JSON."""
    kind = chance.randrange(8 if depth < 3 else 6)
    if kind == 6:
        return [_any(chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind == 7:
        return {chance.choice(("a", "name", "schema", "kind", "")): _any(chance, depth + 1) for _ in range(3)}
    return (None, True, chance.randrange(-(10**20), 10**20), chance.random() * 10, "", "text; DROP TABLE keepsake")[
        kind
    ]


def _places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in items for place in _places(inner, (*path, key)))]


_Tokens = list[str]


def _span(found: _Tokens, chance: Random, most: int) -> tuple[int, int]:
    start = chance.randrange(len(found))
    return start, start + chance.randint(1, most)


def _words(found: _Tokens) -> list[int]:
    return [at for at, token in enumerate(found) if not token.isspace()] or [0]


def _swap(found: _Tokens, _others: Sequence[str], chance: Random) -> _Tokens:
    """Two tokens in each other's place: any two, or two neighbours."""
    words = _words(found)
    at = chance.randrange(len(words))
    first, second = words[at], words[(at + 1) % len(words)] if chance.random() < 0.5 else chance.choice(words)
    found[first], found[second] = found[second], found[first]
    return found


def _cut(found: _Tokens, _others: Sequence[str], chance: Random) -> _Tokens:
    start, end = _span(found, chance, 12)
    return found[:start] + found[end:]


def _end(found: _Tokens, _others: Sequence[str], chance: Random) -> _Tokens:
    return found[: chance.randrange(len(found))]


def _double(found: _Tokens, _others: Sequence[str], chance: Random) -> _Tokens:
    start, end = _span(found, chance, 40)
    return found[:start] + found[start:end] * chance.choice((2, 2, 2, 3, 50)) + found[end:]


def _splice(found: _Tokens, others: Sequence[str], chance: Random) -> _Tokens:
    other = tokens(chance.choice(others))
    start, end = _span(other, chance, 60) if other else (0, 0)
    at = chance.randrange(len(found))
    return found[:at] + other[start:end] + found[at:]


def _replace(found: _Tokens, others: Sequence[str], chance: Random) -> _Tokens:
    """One token for another that the language has."""
    other = tokens(chance.choice(others)) or [""]
    found[chance.choice(_words(found))] = other[chance.choice(_words(other))]
    return found


def _harm(found: _Tokens, _others: Sequence[str], chance: Random) -> _Tokens:
    """A piece of HARM at a token's place, or within it."""
    at = chance.randrange(len(found))
    within = chance.randint(0, len(found[at]))
    found[at] = found[at][:within] + chance.choice(HARM) + found[at][within:]
    return found


_CHANGES: tuple[Callable[[_Tokens, Sequence[str], Random], _Tokens], ...] = (
    _swap, _cut, _end, _double, _splice, _replace, _harm,
)  # fmt: skip
_WEIGHTS = (4, 4, 1, 3, 3, 4, 3)
