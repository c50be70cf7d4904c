"""The statements of a fix, each with its turn in a script of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import IntEnum
from typing import Any, TypeVar

from ...findings import ObjectRef, Step
from ...model import Located
from ...writers.sql.absent import absent, written
from ...writers.sql.gate import Refused, SqlText, joined, remark, sql
from ...writers.sql.gate import name as identifier
from ...writers.sql.text import qualified
from ..drift import Drift


class Phase(IntEnum):
    """When a statement runs in a script of many fixes: what others need goes first, what they are rid of last."""

    LABELS = 0
    REMEMBER = 1
    UNHOOK = 2
    DROP_KEYS = 3
    DROP_GENERATED = 4
    UNMAKE = 5
    RETYPE = 6
    CREATE_TYPES = 7
    FUNCTIONS = 8
    TABLES = 9
    DROP_COLUMNS = 10
    COLUMNS = 11
    ALTER = 12
    LATE_FUNCTIONS = 13
    FILL = 14
    KEYS = 15
    INDEXES = 16
    FOREIGN_KEYS = 17
    ATTACH = 18
    VIEWS = 19
    HOOK = 20
    COMMENTS = 21
    DROP_FUNCTIONS = 22
    DROP_TABLES = 23
    DROP_TYPES = 24
    RENAME = 25
    RENAME_FOLLOWERS = 26
    RENAME_TABLES = 27
    VIEWS_OF_RENAMED = 28
    RESTORE = 29


#: Phases that only carry through a script what its statements would lose: of no interest in a single fix.
CARRIED = frozenset({Phase.REMEMBER, Phase.RESTORE})

#: What tells an object from all others for the fixes of a run: the class of the model, schema, table and name.
Ref = tuple[str, ...]
Item = TypeVar("Item", bound=Located)
Steps = Iterator[Step]
Writer = Callable[[Drift], Steps]


def step(
    phase: Phase, statement: SqlText, *remarks: str, destructive: bool = False, order: int = 0, apart: bool = False
) -> Step:
    """One statement, with remarks behind it. Raises TypeError for what did not pass the gate."""
    text = joined([sql("{};", statement), *map(remark, remarks)], "\n")
    return Step(int(phase), text, destructive, order, apart)


def said(text: str) -> Step:
    """What no statement does, in a comment."""
    return Step(int(Phase.COMMENTS), remark(text))


def each(phase: Phase, statements: Iterable[SqlText], *, order: int = 0) -> Steps:
    for statement in statements:
        yield step(phase, statement, order=order)


def needed(thing: Item) -> Item:
    """`thing`, which this fix has to make: Refused if that cannot be written, so that nothing goes for its sake."""
    if not written(thing):
        raise Refused(f"needs what could not be read ({'; '.join(absent(thing))})")
    return thing


def ref(thing: Any, table: tuple[str, str]) -> Ref:
    """The name of `thing`, which is in `table` unless it is an object of a schema."""
    schema = getattr(thing, "schema", table[0])
    within = getattr(thing, "table", "" if hasattr(thing, "schema") else table[1])
    return type(thing).__name__, schema, within, thing.name, *getattr(thing, "signature", ())


def at(drift: Drift, key: tuple[str, str]) -> Drift:
    """The same fix, for another table."""
    return replace(drift, finding=replace(drift.finding, object=ObjectRef("table", *key)))


def on(drift: Drift) -> SqlText:
    """The table's name."""
    return qualified(*drift.key)


def alter(drift: Drift, what: SqlText) -> SqlText:
    return sql("ALTER TABLE {} {}", on(drift), what)


def name(thing: Any) -> SqlText:
    return identifier(thing.name)


def full(thing: Any) -> SqlText:
    """`schema.name` of what is in a schema itself."""
    return qualified(thing.schema, thing.name)
