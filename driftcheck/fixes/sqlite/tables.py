"""What SQLite alters in place, and what takes a new table.

All findings of a table come to at most three states of it: what loses nothing; what wants values in rows that are
there; and what loses something. What one new table brings, it brings for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from ...dialects.sqlite.lexer import tokens
from ...dialects.sqlite.text import Refused, default, name
from ...dialects.sqlite.types import affinity
from ...dialects.sqlite.writer import column as column_text
from ...dialects.sqlite.writer import create_index, references
from ...findings import Step
from ...model import Column, ForeignKey, Index, Opaque, Table
from ...writers.sql.absent import absent
from ..drift import Drift
from ..risk import risk_of
from ..sql.steps import Phase
from . import changing
from .objects import WRITERS, step
from .rebuilding import migrated, rebuilt

_INDEXES = re.compile(r"DR50\d\Z|DR510\Z")
_EMPTY = {"integer": "0", "real": "0", "numeric": "0", "text": "''", "blob": "x''"}


def steps(drift: Drift, *, running: bool) -> Iterator[Step]:
    """The steps that a finding of a table needs: those of the state in which it is ended. Raises Refused.

    `running` says that they are for a script of its own, and not for a file of migrations (see `rebuilding`).
    """
    key = (drift.key, running)
    if key not in drift.drifting.known:
        drift.drifting.known[key] = _Table(drift, running=running)
    table: _Table = drift.drifting.known[key]
    if risk_of(drift) != "safe":
        yield from table.losing(drift)
    elif _wants_values(drift):
        if drift.code == "DR201":
            yield from table.safe(drift)
        yield from table.filled(drift)
    else:
        yield from table.safe(drift)


def _wants_values(drift: Drift) -> bool:
    """Whether rows that are there may have no value that fits."""
    if drift.code == "DR201":
        return _is_required(drift.expected)
    return drift.code == "DR204" and drift.actual.nullable and not drift.expected.nullable


def _is_required(column: Column) -> bool:
    filled = column.default is not None or column.identity is not None or column.generated is not None
    return not column.nullable and not filled


class _Table:
    """The table of a finding: as it is, and as it is in each of the three states."""

    def __init__(self, drift: Drift, *, running: bool) -> None:
        self.now, self.running = drift.table, running
        self.actual = drift.between.actual
        about = drift.drifting.of_table(drift.key)
        drifts = [replace(drift, finding=one) for one in about if one.rule.code not in WRITERS]
        safe = [one for one in drifts if risk_of(one) == "safe"]
        self.plain = [one for one in safe if not _wants_values(one)]
        self.waiting = [one for one in safe if _wants_values(one)]
        self.lossy = [one for one in drifts if risk_of(one) != "safe"]

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The names, in lower case, of which views and triggers speak."""
        views = (view.definition.sql for view in self.actual.views)
        triggers = (f"{one.when or ''} {one.body or ''}" for one in self.actual.triggers)
        return frozenset(word for text in (*views, *triggers) for word in _words(text))

    # -- The three states -------------------------------------------------------------------------------------------

    @cached_property
    def first(self) -> Table:
        """With what loses nothing, and the new columns that may not be NULL as if they might."""
        made = changing.changed(self.now, [*self.plain, *(one for one in self.waiting if one.code == "DR201")])
        open_ = {one.expected.name for one in self.waiting if one.code == "DR201"}
        columns = (replace(one, nullable=True) if one.name in open_ else one for one in made.columns)
        return replace(made, columns=tuple(columns))

    @cached_property
    def second(self) -> Table:
        required = {one.expected.name for one in self.waiting}
        columns = (replace(one, nullable=False) if one.name in required else one for one in self.first.columns)
        return replace(self.first, columns=tuple(columns))

    @cached_property
    def third(self) -> Table:
        new = [one for one in self.lossy if one.code != "DR502" and not self._drops_plainly(one)]
        return changing.changed(self.second, new)

    # -- Their steps ------------------------------------------------------------------------------------------------

    def safe(self, drift: Drift) -> Iterator[Step]:
        altering = [*self.plain, *(one for one in self.waiting if one.code == "DR201")]
        if all(map(self._is_alteration, altering)):
            yield from self._altered(drift)
            return
        try:
            yield self._rebuilt(self.now, self.first, Phase.ALTER, 0)
        except Refused:
            if not self._is_alteration(drift):
                raise
            yield from self._altered(drift)

    def filled(self, drift: Drift) -> Iterator[Step]:
        """NOT NULL, once the rows that hold NULL hold what they should: no source says what that is."""
        column: Column = drift.expected
        value = default(column.default) if column.default is not None else _EMPTY[affinity(column.type)]
        fill = f"UPDATE {name(self.now.name)} SET {name(column.name)} = {value} WHERE {name(column.name)} IS NULL"
        filling = step(Phase.FILL, fill, apart=True)
        yield replace(filling, sql=f"{filling.sql}\n-- for the rows that are there: write what they should have")
        yield replace(self._rebuilt(self.first, self.second, Phase.FILL, 1), apart=True)

    def losing(self, drift: Drift) -> Iterator[Step]:
        if self._drops_plainly(drift):
            statement = f"ALTER TABLE {name(self.now.name)} DROP COLUMN {name(drift.actual.name)}"
            yield step(Phase.ATTACH, statement, destructive=True, order=1)
        elif drift.code == "DR502":
            yield step(Phase.ATTACH, f"DROP INDEX {name(drift.actual.name)}", destructive=True, order=1)
        else:
            yield replace(self._rebuilt(self.second, self.third, Phase.ATTACH, 0), destructive=True)

    def _rebuilt(self, before: Table, after: Table, phase: Phase, order: int) -> Step:
        if lacking := [*absent(self.now), *(f"trigger {one.name}" for one in self._unread_triggers())]:
            raise Refused(f"takes a new table, and not all of the old one is known ({'; '.join(lacking)})")
        triggers = [one for one in self.actual.triggers if one.table == self.now.name]
        if self.running:
            return step(phase, *rebuilt(before, after, triggers), order=order)
        if (other := self._acted_on_with(after)) is not None:
            why = f"takes a new table, and where foreign keys are on rows of {other} would go with the old one"
            raise Refused(f"{why}: --to-sql writes the script")
        return step(phase, *migrated(before, after, triggers), order=order)

    def _unread_triggers(self) -> Iterator[Opaque]:
        return (one for one in self.actual.opaque if one.kind == "trigger" and one.table == self.now.name)

    def _acted_on_with(self, table: Table) -> str | None:
        """Another table whose rows are deleted or changed where those of `table` are."""
        for other in (*self.actual.tables, table):
            for key in other.foreign_keys:
                if key.target_table == table.name and key.on_delete not in ("no action", "restrict"):
                    return other.name
        return None

    # -- What is altered in place -----------------------------------------------------------------------------------

    def _is_alteration(self, drift: Drift) -> bool:
        if _INDEXES.match(drift.code):
            return isinstance(drift.expected, Index) and (drift.actual is None or isinstance(drift.actual, Index))
        return drift.code == "DR201" and self._is_addable(drift)

    def _is_addable(self, drift: Drift) -> bool:
        """https://www.sqlite.org/lang_altertable.html#altertabaddcol."""
        column: Column = drift.expected
        key = drift.expected_table.primary_key
        keyed = key is not None and column.name in key.columns
        value = column.default
        constant = value is None or not default(value).lower().startswith(("(", "current_"))
        followers = [thing for _, thing in drift.following]
        plain = all(isinstance(one, Index) or _is_inline(one) for one in followers)
        referring = any(isinstance(one, ForeignKey) for one in followers) and value is not None
        stored = column.generated is not None and bool(column.generated.stored)
        return not keyed and constant and plain and not referring and not stored

    def _altered(self, drift: Drift) -> Iterator[Step]:
        table = self.now.name
        if drift.code == "DR201":
            column = self.first.column(drift.expected.name)
            assert column is not None
            followers = [thing for _, thing in drift.following]
            inline = "".join(_inline(one) for one in followers if isinstance(one, ForeignKey))
            added = f"{column_text(column, replace(self.first, primary_key=None))}{inline}"
            yield step(Phase.COLUMNS, f"ALTER TABLE {name(table)} ADD COLUMN {added}")
            for one in followers:
                if isinstance(one, Index):
                    yield step(Phase.ALTER, create_index(one, table), order=1)
            return
        if drift.actual is not None:
            yield step(Phase.ALTER, f"DROP INDEX {name(drift.actual.name)}")
        yield step(Phase.ALTER, create_index(drift.expected, table), order=1)

    def _drops_plainly(self, drift: Drift) -> bool:
        """Whether DROP COLUMN takes it: https://www.sqlite.org/lang_altertable.html#altertabdropcol."""
        if drift.code != "DR202":
            return False
        gone = drift.actual.name
        after = changing.without_column(self.second, gone, drift)
        rest = replace(self.second, columns=after.columns)
        key = self.second.primary_key
        keyed = key is not None and gone in key.columns
        computed = any(gone.lower() in _words(one.generated.expression.sql) for one in after.columns if one.generated)
        alone = len(self.second.columns) > 1 and gone.lower() not in self.spoken
        return alone and not keyed and not computed and rest == after


def _is_inline(thing: object) -> bool:
    return isinstance(thing, ForeignKey) and len(thing.columns) == 1


def _inline(key: ForeignKey) -> str:
    named = "" if "name" in key.unknown else f" CONSTRAINT {name(key.name)}"
    return f"{named} {references(key)}"


def _words(text: str) -> set[str]:
    return {token.name.lower() for token in tokens(text) if token.kind in ("word", "quoted")}
