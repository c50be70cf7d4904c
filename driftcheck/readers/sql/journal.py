"""Changes of the catalog, noted as they happen, so that they can be taken back.

PostgreSQL does a statement, a DO block and a transaction whole or not at all: what it refuses midway changes nothing. A
catalog's dictionaries (`Kept`, `Tally`) and entries (`Journaled`) write into one journal what they held before. Undoing
costs as much as was changed, not as much as there is; keys come back in their old places.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Journal:
    """What undoes the changes made so far, the newest last, and of which entry each was."""

    __slots__ = ("_marked", "_notes")

    def __init__(self) -> None:
        self._notes: list[tuple[Journaled | None, Callable[..., object], tuple[Any, ...]]] = []
        self._marked = 0

    @property
    def mark(self) -> int:
        """The present moment, to come back to."""
        self._marked = len(self._notes)
        return self._marked

    def note(self, owner: Journaled | None, undo: Callable[..., object], *arguments: Any) -> None:
        self._notes.append((owner, undo, arguments))

    def note_order(self, kept: Kept[Any, Any], noted: int) -> int:
        """Notes all that is in `kept`, from which a key goes: where it stood is known by the others alone.

        Once for all keys that go before anybody has a moment to come back to: `noted` is what this gave before.
        """
        notes = self._notes
        if self._marked <= noted < len(notes) and notes[noted][1] is _refill and notes[noted][2][0] is kept:
            return noted
        self.note(kept.owner, _refill, kept, dict(kept))
        return len(notes) - 1

    def undo(self, mark: int) -> None:
        """Takes back all that was changed since `mark`."""
        while len(self._notes) > mark:
            _, undo, arguments = self._notes.pop()
            undo(*arguments)
        self._marked = mark

    def forget(self) -> None:
        """Makes all changes so far final."""
        self._notes.clear()
        self._marked = 0

    def changed(self, mark: int) -> set[int]:
        """The `id` of every entry that was changed since `mark`."""
        return {id(owner) for owner, _, _ in self._notes[mark:] if owner is not None}

    def kept(self, value: Any, owner: Journaled | None = None) -> Any:
        """`value` as one whose own changes are noted here, as those of `owner`."""
        if type(value) is dict:
            return Kept(self, value, owner)
        if isinstance(value, Journaled):
            value.keep(self)
        return value


class Kept(dict[K, V]):
    """A dictionary that notes its changes, as those of the entry `owner` if it is part of one."""

    __slots__ = ("_journal", "_noted", "owner")

    def __init__(self, journal: Journal, items: dict[K, V] | None = None, owner: Journaled | None = None) -> None:
        super().__init__(items or {})
        self._journal, self.owner, self._noted = journal, owner, -1
        if owner is None:  # what is in an entry's dictionaries never changes itself
            for key, value in self.items():
                if (kept := journal.kept(value)) is not value:
                    super().__setitem__(key, kept)

    def __setitem__(self, key: K, value: V) -> None:
        journal = self._journal
        if key in self:
            journal.note(self.owner, dict.__setitem__, self, key, dict.__getitem__(self, key))
        else:
            journal.note(self.owner, dict.pop, self, key, None)  # it may have gone again, with others
        dict.__setitem__(self, key, journal.kept(value))

    def __delitem__(self, key: K) -> None:
        if key in self:
            self._noted = self._journal.note_order(self, self._noted)
        super().__delitem__(key)

    def __ior__(self, other: Any) -> Kept[K, V]:  # type: ignore[override,misc]  # of dictionaries alone
        self.update(other)
        return self

    def pop(self, key: K, *default: Any) -> Any:
        if key not in self:
            return super().pop(key, *default)
        value = self[key]
        del self[key]
        return value

    def setdefault(self, key: K, default: V) -> V:
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, other: dict[K, V]) -> None:  # type: ignore[override]  # of dictionaries alone
        for key, value in other.items():
            self[key] = value

    def clear(self) -> None:
        if not self:
            return
        self._journal.note(self.owner, _refill, self, dict(self))
        super().clear()


class Tally(Kept[K, int]):
    """A dictionary that counts: what is not in it is 0."""

    __slots__ = ()

    def __missing__(self, key: K) -> int:
        return 0


def _refill(kept: Kept[Any, Any], items: dict[Any, Any]) -> None:
    dict.clear(kept)
    dict.update(kept, items)


class Journaled:
    """An object of the catalog that changes in place, and notes it from the day it is in the catalog."""

    __slots__ = ("_journal",)
    _journal: Journal | None

    def __new__(cls, *_: Any, **__: Any) -> Self:
        made = object.__new__(cls)
        object.__setattr__(made, "_journal", None)
        return made

    def keep(self, journal: Journal) -> None:
        """From here on, changes are noted in `journal`."""
        if self._journal is None:
            for name in self.__dataclass_fields__:  # type: ignore[attr-defined]  # every entry is a dataclass
                if type(value := getattr(self, name)) is dict:
                    object.__setattr__(self, name, Kept(journal, value, self))
            object.__setattr__(self, "_journal", journal)

    def __setattr__(self, name: str, value: Any) -> None:
        journal = self._journal
        if journal is not None:
            journal.note(self, object.__setattr__, self, name, getattr(self, name))
            value = journal.kept(value, self)
        object.__setattr__(self, name, value)
