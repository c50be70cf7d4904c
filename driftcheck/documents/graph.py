"""What follows from foreign keys: which tables belong together, and what deleting a row does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..frozen import dataclass
from ..model import ForeignKey, Table
from .described import Described, Key, placed

#: A drawing of more tables than this helps nobody.
READABLE = 25
#: More lines of a tree than this are only counted.
_LINES = 40


@dataclass(frozen=True, slots=True)
class Effect:
    """What deleting a row does to the rows of `table` that refer to it by `key`; `depth` counts from 0.

    `told` says that what follows from it stands further up already. The last line of a tree that was cut has no key.
    """

    depth: int
    table: Key
    key: ForeignKey | None
    told: bool = False


def effects(described: Described, table: Table) -> Iterator[Effect]:
    """The tree of what deleting a row of `table` does, each before what follows from it."""
    seen = {table.key}
    stack = [iter([(0, *one) for one in described.referenced.get(table.key, ())])]
    count = 0
    while stack:
        if (step := next(stack[-1], None)) is None:
            stack.pop()
            continue
        depth, child, key = step
        if count == _LINES:
            yield Effect(0, child.key, None)
            return
        count += 1
        follows = key.on_delete == "cascade" and bool(described.referenced.get(child.key))
        told = follows and child.key in seen
        yield Effect(depth, child.key, key, told)
        if follows and not told:
            seen.add(child.key)
            stack.append(iter([(depth + 1, *one) for one in described.referenced[child.key]]))


def parts(described: Described) -> tuple[tuple[str, tuple[Table, ...]], ...]:
    """The tables in groups that can be drawn, each with a title: all at once, by schema, by what is connected."""
    tables = described.tables
    if len(tables) <= READABLE:
        return (("", tables),) if tables else ()
    schemas = sorted({table.schema for table in tables}, key=lambda name: placed((name, "")))
    found: list[tuple[str, tuple[Table, ...]]] = []
    for schema in schemas:
        groups = list(_pieces([table for table in tables if table.schema == schema]))
        for group in groups:
            titled = schema if len(groups) == 1 else _title(group)
            found.append((titled, tuple(sorted(group, key=lambda table: placed(table.key)))))
    return tuple(found)


def _title(group: Sequence[Table]) -> str:
    """The table that most others of the group refer to names it."""
    counts = {table.key: 0 for table in group}
    for table in group:
        for key in table.foreign_keys:
            target = (key.target_schema, key.target_table)
            if target in counts and target != table.key:
                counts[target] += 1
    hub = max(sorted(counts), key=lambda key: counts[key])
    return f"around {'.'.join(hub)}" if counts[hub] else f"{'.'.join(min(counts))} and others"


def _pieces(tables: Sequence[Table]) -> Iterator[list[Table]]:
    """Connected tables together, small groups in one drawing, those that are too large cut along their neighbours."""
    neighbours = _neighbours(tables)
    by_key = {table.key: table for table in tables}
    left = dict.fromkeys(by_key)
    loose: list[Table] = []
    while left:
        found = _around(next(iter(left)), neighbours, left)
        for key in found:
            del left[key]
        group = [by_key[key] for key in found]
        if len(found) < READABLE // 2 or len(loose) + len(found) <= READABLE:
            if len(loose) + len(found) > READABLE:
                yield loose
                loose = []
            loose += group
        else:
            yield group
    if loose:
        yield loose


def _neighbours(tables: Sequence[Table]) -> dict[Key, list[Key]]:
    found: dict[Key, dict[Key, None]] = {table.key: {} for table in tables}
    for table in tables:
        for key in table.foreign_keys:
            target = (key.target_schema, key.target_table)
            if target in found and target != table.key:
                found[table.key][target] = None
                found[target][table.key] = None
    return {key: sorted(others, key=placed) for key, others in found.items()}


def _around(start: Key, neighbours: dict[Key, list[Key]], left: dict[Key, None]) -> list[Key]:
    """At most so many of the tables `left` as one drawing takes, the nearest to `start` first."""
    found = {start: None}
    queue = [start]
    for key in queue:
        for other in neighbours[key]:
            if other in left and other not in found and len(found) < READABLE:
                found[other] = None
                queue.append(other)
    return list(found)
