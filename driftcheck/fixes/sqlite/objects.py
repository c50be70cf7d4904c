"""Statements for what is made and dropped whole: tables, views, triggers; and for what is renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...dialects.sqlite.text import name
from ...dialects.sqlite.triggers import create_trigger
from ...dialects.sqlite.writer import create_index, create_table, create_view
from ...findings import Step
from ..drift import Drift
from ..sql.steps import Phase


def step(phase: Phase, *statements: str, destructive: bool = False, order: int = 0, apart: bool = False) -> Step:
    """Statements that belong together, of texts that passed `dialects.sqlite.text`."""
    return Step(int(phase), "\n".join(f"{one};" for one in statements), destructive, order, apart)


def _create_table(drift: Drift) -> Iterator[Step]:
    yield step(Phase.TABLES, create_table(drift.expected))
    for index in drift.expected.indexes:
        yield step(Phase.TABLES, create_index(index, drift.expected.name), order=1)


def _drop_table(drift: Drift) -> Iterator[Step]:
    yield step(Phase.DROP_TABLES, f"DROP TABLE {name(drift.actual.name)}", destructive=True)


def _rename_table(drift: Drift) -> Iterator[Step]:
    old, new = name(drift.actual.name), name(drift.expected.name)
    yield step(Phase.RENAME_TABLES, f"ALTER TABLE {old} RENAME TO {new}")


def _rename_column(drift: Drift) -> Iterator[Step]:
    old, new = name(drift.actual.name), name(drift.expected.name)
    yield step(Phase.RENAME, f"ALTER TABLE {name(drift.key[1])} RENAME COLUMN {old} TO {new}")


def _create_view(drift: Drift) -> Iterator[Step]:
    if drift.actual is not None:
        yield step(Phase.UNMAKE, f"DROP VIEW {name(drift.actual.name)}")
    renamed = drift.between.renaming is not None
    yield step(Phase.VIEWS_OF_RENAMED if renamed else Phase.VIEWS, create_view(drift.expected))


def _drop_view(drift: Drift) -> Iterator[Step]:
    yield step(Phase.UNMAKE, f"DROP VIEW {name(drift.actual.name)}", destructive=True)


def _create_trigger(drift: Drift) -> Iterator[Step]:
    phase = Phase.HOOK if drift.between.renaming is None else Phase.VIEWS_OF_RENAMED
    if drift.actual is not None:
        yield step(phase, f"DROP TRIGGER {name(drift.actual.name)}")
    yield step(phase, create_trigger(drift.expected), order=1)


def _drop_trigger(drift: Drift) -> Iterator[Step]:
    yield step(Phase.HOOK, f"DROP TRIGGER {name(drift.actual.name)}", destructive=True)


WRITERS: dict[str, Callable[[Drift], Iterator[Step]]] = {
    "DR101": _create_table,
    "DR102": _drop_table,
    "DR103": _rename_table,
    "DR210": _rename_column,
    "DR801": _create_view,
    "DR802": _drop_view,
    "DR803": _create_view,
    "DR821": _create_trigger,
    "DR822": _drop_trigger,
    "DR823": _create_trigger,
    "DR829": _create_trigger,
}
