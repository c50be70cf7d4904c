"""An answer that is still true, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .inputs import inputs, unchanged
from .place import folder
from .store import Store
from .tree import top_of, tree
from .watch import watching


class Memory:
    """Answers to requests that are made in `root`; `key` says which (see `request_key`)."""

    def __init__(self, root: Path, key: str) -> None:
        self._root, self._key = root, key
        place = folder()
        self._store = None if place is None else Store(place)

    def answer(self, find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The answer that was kept, if all it depends on is as it was; else what `find` gives, which is kept then.

        An answer is a value that JSON can hold. Whatever `find` raises is raised, and kept by nobody.
        """
        names = tree(self._root)
        if self._store is None or names is None:
            return find()
        entry = self._store.get(self._key)
        if entry is not None and entry.get("tree") == names and unchanged(entry["inputs"]):
            kept: dict[str, Any] = entry["answer"]
            return kept
        with watching() as watch:
            answer = find()
        known = inputs(watch, top_of(self._root))
        if known is not None and tree(self._root) == names:
            self._store.put(self._key, {"tree": names, "inputs": known, "answer": answer})
        return answer
