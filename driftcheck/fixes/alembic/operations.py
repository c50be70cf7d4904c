"""The operations that end a drift, and those that take them back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ...differ.rules import RULES
from ...findings import Fix, Step
from ...frozen import dataclass
from ...model import Column, Policy, Schema, Table, Trigger, qualified
from ..drift import Drift
from ..sql import fix as sql_fix
from ..sql.required import wants_values
from ..sql.steps import CARRIED, Phase
from . import words
from .making import dropped, in_its_schema, made, phase_of
from .statements import executed
from .words import Unspoken, call, quoted

__all__ = ["Part", "Unspoken", "parts"]

#: Facts of a column that op.alter_column() sets, by the rule about them.
_ALTERED = frozenset({"DR203", "DR204", "DR205", "DR209"})
#: Rules about names alone: Alembic renames by SQL.
_NAMES = frozenset({"DR309", "DR319", "DR329", "DR339", "DR409", "DR509"})
#: The rule that says of a kind of object that the source has it alone.
_EXTRA = {rule.name.removesuffix("-extra"): rule for rule in RULES if rule.name.endswith("-extra")}
#: The body of a function may speak of a table that is made later.
_UNCHECKED = 'op.execute("SET LOCAL check_function_bodies = false")'


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of `upgrade()` and those of `downgrade()` that take them back, and when they have to run among others.

    What `waits` is not run before somebody wants it, though the rest of the drift is: it needs a value that no source
    says, or can be left out.
    """

    phase: int
    up: tuple[str, ...]
    down: tuple[str, ...] = ()
    order: int = 0
    waits: bool = False


def parts(drift: Drift) -> list[Part]:
    """The operations for a drift. Raises Unspoken where not even SQL ends it."""
    fix = sql_fix(drift)
    steps = [] if fix is None else [step for step in fix.steps if not step.sql.startswith("--")]
    if fix is None or not steps:
        raise Unspoken(fix.steps[0].sql.removeprefix("-- ") if fix is not None else "no statement ends it")
    if drift.code not in _NAMES:
        with suppress(Unspoken):
            return _Operations(drift, steps).parts()
    return _by_statements(drift, fix)


def _by_statements(drift: Drift, fix: Fix) -> list[Part]:
    """SQL, each statement at its time; what takes all of it back is behind the first of them."""
    found = [Part(step.phase, executed(step), order=step.order, waits=step.apart) for step in fix.steps]
    first = next(at for at, step in enumerate(fix.steps) if step.phase not in CARRIED)
    found[first] = replace(found[first], down=tuple(_back(drift)))
    if any(part.phase in (Phase.FUNCTIONS, Phase.LATE_FUNCTIONS) for part in found):
        found.append(Part(Phase.FUNCTIONS, (_UNCHECKED,), order=-1))
    return found


def _back(drift: Drift) -> list[str]:
    """What takes back that SQL made something, or said something of a table that can be said otherwise."""
    thing = drift.expected
    if drift.code in ("DR701", "DR702"):
        word = "DISABLE" if drift.code == "DR701" else "ENABLE"
        name = qualified(drift.table.schema, drift.table.name)
        return [call("op.execute", words.sql_text(f"ALTER TABLE {name} {word} ROW LEVEL SECURITY"))]
    if drift.actual is None:
        with suppress(Unspoken):
            return [dropped(thing, drift.expected_table)]
        if (extra := _EXTRA.get(drift.finding.rule.name.removesuffix("-missing"))) is not None:
            other = replace(drift, finding=replace(drift.finding, rule=extra, subjects=(None, thing)))
            fix = sql_fix(other)
            steps = fix.steps if fix is not None else ()
            return [line for step in steps if step.phase not in CARRIED for line in executed(step)]
    about = quoted(str(drift.finding.object))[1:-1]
    return [f"# {drift.finding.rule.name} of {about} is not taken back"]


class _Operations:
    """Operations that are made of what there is before and after, and so can be turned round."""

    def __init__(self, drift: Drift, steps: list[Step]) -> None:
        self._drift, self._steps = drift, steps
        self._before, self._after = drift.between.actual, drift.between.expected

    def parts(self) -> list[Part]:
        drift = self._drift
        if drift.actual is None:
            return list(self._new())
        if drift.expected is None:
            return [self._gone()]
        old, new = drift.actual, drift.expected
        if isinstance(new, Column | Table):
            up = self._changed(old, new, drift.expected_table, self._after)
            return [Part(Phase.ALTER, (up,), (self._changed(new, old, drift.table, self._before),))]
        return [
            Part(Phase.DROP_KEYS, (dropped(old, drift.table),), (made(old, drift.table, self._before),)),
            Part(phase_of(new), (made(new, drift.expected_table, self._after),), (dropped(new, drift.expected_table),)),
        ]

    # --- what one side has alone ---

    def _new(self) -> Iterator[Part]:
        drift, thing = self._drift, self._drift.expected
        if isinstance(thing, Table):
            yield from self._new_table(thing)
        elif isinstance(thing, Column):
            yield from self._new_column(thing)
        else:
            table = drift.expected_table
            yield Part(phase_of(thing), (made(thing, table, self._after),), (dropped(thing, table),))

    def _new_table(self, table: Table) -> Iterator[Part]:
        """Its keys to other tables go when all of these are there, and first in the way back."""
        hooks: tuple[Policy | Trigger, ...] = (*self._after.policies, *self._after.triggers)
        if any((one.schema, one.table) == table.key for one in hooks):
            raise Unspoken("its policies and triggers are written as SQL only")
        yield Part(Phase.TABLES, words.table(table, self._after), (dropped(table, table),))
        for thing in (*table.uniques, *table.checks, *table.indexes):
            yield Part(phase_of(thing), (made(thing, table, self._after),))
        for key in table.foreign_keys:
            yield Part(Phase.FOREIGN_KEYS, (made(key, table, self._after),), (dropped(key, table),))

    def _new_column(self, column: Column) -> Iterator[Part]:
        """With what stands on it. What may not be null is added, filled and then made so, as in a script of SQL."""
        drift, table = self._drift, self._drift.expected_table
        waiting = wants_values(column)
        first = made(replace(column, nullable=True) if waiting else column, table, self._after)
        yield Part(self._steps[0].phase, (first,), (dropped(column, table),))
        for step in self._steps if waiting else ():
            if step.phase == Phase.FILL:
                up = executed(step) if step.order == 0 else self._required(column, table)
                yield Part(step.phase, up, order=step.order, waits=True)
        for _, thing in drift.following:
            yield Part(phase_of(thing), (made(thing, table, self._after),))
        if (key := table.primary_key) is not None and column.name in key.columns:
            raise Unspoken("its table gets another key, too")

    def _required(self, column: Column, table: Table) -> tuple[str, ...]:
        given = (quoted(table.name), quoted(column.name))
        type_ = words.type_of(column.type, self._after)
        return (call("op.alter_column", *given, nullable="False", existing_type=type_,
                     schema=words.schema(table.schema)),)  # fmt: skip

    def _gone(self) -> Part:
        """Of a table with what is in it; as SQL where that takes along what stands on it."""
        drift, thing = self._drift, self._drift.actual
        if isinstance(thing, Column | Table) and _others_lean_on(thing, drift, self._steps):
            raise Unspoken("what stands on it goes along by SQL only")
        if isinstance(thing, Table):
            down = list(words.table(thing, self._before))
            parts_of_it = (*thing.uniques, *thing.checks, *thing.indexes, *thing.foreign_keys)
            down += [made(one, thing, self._before) for one in parts_of_it]
            return Part(Phase.DROP_TABLES, (dropped(thing, thing),), tuple(down))
        phase = Phase.DROP_COLUMNS if isinstance(thing, Column) else Phase.DROP_KEYS
        return Part(phase, (dropped(thing, drift.table),), (made(thing, drift.table, self._before),))

    # --- what both have ---

    def _changed(self, old: Any, new: Any, table: Table, schema: Schema) -> str:
        if isinstance(new, Table):
            return self._commented(new)
        return self._altered(old, new, table, schema)

    def _altered(self, old: Column, new: Column, table: Table, schema: Schema) -> str:
        if self._drift.code not in _ALTERED or old.name != new.name:
            raise Unspoken("Alembic does not alter this")
        said: dict[str, str | None] = {}
        match self._drift.code:
            case "DR203":
                # A conversion, a default that is in the way, a view: the SQL knows.
                if len(self._steps) != 1 or " USING " in self._steps[0].sql:
                    raise Unspoken("the type is not altered by itself")
                said = {"type_": words.type_of(new.type, schema)}
            case "DR204":
                said = {"nullable": str(new.nullable)}
            case "DR205":
                said = {"server_default": words.default(new) or "None"}
            case _:
                said = {"comment": quoted(new.comment) if new.comment is not None else "None"}
        known = {} if "type_" in said else {"existing_type": words.type_of(old.type, schema)}
        given = (quoted(table.name), quoted(new.name))
        return call("op.alter_column", *given, **said, **known, schema=words.schema(table.schema))

    def _commented(self, new: Table) -> str:
        if self._drift.code != "DR109":
            raise Unspoken("Alembic does not alter this")
        if new.comment is None:
            return call("op.drop_table_comment", quoted(new.name), schema=in_its_schema(new))
        return call("op.create_table_comment", quoted(new.name), quoted(new.comment), schema=in_its_schema(new))


def _others_lean_on(thing: Column | Table, drift: Drift, steps: list[Step]) -> bool:
    if isinstance(thing, Column):
        return len(steps) != 1 or " CASCADE" in steps[0].sql
    others = (other for other in drift.between.actual.tables if other.key != thing.key)
    referred = any((key.target_schema, key.target_table) == thing.key for other in others for key in other.foreign_keys)
    return referred or any(thing.name in view.definition.sql for view in drift.between.actual.views)
