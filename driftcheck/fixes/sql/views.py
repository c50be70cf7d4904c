"""Statements for views, which go before what they depend on can change, and come back after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...findings import Step
from ...model import View
from ...sql.references import things_named
from ...writers.sql import indexes, programs
from ...writers.sql.gate import sql
from ..drift import Drift
from . import grants
from .steps import Phase, Steps, Writer, each, full, needed, step

Key = tuple[str, str]


def on_column(drift: Drift, table: Key, column: str) -> list[View]:
    """Views of the drifting source that speak of the column, and views on those."""
    views = drift.between.actual.views
    found = [view for view in views if _speaks_of(view, table[1]) and _speaks_of(view, column, "*")]
    return [*found, *on_views(drift, found)]


def on_views(drift: Drift, below: Iterable[View]) -> list[View]:
    """Views of the drifting source that depend on one of `below`, at whatever distance."""
    found: list[View] = []
    known, names = list(below), [view.name for view in below]
    while names:
        name = names.pop()
        for view in drift.between.actual.views:
            if not any(view is one for one in known) and _speaks_of(view, name):
                known.append(view)
                found.append(view)
                names.append(view.name)
    return found


def _speaks_of(view: View, name: str, otherwise: str | None = None) -> bool:
    return name in things_named(view.definition.sql) or (otherwise is not None and otherwise in view.definition.sql)


def recreate(drift: Drift, views: Iterable[View]) -> Steps:
    """Drops the views and makes them again; those with a fix of their own are dropped and made by that."""
    for view in views:
        if not drift.remade(view):
            yield from grants.carried(view)
            yield _drop(drift, view)
            yield from _made(drift, _in_the_end(drift, view))


def _drop(drift: Drift, view: View, *, destructive: bool = False) -> Step:
    drop = sql("DROP MATERIALIZED VIEW {}" if view.materialized else "DROP VIEW {}", full(view))
    return step(Phase.UNHOOK, drop, destructive=destructive, order=-_height(drift, view))


def _in_the_end(drift: Drift, view: View) -> View:
    """The truth's definition of a view, where renames change what others mean."""
    same = (one for one in drift.between.truth.schema.views if (one.schema, one.name) == (view.schema, view.name))
    return next(same, view) if drift.between.renames else view


def _made(drift: Drift, view: View) -> Steps:
    """The truth's queries speak of tables and columns by the names that these have after all renames."""
    renamed = drift.between.renames and any(view is one for one in drift.between.truth.schema.views)
    phase, height = Phase.VIEWS_OF_RENAMED if renamed else Phase.VIEWS, _height(drift, view)
    yield from each(phase, programs.create_view(needed(view)), order=height)
    yield from each(phase, indexes.of_view(view), order=height)


def _height(drift: Drift, view: View) -> int:
    """How many views deep `view` depends on others, before and after the fix."""
    actual = {(one.schema, one.name): one for one in drift.between.actual.views}
    expected = {(one.schema, one.name): one for one in drift.schema.views}
    return max(_above(view, side, frozenset()) for side in (actual, {**actual, **expected}))


def _above(view: View, views: Mapping[Key, View], seen: frozenset[Key]) -> int:
    above = seen | {(view.schema, view.name)}
    spoken = things_named(view.definition.sql)
    below = [one for key, one in views.items() if one.name in spoken and key not in above]
    return 1 + max((_above(one, views, above) for one in below), default=0)


def _view(drift: Drift) -> Steps:
    if drift.actual is not None:
        yield from grants.carried(drift.actual)
        yield _drop(drift, drift.actual)
        yield from recreate(drift, on_views(drift, [drift.actual]))
    yield from _made(drift, _in_the_end(drift, drift.expected))


def _remove(drift: Drift) -> Iterator[Step]:
    yield _drop(drift, drift.actual, destructive=True)


WRITERS: dict[str, Writer] = {
    **dict.fromkeys(("DR801", "DR803"), _view),
    "DR802": _remove,
}
