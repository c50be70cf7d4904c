"""An answer that is still true, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .inputs import Inputs, inputs
from .place import folder
from .secret import key as secret_key
from .store import Store
from .tree import top_of, tree


class Memory:
    """Answers to requests that are made in `root`; `key` says which (see `request_key`)."""

    def __init__(self, root: Path, key: str) -> None:
        self._root, self._key = root, key
        place = folder()
        secret = None if place is None else secret_key()
        self._store = None if place is None or secret is None else Store(place, secret)

    def answer(self, find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The answer that was kept, if all it depends on is as it was; else what `find` gives, which is kept then.

        An answer is a value that JSON can hold. Whatever `find` raises is raised, and kept by nobody.
        """
        names = tree(self._root)
        if self._store is None or names is None:
            return find()
        kept = _still_true(self._store.get(self._key), names, top_of(self._root))
        if kept is not None:
            return kept
        from .watch import watching  # not needed where an answer was kept

        with watching() as watch:
            answer = find()
        known = inputs(watch, top_of(self._root))
        if known is not None and tree(self._root) == names:
            self._store.put(self._key, {"tree": names, "inputs": known._asdict(), "answer": answer})
        return answer


def _still_true(entry: dict[str, Any] | None, names: str, top: str) -> dict[str, Any] | None:
    """The answer in `entry`, if it holds; an entry that lacks something is none."""
    try:
        if entry is None or entry["tree"] != names or not Inputs(**entry["inputs"]).hold(top):
            return None
        answer: dict[str, Any] = entry["answer"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return answer if isinstance(answer, dict) else None
