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
    CREATE_TYPES = 3
    FUNCTIONS = 4
    DROP_KEYS = 5
    TABLES = 6
    DROP_COLUMNS = 7
    COLUMNS = 8
    ALTER = 9
    KEYS = 10
    INDEXES = 11
    FOREIGN_KEYS = 12
    VIEWS = 13
    HOOK = 14
    COMMENTS = 15
    DROP_FUNCTIONS = 16
    DROP_TABLES = 17
    DROP_TYPES = 18
    RENAME = 19
    RENAME_FOLLOWERS = 20
    RENAME_TABLES = 21
    VIEWS_OF_RENAMED = 22
    RESTORE = 23


#: Phases that only carry through a script what its statements would lose: of no interest in a single fix.
CARRIED = frozenset({Phase.REMEMBER, Phase.RESTORE})

Item = TypeVar("Item", bound=Located)
Steps = Iterator[Step]
Writer = Callable[[Drift], Steps]


def step(phase: Phase, statement: SqlText, *remarks: str, destructive: bool = False, order: int = 0) -> Step:
    """One statement, with remarks behind it. Raises TypeError for what did not pass the gate."""
    text = joined([sql("{};", statement), *map(remark, remarks)], "\n")
    return Step(int(phase), text, destructive, order)


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
