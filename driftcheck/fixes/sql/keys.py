"""ALTER statements for keys and checks. A key cannot be altered, only dropped and added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...findings import Step
from ...model import Check, Exclusion, ForeignKey, Index, PrimaryKey, Schema, Table, Unique
from ...writers.sql import constraints, indexes
from ...writers.sql.gate import sql
from ...writers.sql.text import qualified
from ..drift import Drift
from .steps import Phase, Steps, Writer, alter, at, each, name, needed, on, step


def definition(drift: Drift, thing: Any) -> Steps:
    """The statement that adds a key, check or index to the table."""
    needed(thing)
    bare = Table(schema=drift.key[0], name=drift.key[1])
    if isinstance(thing, ForeignKey):
        statements = constraints.foreign_keys(replace(bare, foreign_keys=(thing,)), Schema())
        yield from each(Phase.FOREIGN_KEYS, statements)
    elif isinstance(thing, Index):
        made = step(Phase.INDEXES, indexes.create(thing, on(drift)))
        table = drift.between.actual_tables.get(drift.key)
        # PostgreSQL builds none so on a partitioned table.
        if table is not None and table.partition_by is None:
            made = replace(made, concurrent=sql("{};", indexes.create(thing, on(drift), concurrently=True)))
        yield made
    else:
        holder = _holding(bare, thing)
        for text in constraints.within_table(holder, frozenset()):
            yield step(Phase.KEYS, alter(drift, sql("ADD {}", text)))
        if isinstance(thing, Check):
            yield from each(Phase.KEYS, constraints.added(holder))


def _holding(table: Table, thing: Any) -> Table:
    if isinstance(thing, PrimaryKey):
        return replace(table, primary_key=thing)
    if isinstance(thing, Unique):
        return replace(table, uniques=(thing,))
    return replace(table, exclusions=(thing,)) if isinstance(thing, Exclusion) else replace(table, checks=(thing,))


def dropped(drift: Drift, thing: Any, *, destructive: bool = False) -> Step:
    if isinstance(thing, Index):
        what = sql("DROP INDEX {}", qualified(drift.key[0], thing.name))
    else:
        what = alter(drift, sql("DROP CONSTRAINT {}", name(thing)))
    # A key that others refer to goes after these.
    return step(Phase.DROP_KEYS, what, destructive=destructive, order=-1 if isinstance(thing, ForeignKey) else 0)


def _add(drift: Drift) -> Steps:
    yield from definition(drift, drift.expected)


def _remove(drift: Drift) -> Steps:
    yield from _around_referring(drift)
    yield dropped(drift, drift.actual, destructive=True)


def _around_referring(drift: Drift) -> Steps:
    """Foreign keys that lean on a key go before it, and come back after it if the truth has them."""
    for table, key in _referring(drift, drift.actual):
        if not drift.remade(key):
            yield dropped(at(drift, table.key), key)
            yield from definition(at(drift, table.key), key)


def _swap(drift: Drift) -> Steps:
    """Drop and add."""
    if drift.actual is not None:
        yield from _around_referring(drift)
        yield dropped(drift, drift.actual, destructive=drift.expected is None)
    if drift.expected is not None:
        yield from definition(drift, drift.expected)
    if isinstance(drift.actual, PrimaryKey):
        yield from _loosened(drift)


def _referring(drift: Drift, key: Any) -> Iterator[tuple[Table, ForeignKey]]:
    """Foreign keys of the drifting source that refer to the columns of `key`, if that is one."""
    columns = _columns(key)
    for table in drift.between.actual.tables if columns else ():
        for one in table.foreign_keys:
            target = (one.target_schema, one.target_table)
            if target == drift.key and set(one.target_columns or columns) == columns:
                yield table, one


def _columns(key: Any) -> set[str]:
    """The columns that a foreign key can refer to by virtue of `key`."""
    if isinstance(key, Index):
        return {one.column or "" for one in key.keys} if key.unique and key.predicate is None else set()
    return set(key.columns) if isinstance(key, PrimaryKey | Unique) else set()


def _loosened(drift: Drift) -> Steps:
    """Columns that were NOT NULL as part of the key, and that the truth lets be null."""
    for column in drift.expected_table.columns:
        now = drift.table.column(column.name)
        if column.nullable and now is not None and not now.nullable:
            yield step(Phase.ALTER, alter(drift, sql("ALTER COLUMN {} DROP NOT NULL", name(column))))


def _rename(drift: Drift) -> Steps:
    what = sql("RENAME CONSTRAINT {} TO {}", name(drift.actual), name(drift.expected))
    yield step(Phase.RENAME, alter(drift, what))


def _rename_check(drift: Drift) -> Steps:
    if drift.key in drift.between.actual_tables:
        yield from _rename(drift)
        return
    what = sql("RENAME CONSTRAINT {} TO {}", name(drift.actual), name(drift.expected))
    yield step(Phase.RENAME, sql("ALTER DOMAIN {} {}", on(drift), what))


def _rename_index(drift: Drift) -> Steps:
    index = qualified(drift.key[0], drift.actual.name)
    yield step(Phase.RENAME, sql("ALTER INDEX {} RENAME TO {}", index, name(drift.expected)))


def _deferrable(drift: Drift) -> Steps:
    key = drift.expected
    words = sql("NOT DEFERRABLE")
    if key.deferrable:
        words = sql("DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else "DEFERRABLE INITIALLY IMMEDIATE")
    yield step(Phase.FOREIGN_KEYS, alter(drift, sql("ALTER CONSTRAINT {} {}", name(drift.actual), words)))


def _valid(drift: Drift) -> Steps:
    """VALIDATE where that is all; there is no way back but to drop and add."""
    if replace(drift.actual, validated=True, name="") == replace(drift.expected, name=""):
        yield step(Phase.FOREIGN_KEYS, alter(drift, sql("VALIDATE CONSTRAINT {}", name(drift.actual))))
    else:
        yield from _swap(drift)


WRITERS: dict[str, Writer] = {
    **dict.fromkeys(("DR311", "DR321", "DR331", "DR401", "DR501"), _add),
    **dict.fromkeys(("DR312", "DR322", "DR332", "DR402", "DR502"), _remove),
    **dict.fromkeys(("DR301", "DR313", "DR314", "DR315", "DR323", "DR324", "DR325", "DR326", "DR327", "DR328"), _swap),
    **dict.fromkeys(("DR333", "DR403", "DR503", "DR504", "DR505", "DR506", "DR507", "DR508", "DR510"), _swap),
    **dict.fromkeys(("DR309", "DR319", "DR329", "DR339"), _rename),
    "DR316": _deferrable,
    "DR317": _valid,
    "DR404": _valid,
    "DR409": _rename_check,
    "DR509": _rename_index,
}
