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
    Trigger,
    View,
)
from .clauses import kept
from .lexer import Refused, tokens

#: Tables that SQLite keeps for itself.
_OWN = "sqlite_"
#: What the tables are called in which modules keep a virtual table, behind its name: https://www.sqlite.org/vtab.html.
SHADOWS = {
    "fts5": ("data", "idx", "content", "docsize", "config"),
    "fts3": ("content", "segments", "segdir", "docsize", "stat"),
    "fts4": ("content", "segments", "segdir", "docsize", "stat"),
    "rtree": ("node", "rowid", "parent"),
    "geopoly": ("node", "rowid", "parent"),
    "spellfix": ("vocab",),
    "vec0": ("chunks", "rowids", "info", "auxiliary", *(f"vector_chunks{number:02}" for number in range(16))),
}


class Catalog:
    """Everything by its name in lower case. `lost` are names of which something is known to exist, and no more.

    `virtual` are tables of extensions with their module; `hidden` holds temporary tables and views.
    """

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.views: dict[str, View] = {}
        self.virtual: dict[str, tuple[str, str, Location]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.lost: dict[str, Opaque] = {}
        self.hidden: set[str] = set()

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
        for found in (self.tables, self.views, self.virtual, self.lost):
            found.pop(key, None)
        self.hidden.discard(key)
        self.triggers = {name: one for name, one in self.triggers.items() if one.table.lower() != key}

    def rename_table(self, old: str, new: str) -> None:
        """The table, what references it, and what speaks of it (since SQLite 3.26)."""
        table = replace(self.table(old), name=new)
        if self.has(new):
            raise Refused(f"there is a {new} already", 0)
        del self.tables[old.lower()]
        self.put(table)

        def renamed(key: ForeignKey) -> ForeignKey:
            return replace(key, target_table=new) if key.target_table.lower() == old.lower() else key

        names = {old.lower(): new}
        for one in list(self.tables.values()):
            checks = tuple(replace(item, expression=respelled(item.expression, names)) for item in one.checks)
            one = replace(one, foreign_keys=tuple(map(renamed, one.foreign_keys)), checks=checks)
            self.put(one)
        self._views(names)
        self.triggers = {key: _renamed(one, names) for key, one in self.triggers.items()}

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
        self.triggers = {key: _renamed(one, names, table) for key, one in self.triggers.items()}

    def schema(self) -> Schema:
        virtual = (
            Opaque(kind="table", schema=DEFAULT_SCHEMA, name=name, location=location)
            for name, _, location in self.virtual.values()
        )
        shadows = {
            f"{key}_{word}"
            for key, (_, module, _) in self.virtual.items()
            for start, words in SHADOWS.items()
            if module.startswith(start)
            for word in words
        }
        return Schema(
            tables=tuple(one for key, one in self.tables.items() if not key.startswith(_OWN) and key not in shadows),
            views=tuple(self.views.values()),
            triggers=tuple(self.triggers.values()),
            opaque=(*self.lost.values(), *virtual),
        )

    def account(self) -> Counter[str]:
        """What the model has no room for, in the plural."""
        return +Counter({"virtual tables": len(self.virtual)})


def has_column(table: Table, name: str) -> bool:
    return any(column.name.lower() == name.lower() for column in table.columns)


def demand_columns(table: Table) -> None:
    """Raises NotSqlite where a key speaks of a column that is not there, or two columns have one name."""
    names = [column.name.lower() for column in table.columns]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise Refused(f"it has two columns {twice[0]}", 0)
    keys = [table.primary_key] if table.primary_key is not None else []
    for columns in (key.columns for group in (keys, table.uniques, table.foreign_keys) for key in group):
        for name in columns:
            if name.lower() not in names:
                raise Refused(f"there is no column {name} in {table.name}", 0)


def respelled(expression: Expression, names: dict[str, str]) -> Expression:
    """`expression` with names that are called otherwise, whichever quotes they stand in."""
    parts, end = [], 0
    for token in tokens(expression.sql):
        parts.append(expression.sql[end : token.start])
        new = names.get(token.name.lower()) if token.kind in ("word", "quoted") else None
        parts.append(token.text if new is None else '"' + new.replace('"', '""') + '"')
        end = token.end
    return Expression("".join([*parts, expression.sql[end:]]))


def _renamed(trigger: Trigger, names: dict[str, str], table: str | None = None) -> Trigger:
    """What speaks of a table that is called otherwise, or of columns of `table`."""
    speaks = table is None or table.lower() in {token.name.lower() for token in tokens(_said(trigger))}
    if not speaks:
        return trigger
    of = trigger.table.lower()
    columns = _named(names)(trigger.update_columns) if table is not None and of == table.lower() else ()
    return replace(
        trigger,
        table=names.get(of, trigger.table) if table is None else trigger.table,
        update_columns=columns or trigger.update_columns,
        when=respelled(trigger.when, names) if trigger.when is not None else None,
        body=respelled(trigger.body, names) if trigger.body is not None else None,
    )


def _said(trigger: Trigger) -> str:
    return f'"{trigger.table}" {trigger.when or ""} {trigger.body or ""}'


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

    after = replace(
        table,
        columns=tuple(map(column, table.columns)),
        primary_key=replace(key, columns=columns(key.columns)) if key is not None else None,
        uniques=tuple(replace(one, columns=columns(one.columns)) for one in table.uniques),
        foreign_keys=tuple(replace(one, columns=columns(one.columns)) for one in table.foreign_keys),
        checks=tuple(map(check, table.checks)),
        indexes=tuple(map(index, table.indexes)),
    )
    return replace(after, options=kept(table, after))
