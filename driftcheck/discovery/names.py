"""What to call sources so that they can be told apart: by their kind, and several of one kind by where they are."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence

from .found import Candidate

_LETTERS = re.compile(r"[^\w.-]+", re.ASCII)


def names(taken: Sequence[Candidate]) -> list[str]:
    """A name for each of `taken`, all different."""
    kinds = Counter(one.kind for one in taken)
    used: set[str] = set()
    found = []
    for one in taken:
        offered = [one.kind] if kinds[one.kind] == 1 else _offers(one)
        name = next((name for name in offered if name and name not in used), None)
        number = 2
        while name is None:
            name = f"{one.kind}-{number}" if f"{one.kind}-{number}" not in used else None
            number += 1
        used.add(name)
        found.append(name)
    return found


def _offers(one: Candidate) -> list[str]:
    """The word for it, then with the folders above: `schema`, `db-schema`, `backend-db-schema`."""
    words = [word for word in posixpath.dirname(one.location.partition(":")[0]).split("/") if word]
    last = _LETTERS.sub("-", one.word).strip("-.")
    offers = [last]
    while words:
        last = f"{_LETTERS.sub('-', words.pop()).strip('-.')}-{last}".strip("-")
        offers.append(last)
    return offers
