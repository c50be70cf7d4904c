"""Statements for views, which go before what they stand on can change, and come back after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...differ.standing import words
from ...findings import Step
from ...model import View
from ...writers.sql import indexes, programs
from ..mend import Mend, Phase, Steps, Writer, each, full, step
from . import grants

Key = tuple[str, str]


def on_column(mend: Mend, table: Key, column: str) -> list[View]:
    """Views of the drifting source that speak of the column, and views on those."""
    views = mend.between.actual.views
    found = [view for view in views if _speaks_of(view, table[1]) and _speaks_of(view, column, "*")]
    return [*found, *on_views(mend, found)]


def on_views(mend: Mend, below: Iterable[View]) -> list[View]:
    """Views of the drifting source that stand on one of `below`, at whatever distance."""
    found: list[View] = []
    known, names = list(below), [view.name for view in below]
    while names:
        name = names.pop()
        for view in mend.between.actual.views:
            if not any(view is one for one in known) and _speaks_of(view, name):
                known.append(view)
                found.append(view)
                names.append(view.name)
    return found


def _speaks_of(view: View, name: str, otherwise: str | None = None) -> bool:
    return name in words(view.definition) or (otherwise is not None and otherwise in view.definition.sql)


def set_aside(mend: Mend, views: Iterable[View]) -> Steps:
    """Drops the views and makes them again; those with a mend of their own are dropped and made by that."""
    for view in views:
        if not mend.remade(view):
            yield from grants.carried(view)
            yield _drop(mend, view)
            yield from _made(mend, _in_the_end(mend, view))


def _drop(mend: Mend, view: View, *, destructive: bool = False) -> Step:
    word = "MATERIALIZED VIEW" if view.materialized else "VIEW"
    return step(Phase.UNHOOK, f"DROP {word} {full(view)}", destructive=destructive, order=-_height(mend, view))


def _in_the_end(mend: Mend, view: View) -> View:
    """The truth's own words for a view, where renames change what others mean."""
    same = (one for one in mend.between.truth.schema.views if (one.schema, one.name) == (view.schema, view.name))
    return next(same, view) if mend.between.renames else view


def _made(mend: Mend, view: View) -> Steps:
    """The truth's queries speak of tables and columns by the names that these have after all renames."""
    renamed = mend.between.renames and any(view is one for one in mend.between.truth.schema.views)
    phase, height = Phase.VIEWS_OF_RENAMED if renamed else Phase.VIEWS, _height(mend, view)
    yield from each(phase, programs.create_view(view), order=height)
    yield from each(phase, indexes.of_view(view), order=height)


def _height(mend: Mend, view: View) -> int:
    """How many views deep `view` stands on others, before and after the mend."""
    actual = {one.name: one for one in mend.between.actual.views}
    expected = {one.name: one for one in mend.schema.views}
    return max(_above(view, side, frozenset()) for side in (actual, {**actual, **expected}))


def _above(view: View, views: Mapping[str, View], seen: frozenset[str]) -> int:
    below = [views[name] for name in words(view.definition) & views.keys() - seen - {view.name}]
    return 1 + max((_above(one, views, seen | {view.name}) for one in below), default=0)


def _view(mend: Mend) -> Steps:
    if mend.actual is not None:
        yield from grants.carried(mend.actual)
        yield _drop(mend, mend.actual)
        yield from set_aside(mend, on_views(mend, [mend.actual]))
    yield from _made(mend, _in_the_end(mend, mend.expected))


def _remove(mend: Mend) -> Iterator[Step]:
    yield _drop(mend, mend.actual, destructive=True)


WRITERS: dict[str, Writer] = {
    **dict.fromkeys(("DR801", "DR803"), _view),
    "DR802": _remove,
}
