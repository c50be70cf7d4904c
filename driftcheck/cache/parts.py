"""What parts of a check came to, each kept for itself until anything that it depends on changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .inputs import Inputs, Seen, inputs
from .key import request_key, surroundings
from .place import folder
from .secret import key as secret_key
from .store import Store
from .tree import top_of
from .watch import Watch, part, unwatched

if TYPE_CHECKING:
    from collections.abc import Collection

#: How many parts are kept in memory.
_MOST = 50


class Kept(NamedTuple):
    """A value, what it depends on, and how many bytes of files were read for it."""

    value: Any
    inputs: Inputs
    taken: int


class Parts:
    """Parts that were kept. `allowed` are the modules whose dataclasses their values are made of (see `packing`)."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        self.memory: dict[str, Kept] = {}
        with unwatched():
            place = folder()
            secret = None if place is None else secret_key()
        self.store = None if place is None or secret is None else Store(place, secret)

    def round(self, root: Path, pretended: Collection[str] = ()) -> Round:
        """The parts of one check in `root`. What depends on one of the paths `pretended` is not as it is on disk."""
        return Round(self, root, pretended)

    def remember(self, key: str, kept: Kept) -> None:
        self.memory.pop(key, None)
        self.memory[key] = kept
        while len(self.memory) > _MOST:
            del self.memory[next(iter(self.memory))]


class Round:
    """The parts of one check: what the file system says to several of them is asked once."""

    def __init__(self, parts: Parts, root: Path, pretended: Collection[str]) -> None:
        self.parts, self.root, self.pretended = parts, root, frozenset(pretended)
        self.seen = Seen()
        with unwatched():
            self.top = top_of(root)
            self._around = surroundings(root)

    def part(self, words: Mapping[str, object]) -> Part:
        """The part that `words` spell out: all that it depends on beside files."""
        return Part(self, request_key(self.root, words, self._around))


class Part:
    """One part in one check."""

    def __init__(self, round_: Round, key: str) -> None:
        self._round, self._key = round_, key
        self._watch: Watch | None = None

    def kept(self) -> Kept | None:
        """What was kept, if all that it depends on is as it was."""
        parts = self._round.parts
        with unwatched():
            found = parts.memory.get(self._key)
            if found is None or not self._holds(found.inputs):
                found = self._from_disk()
        if found is not None:
            parts.remember(self._key, found)
            part(found.inputs)
        return found

    def _holds(self, known: Inputs) -> bool:
        if not self._round.pretended.isdisjoint(known.contents):
            return False
        return known.hold(self._round.top, self._round.seen)

    def _from_disk(self) -> Kept | None:
        parts = self._round.parts
        data = None if parts.store is None else parts.store.read(self._name)
        if data is None:
            return None
        head, _, body = data.partition(b"\n")
        try:
            facts = json.loads(head)
            known = Inputs(**facts["inputs"])
            if not self._holds(known):
                return None
            from .packing import unpack  # not needed where nothing is kept

            return Kept(unpack(body, parts.allowed), known, int(facts["taken"]))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            return None

    @property
    def _name(self) -> str:
        return f"{self._key}.part"

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What is looked at inside the block is what the part depends on; there may be several blocks."""
        if self._watch is None:
            self._watch = Watch()
        with self._watch.on():
            yield

    def keep(self, value: Any, taken: int) -> None:
        """Keeps `value` under all that was looked at, unless that is not known, or has changed since."""
        assert self._watch is not None
        with unwatched():
            known = inputs(self._watch, self._round.top)
            if known is not None:
                self._put(Kept(value, known, taken))
        part(known)

    def _put(self, kept: Kept) -> None:
        parts = self._round.parts
        parts.remember(self._key, kept)
        if parts.store is not None:
            from .packing import pack

            head = json.dumps({"inputs": kept.inputs._asdict(), "taken": kept.taken}).encode()
            parts.store.write(self._name, head + b"\n" + pack(kept.value))
