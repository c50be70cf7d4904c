"""What is in the database while its statements are replayed. Names have no case; each keeps the one it was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from ...location import Location
from ...model import (
    DEFAULT_SCHEMA,
    Check,
    Column,
    Expression,
    ForeignKey,
    Generated,
    Index,
    IndexKey,
    Opaque,
    Schema,
    Table,
    View,
)
from .lexer import Refused, tokens

#: Tables that SQLite keeps for itself.
_OWN = "sqlite_"


class Catalog:
    """Everything by its name in lower case. `lost` are names of which something is known to exist, and no more.

    `virtual` are tables of extensions, `triggers` maps each trigger to its table; `unmodelled` counts what the model
    has no room for, `hidden` holds what is in no schema: temporary tables and views.
    """

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.views: dict[str, View] = {}
        self.virtual: dict[str, str] = {}
        self.triggers: dict[str, str] = {}
        self.lost: dict[str, Opaque] = {}
        self.hidden: set[str] = set()
        self.unmodelled: dict[str, Counter[str]] = {}

    def has(self, name: str) -> bool:
        key = name.lower()
        return key in self.tables or key in self.views or key in self.virtual or key in self.lost or key in self.hidden

    def table(self, name: str) -> Table:
        """Raises Refused where there is none."""
        found = self.tables.get(name.lower())
        if found is None:
            raise Refused(f"there is no table {name}", 0)
        return found

    def put(self, table: Table) -> None:
        self.tables[table.name.lower()] = table

    def lose(self, kind: str, name: str, location: Location) -> None:
        """Something of this name was made or changed, and nobody knows how."""
        if kind == "index":
            return
        self.tables.pop(name.lower(), None)
        self.lost[name.lower()] = Opaque(kind=kind, schema=DEFAULT_SCHEMA, name=name, location=location)

    def index_of(self, name: str) -> tuple[Table, Index] | None:
        return next(
            (
                (table, index)
                for table in self.tables.values()
                for index in table.indexes
                if index.name.lower() == name.lower()
            ),
            None,
        )

    def drop(self, name: str) -> None:
        """A table or view goes, with its indexes and triggers; keys of others that reference it stay."""
        key = name.lower()
        for found in (self.tables, self.views, self.virtual, self.lost, self.unmodelled):
            found.pop(key, None)
        self.hidden.discard(key)
        self.triggers = {trigger: table for trigger, table in self.triggers.items() if table != key}

    def rename_table(self, old: str, new: str) -> None:
        """The table, what references it, and what speaks of it (since SQLite 3.26)."""
        table = replace(self.table(old), name=new)
        if self.has(new):
            raise Refused(f"there is a {new} already", 0)
        del self.tables[old.lower()]
        self.put(table)
        self.unmodelled[new.lower()] = self.unmodelled.pop(old.lower(), Counter())
        self.triggers = {trigger: new.lower() if on == old.lower() else on for trigger, on in self.triggers.items()}

        def renamed(key: ForeignKey) -> ForeignKey:
            return replace(key, target_table=new) if key.target_table.lower() == old.lower() else key

        names = {old.lower(): new}
        for one in list(self.tables.values()):
            checks = tuple(replace(item, expression=respelled(item.expression, names)) for item in one.checks)
            one = replace(one, foreign_keys=tuple(map(renamed, one.foreign_keys)), checks=checks)
            self.put(one)
        self._views(names)

    def _views(self, names: dict[str, str]) -> None:
        self.views = {
            key: replace(view, definition=respelled(view.definition, names)) for key, view in self.views.items()
        }

    def rename_column(self, table: str, old: str, new: str) -> None:
        found = self.table(table)
        if not has_column(found, old):
            raise Refused(f"there is no column {old} in {table}", 0)
        names = {old.lower(): new}
        self.put(_with_column_renamed(found, names))
        for one in list(self.tables.values()):
            self.put(replace(one, foreign_keys=tuple(_retargeted(key, table, names) for key in one.foreign_keys)))
        if any(table.lower() in view.definition.sql.lower() for view in self.views.values()):
            self._views(names)

    def schema(self) -> Schema:
        kept = {key: Opaque(kind="table", schema=DEFAULT_SCHEMA, name=name) for key, name in self.virtual.items()}
        return Schema(
            tables=tuple(table for key, table in self.tables.items() if not key.startswith(_OWN)),
            views=tuple(self.views.values()),
            opaque=(*self.lost.values(), *kept.values()),
        )

    def account(self) -> Counter[str]:
        """What the model has no room for, in the plural."""
        counted = Counter({"virtual tables": len(self.virtual), "triggers": len(self.triggers)})
        for found in self.unmodelled.values():
            counted.update(found)
        return +counted


def has_column(table: Table, name: str) -> bool:
    return any(column.name.lower() == name.lower() for column in table.columns)


def respelled(expression: Expression, names: dict[str, str]) -> Expression:
    """`expression` with names that are called otherwise, whichever quotes they stand in."""
    parts, end = [], 0
    for token in tokens(expression.sql):
        parts.append(expression.sql[end : token.start])
        new = names.get(token.name.lower()) if token.kind in ("word", "quoted") else None
        parts.append(token.text if new is None else '"' + new.replace('"', '""') + '"')
        end = token.end
    return Expression("".join([*parts, expression.sql[end:]]))


def _named(names: dict[str, str]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    return lambda columns: tuple(names.get(name.lower(), name) for name in columns)


def _retargeted(key: ForeignKey, table: str, names: dict[str, str]) -> ForeignKey:
    if key.target_table.lower() != table.lower():
        return key
    return replace(key, target_columns=_named(names)(key.target_columns))


def _with_column_renamed(table: Table, names: dict[str, str]) -> Table:
    columns = _named(names)
    key = table.primary_key

    def column(one: Column) -> Column:
        generated = one.generated
        if generated is not None:
            generated = Generated(respelled(generated.expression, names), generated.stored)
        return replace(one, name=names.get(one.name.lower(), one.name), generated=generated)

    def check(one: Check) -> Check:
        return replace(one, expression=respelled(one.expression, names))

    def index_key(one: IndexKey) -> IndexKey:
        if one.column is not None:
            return replace(one, column=names.get(one.column.lower(), one.column))
        return replace(one, expression=respelled(one.expression, names)) if one.expression is not None else one

    def index(one: Index) -> Index:
        predicate = respelled(one.predicate, names) if one.predicate is not None else None
        return replace(one, keys=tuple(map(index_key, one.keys)), predicate=predicate)

    return replace(
        table,
        columns=tuple(map(column, table.columns)),
        primary_key=replace(key, columns=columns(key.columns)) if key is not None else None,
        uniques=tuple(replace(one, columns=columns(one.columns)) for one in table.uniques),
        foreign_keys=tuple(replace(one, columns=columns(one.columns)) for one in table.foreign_keys),
        checks=tuple(map(check, table.checks)),
        indexes=tuple(map(index, table.indexes)),
    )
