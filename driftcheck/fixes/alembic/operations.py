"""The operations that end a drift, and those that take them back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ...model import (
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Index,
    PrimaryKey,
    Schema,
    Table,
    Unique,
    View,
    qualified,
)
from ..drift import Drift
from ..sql import fix as sql_fix
from ..sql.steps import CARRIED, Phase
from . import words
from .words import Unspoken, call, quoted

__all__ = ["Operations", "Unspoken"]

#: When the operations on a kind of thing stand in a revision, by what is made.
_PHASES = {
    Table: Phase.TABLES, Column: Phase.COLUMNS, PrimaryKey: Phase.KEYS, Unique: Phase.KEYS, Check: Phase.KEYS,
    Exclusion: Phase.KEYS, Index: Phase.INDEXES, ForeignKey: Phase.FOREIGN_KEYS,
}  # fmt: skip
_CONSTRAINTS = {ForeignKey: "foreignkey", Unique: "unique", Check: "check", PrimaryKey: "primary", Exclusion: None}
#: Facts of a column that op.alter_column() sets, by the rule about them.
_ALTERED = frozenset({"DR203", "DR204", "DR205", "DR209"})
#: Rules about names alone: Alembic renames by SQL.
_NAMES = frozenset({"DR309", "DR319", "DR329", "DR339", "DR409", "DR509"})


@dataclass(frozen=True, slots=True)
class Operations:
    """Lines of `upgrade()` and of `downgrade()`, and when they have to run among others."""

    up: str
    down: str
    phase: int

    @classmethod
    def of(cls, drift: Drift) -> Operations:
        """The operations for a drift. Raises Unspoken where not even SQL ends it."""
        try:
            found = _Reversible(drift).lines() if drift.code not in _NAMES else None
        except Unspoken:
            found = None
        if found is None:
            return cls._of_sql(drift)
        up, down = found
        return cls(_indented(up), _indented(down), _phase(drift))

    @classmethod
    def _of_sql(cls, drift: Drift) -> Operations:
        made = sql_fix(drift)
        steps = [step for step in made.steps if step.phase not in CARRIED] if made is not None else []
        if not steps or made is None:
            raise Unspoken("no statement ends it")
        up = [f"op.execute({words.sql_text(step.sql.rstrip().removesuffix(';'))})" for step in steps]
        down = _Reversible(drift).back()
        return cls(_indented(up), _indented(down), min(step.phase for step in steps))


def _phase(drift: Drift) -> int:
    if drift.expected is None:
        drops = {Table: Phase.DROP_TABLES, Column: Phase.DROP_COLUMNS}
        return int(drops.get(type(drift.actual), Phase.DROP_KEYS))
    if drift.actual is not None and isinstance(drift.expected, Column):
        return int(Phase.ALTER)
    return int(_PHASES.get(type(drift.expected), Phase.ALTER))


def _indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" for text in lines for line in text.splitlines())


class _Reversible:
    """Operations that are made of what there is before and after, and so can be turned round."""

    def __init__(self, drift: Drift) -> None:
        self._drift = drift
        self._before, self._after = drift.between.actual, drift.between.expected

    def lines(self) -> tuple[list[str], list[str]] | None:
        drift = self._drift
        up = self._turned(drift.actual, drift.expected, drift.table, drift.expected_table, self._after)
        down = self._turned(drift.expected, drift.actual, drift.expected_table, drift.table, self._before)
        if drift.code == "DR201":
            up += [self._made(thing, drift.expected_table, self._after) for _, thing in drift.following]
        return (up, down) if up and down else None

    def back(self) -> list[str]:
        """What takes back that SQL made something, or said something of a table that can be said otherwise."""
        drift, thing = self._drift, self._drift.expected
        if drift.actual is None and isinstance(thing, View):
            word = "MATERIALIZED VIEW" if thing.materialized else "VIEW"
            return [call("op.execute", words.sql_text(f"DROP {word} {qualified(thing.schema, thing.name)}"))]
        if drift.actual is None and isinstance(thing, Enum):
            return [call("op.execute", words.sql_text(f"DROP TYPE {qualified(thing.schema, thing.name)}"))]
        if drift.code in ("DR701", "DR702"):
            word = "DISABLE" if drift.code == "DR701" else "ENABLE"
            name = qualified(drift.table.schema, drift.table.name)
            return [call("op.execute", words.sql_text(f"ALTER TABLE {name} {word} ROW LEVEL SECURITY"))]
        if drift.actual is None:
            with suppress(Unspoken):
                return [self._dropped(thing, drift.expected_table)]
        about = quoted(str(drift.finding.object))[1:-1]
        return [f"# {drift.finding.rule.name} of {about} is not taken back"]

    def _turned(self, old: Any, new: Any, old_table: Table, new_table: Table, schema: Schema) -> list[str]:
        """From `old` to `new`, either of which may be None."""
        if isinstance(old, Column) and isinstance(new, Column):
            return self._altered(old, new, new_table, schema)
        if isinstance(old, Table) and isinstance(new, Table):
            return self._commented(old, new)
        dropped = [self._dropped(old, old_table)] if old is not None else []
        return [*dropped, *([self._made(new, new_table, schema)] if new is not None else [])]

    def _altered(self, old: Column, new: Column, table: Table, schema: Schema) -> list[str]:
        if self._drift.code not in _ALTERED or old.name != new.name:
            raise Unspoken("Alembic does not alter this")
        said: dict[str, str | None] = {}
        match self._drift.code:
            case "DR203":
                # A conversion, a default that is in the way, a view: the SQL knows.
                made = sql_fix(self._drift)
                if made is None or len(made.steps) != 1 or " USING " in made.steps[0].sql:
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
        return [call("op.alter_column", *given, **said, **known, schema=words.schema(table.schema))]

    def _commented(self, old: Table, new: Table) -> list[str]:
        if self._drift.code != "DR109":
            raise Unspoken("Alembic does not alter this")
        place = words.schema(new.schema)
        if new.comment is None:
            return [call("op.drop_table_comment", quoted(new.name), schema=place)]
        return [call("op.create_table_comment", quoted(new.name), quoted(new.comment), schema=place)]

    def _dropped(self, thing: Any, table: Table) -> str:
        place = words.schema(table.schema)
        if isinstance(thing, Table):
            return call("op.drop_table", quoted(thing.name), schema=words.schema(thing.schema))
        if isinstance(thing, Column):
            return call("op.drop_column", quoted(table.name), quoted(thing.name), schema=place)
        if isinstance(thing, Index):
            return call("op.drop_index", quoted(thing.name), table_name=quoted(table.name), schema=place)
        if type(thing) in _CONSTRAINTS:
            kind = _CONSTRAINTS[type(thing)]
            given = (quoted(thing.name), quoted(table.name))
            return call("op.drop_constraint", *given, type_=quoted(kind) if kind else None, schema=place)
        raise Unspoken("Alembic has no operation for it")

    def _made(self, thing: Any, table: Table, schema: Schema) -> str:
        if isinstance(thing, Table):
            return "\n".join(self._table(thing, schema))
        if isinstance(thing, Column):
            made = words.column(thing, schema, counting=False)
            return call("op.add_column", quoted(table.name), made, schema=words.schema(table.schema))
        makers: dict[type, Any] = {
            ForeignKey: words.foreign_key, Unique: words.unique, Check: words.check, PrimaryKey: words.primary_key,
            Index: words.index,
        }  # fmt: skip
        if type(thing) not in makers:
            raise Unspoken("Alembic has no operation for it")
        text: str = makers[type(thing)](thing, table)
        return text

    def _table(self, table: Table, schema: Schema) -> Iterator[str]:
        """`op.create_table(…)`, and what is added to the table by operations of its own."""
        plain = (table.partition_by, table.partition_of, table.of_type, table.tablespace)
        if any(plain) or table.inherits or table.unlogged or table.options or table.exclusions or table.row_security:
            raise Unspoken("this table is written as SQL only")
        yield "op.create_table("
        yield f"    {quoted(table.name)},"
        own = table.primary_key.columns if table.primary_key is not None else ()
        for column in table.columns:
            counting = own == (column.name,)
            yield f"    {words.column(column, schema, counting=counting, key=counting)},"
        if (key := table.primary_key) is not None:
            if key.include or key.without_overlaps or key.deferrable:
                raise Unspoken("this key is written as SQL only")
            yield f"    {call('sa.PrimaryKeyConstraint', *map(quoted, key.columns), name=quoted(key.name))},"
        if table.schema != "public":
            yield f"    schema={quoted(table.schema)},"
        if table.comment is not None:
            yield f"    comment={quoted(table.comment)},"
        yield ")"
        for thing in (*table.uniques, *table.checks, *table.indexes, *table.foreign_keys):
            yield self._made(thing, table, schema)
