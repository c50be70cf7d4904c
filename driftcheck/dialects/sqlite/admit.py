"""What of a schema is not what it claims to be, and so is written nowhere and compared with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from ...frozen import dataclass
from ...location import Location
from ...model import DEFAULT_SCHEMA, Check, Column, ForeignKey, Index, Opaque, Schema, Table, Trigger, Unique, View
from ...reading import Gap, Reading
from . import text
from .text import Refused
from .triggers import admitted_trigger

Item = TypeVar("Item", Check, ForeignKey, Index, Unique)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What does not pass, why, and where it is."""

    what: str
    why: str
    location: Location | None
    about: str


def admit(reading: Reading) -> Reading:
    """`reading` with a gap for all that does not pass."""
    schema, refusals = admitted(reading.schema)
    if not refusals:
        return reading
    somewhere = reading.home or Location(reading.files[0] if reading.files else "")
    gaps = tuple(
        Gap(one.location or somewhere, one.what, f"it {one.why}, so it is left out of every statement", one.about)
        for one in refusals
    )
    statements = replace(reading.statements, gaps=reading.statements.gaps + len(gaps))
    return replace(reading, schema=schema, gaps=(*reading.gaps, *gaps), statements=statements)


def admitted(schema: Schema) -> tuple[Schema, list[Refusal]]:
    """`schema` as far as it passes, and what does not: an unknown fact, or no object if that is its name."""
    refusals: list[Refusal] = []
    opaque = list(schema.opaque)
    tables = [found for table in schema.tables if (found := _table(table, refusals, opaque)) is not None]
    views = [one for view in schema.views if (one := _view(view, refusals, opaque)) is not None]
    triggers = [one for one in schema.triggers if _passes(one, refusals, opaque)]
    if not refusals:
        return schema, refusals
    return replace(
        schema, tables=tuple(tables), views=tuple(views), triggers=tuple(triggers), opaque=tuple(opaque)
    ), refusals


def _passes(trigger: Trigger, refusals: list[Refusal], opaque: list[Opaque]) -> bool:
    if (why := _why(lambda: admitted_trigger(trigger))) is not None:
        about = f"{DEFAULT_SCHEMA}.{trigger.table}"
        refusals.append(Refusal(f"trigger {trigger.name}", why, trigger.location, about))
        opaque.append(
            Opaque(
                kind="trigger", schema=DEFAULT_SCHEMA, table=trigger.table, name=trigger.name, location=trigger.location
            )
        )
    return why is None


def _why(check: Callable[[], object]) -> str | None:
    try:
        check()
    except Refused as error:
        return error.why
    return None


def _view(view: View, refusals: list[Refusal], opaque: list[Opaque]) -> View | None:
    why = _why(lambda: (text.name(view.name), view.columns and text.names(view.columns)))
    if why is None:
        why = _why(lambda: text.expression(view.definition)) if "definition" not in view.unknown else "is not known"
        if why is None:
            return view
        if "definition" in view.unknown:
            return view
    refusals.append(Refusal(f"view {view.name}", why, view.location, f"{DEFAULT_SCHEMA}.{view.name}"))
    opaque.append(Opaque(kind="view", schema=DEFAULT_SCHEMA, name=view.name, location=view.location))
    return None


def _table(table: Table, refusals: list[Refusal], opaque: list[Opaque]) -> Table | None:
    about = f"{DEFAULT_SCHEMA}.{table.name}"

    def refuse(what: str, why: str, location: Location | None) -> None:
        refusals.append(Refusal(f"{what} of {table.name}", why, location or table.location, about))

    if why := _why(lambda: text.name(table.name)):
        refuse("name", why, table.location)
        opaque.append(Opaque(kind="table", schema=DEFAULT_SCHEMA, name=table.name, location=table.location))
        return None
    unknown = set(table.unknown)

    def kept(items: Iterable[Item], kind: str, field: str, check: Callable[[Item], object]) -> tuple[Item, ...]:
        found = []
        for item in items:
            if why := _why(partial(check, item)):
                refuse(f"{kind} {item.name}", why, item.location)
                unknown.add(field)
            else:
                found.append(item)
        return tuple(found)

    columns = [found for one in table.columns if (found := _column(one, refuse, unknown)) is not None]
    return replace(
        table,
        columns=tuple(columns),
        uniques=kept(table.uniques, "unique constraint", "uniques", _key),
        foreign_keys=kept(table.foreign_keys, "foreign key", "foreign_keys", _foreign_key),
        checks=kept(table.checks, "check", "checks", lambda one: (text.name(one.name), text.grouped(one.expression))),
        indexes=kept(table.indexes, "index", "indexes", _index),
        unknown=frozenset(unknown),
    )


def _key(key: Unique) -> None:
    text.name(key.name)
    text.names(key.columns)


def _foreign_key(key: ForeignKey) -> None:
    for word in (key.name, key.target_table, *key.columns, *key.target_columns):
        text.name(word)


def _index(index: Index) -> None:
    text.name(index.name)
    for key in index.keys:
        text.collation(key.collation)
        if key.expression is not None:
            text.grouped(key.expression)
    if index.predicate is not None:
        text.expression(index.predicate)


def _column(column: Column, refuse: Callable[[str, str, Location | None], None], unknown: set[str]) -> Column | None:
    if why := _why(lambda: text.name(column.name)):
        refuse("a column", why, column.location)
        unknown.add("columns")
        return None
    changes: dict[str, object] = {}
    checks: dict[str, Callable[[], object]] = {
        "type": lambda: "type" in column.unknown or text.column_type(column.type),
        "default": lambda: column.default is None or text.default(column.default),
        "generated": lambda: column.generated is None or text.grouped(column.generated.expression),
        "collation": lambda: text.collation(column.collation),
    }
    for field, check in checks.items():
        if why := _why(check):
            refuse(f"{field} of column {column.name}", why, column.location)
            changes[field] = replace(column.type, name="", modifiers=()) if field == "type" else None
    if not changes:
        return column
    return replace(column, **changes, unknown=column.unknown | frozenset(changes))  # type: ignore[arg-type]
