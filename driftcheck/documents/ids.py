"""Names that languages of drawings and addresses take, one for each thing."""

from __future__ import annotations

import re
from collections.abc import Container, Hashable

from .described import Key, shown

_UNWANTED = re.compile(r"[^A-Za-z0-9_]+")
_LONGEST = 60


class Ids:
    """The id of a table: its name where that is made of ASCII letters, digits and _, else what is left of it.

    Two tables never have one id, also where case is not told apart; `taken` are words that no id may be.
    """

    def __init__(self, taken: Container[str] = ()) -> None:
        self._taken = taken
        self._given: dict[Hashable, str] = {}
        self._used: set[str] = set()

    def __getitem__(self, key: Key) -> str:
        if key not in self._given:
            self._given[key] = self._free(_UNWANTED.sub("_", shown(key))[:_LONGEST])
        return self._given[key]

    def _free(self, word: str) -> str:
        if not word[:1].isalpha() or word.lower() in self._taken:
            word = f"t_{word.lstrip('_')}"
        number, free = 1, word
        while free.lower() in self._used:
            number += 1
            free = f"{word}_{number}"
        self._used.add(free.lower())
        return free
