"""What to call sources so that they can be told apart: by their kind, and several of one kind by where they are."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_LETTERS = re.compile(r"[^\w.-]+", re.ASCII)


def names(sources: Sequence[tuple[str, str, str]], taken: Iterable[str] = ()) -> list[str]:
    """A name for each of `sources` (kind, location, the word for it beside others of its kind), all different.

    None of them is one of `taken`.
    """
    kinds = Counter(kind for kind, _, _ in sources)
    used = set(taken)
    found = []
    for kind, location, word in sources:
        offered = [kind] if kinds[kind] == 1 else _offers(location, word)
        name = next(name for name in (*offered, *_numbered(kind, len(used))) if name and name not in used)
        used.add(name)
        found.append(name)
    return found


def word_of(location: str) -> str:
    """The word for a source by its location alone: `schema` of `db/schema.sql`, `app.models` of `app.models:Base`."""
    if "://" in location or location.startswith("$"):
        return ""  # It may hold a password.
    module, colon, _ = location.partition(":")
    return module if colon else posixpath.splitext(posixpath.basename(location.rstrip("/")))[0]


def _offers(location: str, word: str) -> list[str]:
    """The word, then with the folders above: `schema`, `db-schema`, `backend-db-schema`."""
    last = _LETTERS.sub("-", word).strip("-.")
    if not last:
        return []
    words = [word for word in posixpath.dirname(location.partition(":")[0]).split("/") if word]
    offers = [last]
    while words:
        last = f"{_LETTERS.sub('-', words.pop()).strip('-.')}-{last}".strip("-")
        offers.append(last)
    return offers


def _numbered(kind: str, used: int) -> Iterator[str]:
    yield from (f"{kind}-{number}" if number > 1 else kind for number in range(1, used + 2))
