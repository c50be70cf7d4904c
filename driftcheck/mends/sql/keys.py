"""ALTER statements for keys and checks. A key cannot be altered, only dropped and added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...findings import Step
from ...model import Check, Exclusion, ForeignKey, Index, PrimaryKey, Schema, Table, Unique, quote
from ...writers.sql import constraints, indexes
from ..mend import Mend, Phase, Steps, Writer, alter, each, name, step


def definition(mend: Mend, thing: Any) -> Steps:
    """The statement that adds a key, check or index to the table."""
    bare = replace(Table(schema=mend.key[0], name=mend.key[1]), columns=())
    if isinstance(thing, ForeignKey):
        statements = constraints.foreign_keys(replace(bare, foreign_keys=(thing,)), Schema())
        yield from each(Phase.FOREIGN_KEYS, statements)
    elif isinstance(thing, Index):
        yield from each(Phase.INDEXES, indexes.of_table(replace(bare, indexes=(thing,)), Schema()))
    else:
        holder = _holding(bare, thing)
        for text in constraints.within_table(holder, frozenset()):
            yield step(Phase.KEYS, alter(mend, f"ADD {text}"))
        if isinstance(thing, Check):
            yield from each(Phase.KEYS, constraints.added(holder))


def _holding(table: Table, thing: Any) -> Table:
    if isinstance(thing, PrimaryKey):
        return replace(table, primary_key=thing)
    if isinstance(thing, Unique):
        return replace(table, uniques=(thing,))
    return replace(table, exclusions=(thing,)) if isinstance(thing, Exclusion) else replace(table, checks=(thing,))


def dropped(mend: Mend, thing: Any, *, destructive: bool = False) -> Step:
    if isinstance(thing, Index):
        what = f"DROP INDEX {quote(mend.key[0])}.{name(thing)}"
    else:
        what = alter(mend, f"DROP CONSTRAINT {name(thing)}")
    return step(Phase.DROP_KEYS, what, destructive=destructive)


def _add(mend: Mend) -> Steps:
    yield from definition(mend, mend.expected)


def _remove(mend: Mend) -> Steps:
    yield dropped(mend, mend.actual, destructive=True)


def _swap(mend: Mend) -> Steps:
    """Drop and add; foreign keys that lean on a key go before it and come back after it."""
    if mend.actual is not None:
        referring = list(_referring(mend, mend.actual)) if isinstance(mend.actual, PrimaryKey | Unique) else []
        for table, key in referring:
            yield step(Phase.UNHOOK, f"ALTER TABLE {table} DROP CONSTRAINT {name(key)}")
        yield dropped(mend, mend.actual, destructive=mend.expected is None)
        for table, key in referring if mend.expected is not None else ():
            yield from each(Phase.FOREIGN_KEYS, constraints.foreign_keys(replace(table, foreign_keys=(key,)), Schema()))
    if mend.expected is not None:
        yield from definition(mend, mend.expected)
    if isinstance(mend.actual, PrimaryKey):
        yield from _loosened(mend)


def _referring(mend: Mend, key: PrimaryKey | Unique) -> Iterator[tuple[Table, ForeignKey]]:
    """Foreign keys of the drifting source that refer to the columns of `key`, as the truth has them."""
    for table in mend.between.actual.tables:
        for one in table.foreign_keys:
            target = (one.target_schema, one.target_table)
            if target == mend.key and set(one.target_columns or key.columns) == set(key.columns):
                yield table, one


def _loosened(mend: Mend) -> Steps:
    """Columns that were NOT NULL as part of the key, and that the truth lets be null."""
    for column in mend.expected_table.columns:
        now = mend.table.column(column.name)
        if column.nullable and now is not None and not now.nullable:
            yield step(Phase.ALTER, alter(mend, f"ALTER COLUMN {name(column)} DROP NOT NULL"))


def _rename(mend: Mend) -> Steps:
    what = f"RENAME CONSTRAINT {name(mend.actual)} TO {name(mend.expected)}"
    yield step(Phase.RENAME, alter(mend, what))


def _rename_check(mend: Mend) -> Steps:
    if mend.between.table(mend.between.actual, mend.key) is not None:
        yield from _rename(mend)
        return
    what = f"ALTER DOMAIN {mend.on} RENAME CONSTRAINT {name(mend.actual)} TO {name(mend.expected)}"
    yield step(Phase.RENAME, what)


def _rename_index(mend: Mend) -> Steps:
    what = f"ALTER INDEX {quote(mend.key[0])}.{name(mend.actual)} RENAME TO {name(mend.expected)}"
    yield step(Phase.RENAME, what)


def _deferrable(mend: Mend) -> Steps:
    key = mend.expected
    words = "NOT DEFERRABLE"
    if key.deferrable:
        words = "DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else "DEFERRABLE INITIALLY IMMEDIATE"
    yield step(Phase.FOREIGN_KEYS, alter(mend, f"ALTER CONSTRAINT {name(mend.actual)} {words}"))


def _valid(mend: Mend) -> Steps:
    """VALIDATE where that is all; there is no way back but to drop and add."""
    if replace(mend.actual, validated=True, name="") == replace(mend.expected, name=""):
        yield step(Phase.FOREIGN_KEYS, alter(mend, f"VALIDATE CONSTRAINT {name(mend.actual)}"))
    else:
        yield from _swap(mend)


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
