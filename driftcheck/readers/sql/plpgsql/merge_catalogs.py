"""Catalogs of which one is the database's and nobody knows which: what they agree on, and what is in doubt.

A branch that may or may not be taken leaves two catalogs. Merged, they are one again, in which every object that only
one of them has is marked by `EXISTENCE` in its `unknown`, and every field in which they differ by the field's name. The
mark stays with the object through renames and changes, and goes with it when a later statement drops it for certain.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from ....model import Located
from ..catalog import Catalog
from ..entries import EXISTENCE, Relation, SequenceEntry, TableEntry, ViewEntry

K = TypeVar("K")
T = TypeVar("T", bound=Located)

#: The fields of a table's entry that are facts by themselves, not collections of objects.
_OF_TABLE = (
    "row_security", "force_row_security", "comment", "partition_by", "partition_of", "inherits", "of_type", "unlogged",
    "options", "tablespace", "opaque",
)  # fmt: skip


def merge(catalog: Catalog, others: Sequence[Catalog]) -> bool:
    """Makes `catalog` what is certain if it or one of `others` is right; whether that put anything in doubt."""
    doubts = [_Merge(catalog, other).run() for other in others]
    return any(doubts)


class _Merge:
    """Merges `theirs` into `mine`."""

    def __init__(self, mine: Catalog, theirs: Catalog) -> None:
        self.mine, self.theirs, self.doubted = mine, theirs, False

    def run(self) -> bool:
        mine, theirs = self.mine, self.theirs
        self._relations()
        for name in ("namespaces", "types", "functions", "extensions", "roles"):
            self._update(getattr(mine, name), getattr(theirs, name))
        for name in ("policies", "triggers"):
            a, b = getattr(mine, name), getattr(theirs, name)
            for key in {**a, **b}:
                self._update(a.setdefault(key, {}), b.get(key, {}))
        self.doubted |= mine.opaque.keys() != theirs.opaque.keys()
        mine.opaque.update({key: item for key, item in theirs.opaque.items() if key not in mine.opaque})
        mine.unite(theirs)
        return self.doubted

    def _update(self, mine: dict[K, T], theirs: Mapping[K, T]) -> None:
        for key, item in list(mine.items()):
            other = theirs.get(key)
            merged = self._one(item) if other is None else self._both(item, other)
            if merged is not item:
                mine[key] = merged
        for key, item in theirs.items():
            if key not in mine:
                mine[key] = self._one(item)

    def _both(self, mine: T, theirs: T) -> T:
        """What both catalogs have under one name."""
        if mine is theirs:
            return mine
        if type(mine) is not type(theirs):
            return self._one(mine)
        fields = {
            item.name
            for item in dataclasses.fields(mine)
            if item.compare and getattr(mine, item.name) != getattr(theirs, item.name)
        }
        unknown = mine.unknown | theirs.unknown
        self.doubted |= not fields <= unknown
        return dataclasses.replace(mine, unknown=unknown | fields) if unknown | fields else mine

    def _one(self, item: T) -> T:
        """What only one of the catalogs has."""
        if EXISTENCE in item.unknown:
            return item
        self.doubted = True
        return dataclasses.replace(item, unknown=item.unknown | {EXISTENCE})

    def _relations(self) -> None:
        mine, theirs = self.mine.relations, self.theirs.relations
        for key, entry in mine.items():
            other = theirs.get(key)
            if other is entry:
                continue
            if other is None or type(entry) is not type(other):
                self._lone(entry)
            elif isinstance(entry, TableEntry) and isinstance(other, TableEntry):
                self._table(entry, other)
            elif isinstance(entry, ViewEntry) and isinstance(other, ViewEntry):
                entry.view = self._both(entry.view, other.view)
                entry.reads |= other.reads
                entry.starred &= other.starred
                self._update(entry.indexes, other.indexes)
            elif isinstance(entry, SequenceEntry) and isinstance(other, SequenceEntry):
                entry.sequence = self._both(entry.sequence, other.sequence)
        for key, entry in theirs.items():
            if key not in mine:
                self._lone(entry)
                mine[key] = entry

    def _lone(self, entry: Relation) -> None:
        """The entry of an index is its name alone: the index itself is in its table's."""
        if isinstance(entry, TableEntry):
            self.doubted |= EXISTENCE not in entry.unknown
            entry.unknown |= {EXISTENCE}
        elif isinstance(entry, ViewEntry):
            entry.view = self._one(entry.view)
        elif isinstance(entry, SequenceEntry):
            entry.sequence = self._one(entry.sequence)

    def _table(self, mine: TableEntry, theirs: TableEntry) -> None:
        self._update(mine.columns, theirs.columns)
        self._update(mine.constraints, theirs.constraints)
        self._update(mine.indexes, theirs.indexes)
        fields = {name for name in _OF_TABLE if self._value(mine, name) != self._value(theirs, name)}
        mine.unknown |= theirs.unknown
        self.doubted |= not fields <= mine.unknown
        mine.unknown |= fields

    @staticmethod
    def _value(entry: TableEntry, name: str) -> Any:
        return getattr(entry, name)
