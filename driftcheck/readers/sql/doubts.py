"""Puts in doubt what a statement that cannot be parsed names, as a block does with what it may or may not change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TypeVar

from ...model import Column, ForeignKey, Located, Location, Opaque, Table
from .cursor import Cursor
from .entries import EXISTENCE, IndexEntry, Key, SequenceEntry, TableEntry, ViewEntry
from .named_words import TYPES, Named, named
from .session import Session
from .statements.drop_column import constraint_columns, index_columns

T = TypeVar("T", bound=Located)

#: Facts of a table and of a column that a statement may change.
_OF_TABLE = frozenset(item.name for item in fields(Table) if item.compare) - {"schema", "name"}
_OF_COLUMN = frozenset(item.name for item in fields(Column) if item.compare) - {"name"}
#: The lists of a table in which what is added stands, by a word of it.
_CONSTRAINTS = {
    "check": "checks", "foreign": "foreign_keys", "references": "foreign_keys", "exclude": "exclusions",
    "unique": "uniques", "primary": "primary_key",
}  # fmt: skip
#: More names than this are not told apart: anything may be there.
_MOST = 2_000
#: Kinds whose names are in no schema.
_GLOBAL = frozenset({"schema", "extension", "role"})


def doubt(session: Session, cursor: Cursor, end: int | None = None) -> None:
    """Puts in doubt all that the statement of `cursor`, which cannot be parsed and ends at offset `end`, names."""
    end = cursor.tokens[-1].end if end is None else end
    session.budget.step(end - cursor.tokens[0].start)
    for item in named(cursor.tokens, end):
        if len(session.catalog.opaque) >= _MOST:
            session.lost = True
            return
        _Doubt(session, item, cursor.source.location(item.token.start)).put()


class _Doubt:
    """One name of a statement that cannot be parsed."""

    def __init__(self, session: Session, item: Named, place: Location) -> None:
        self.session, self.catalog, self.item, self.place = session, session.catalog, item, place
        self.schema, self.name = _split(item.path)
        self.owner = session.assumed(*_split(item.table)) if item.table else None

    def put(self) -> None:
        """Marks what has the name; where nothing has, keeps the name from being missed."""
        kinds = self.item.kinds
        known = [self._exists()] if self.item.verb == "use" else [self._mark(kind) for kind in kinds]
        if not any(known) or (kinds == ("function",) and self.item.verb == "create"):
            self._keep()
        if self.owner is not None and self.catalog.table(self.owner) is None:
            self.catalog.opaque.setdefault(("table", *self.owner), self._opaque("table", *self.owner))

    def _exists(self) -> bool:
        """What is named by the way is as it is, if it is there."""
        found = self.session.find(self.schema, self.name) or self.session.type_key(self.schema, self.name)
        return found is not None or self.session.assumed(self.schema, self.name) in self.catalog.routine_names

    def _keep(self) -> None:
        kinds = self.item.kinds
        kind = kinds[0] if len(kinds) == 1 else ""
        if kind in ("column", "constraint"):
            return
        schema, name = ("", self.name) if kind in _GLOBAL else self.session.assumed(self.schema, self.name)
        table = None
        if self.owner is not None and kind in ("policy", "trigger"):
            schema, table = self.owner
        self.catalog.opaque[(kind, schema, f"{table}.{name}" if table else name)] = self._opaque(
            kind, schema, name, table
        )

    def _opaque(self, kind: str, schema: str, name: str, table: str | None = None) -> Opaque:
        return Opaque(kind=kind, schema=schema, name=name, table=table, location=self.place)

    def _mark(self, kind: str) -> bool:
        """Marks what of the kind has the name; whether anything has."""
        if kind in ("table", "view", "sequence"):
            return self._relation(kind)
        if kind in TYPES:
            return self._type()
        marks = {
            "index": self._index,
            "function": self._functions,
            "policy": self._in_tables,
            "trigger": self._in_tables,
            "schema": self._namespace,
            "column": self._column,
            "constraint": self._constraint,
        }
        if kind in marks:
            return marks[kind]()
        self.catalog.extensions.pop(self.name, None) if kind == "extension" else self.catalog.roles.pop(self.name, None)
        return False

    # --- relations ---

    def _relation(self, kind: str) -> bool:
        found = self.session.find(self.schema, self.name)
        if kind == "view" and isinstance(found, ViewEntry):
            found.view = _perhaps(found.view)
        elif kind == "sequence" and isinstance(found, SequenceEntry):
            found.sequence = _perhaps(found.sequence)
        elif kind == "table" and isinstance(found, TableEntry):
            self._table(found)
        else:
            return False
        return True

    def _table(self, table: TableEntry) -> None:
        """A table that may be gone, or of which what the statement names may be otherwise."""
        if self.item.verb == "comment":
            table.unknown |= {"comment"}
        elif self.item.verb == "drop":
            table.unknown |= {EXISTENCE}
            self._with_it(table.key)
        elif self.item.adds:
            found = {_CONSTRAINTS[word] for word in self.item.words & _CONSTRAINTS.keys()}
            table.unknown |= found if self.item.adds in _CONSTRAINTS else found | {"columns"}
        else:
            table.unknown |= _OF_TABLE
            _parts(table, self.item.words)

    def _with_it(self, key: Key) -> None:
        """What would go with the table `key`, or follow its new name."""
        _each(self.catalog.policies.get(key, {}))
        _each(self.catalog.triggers.get(key, {}))
        for entry in self.catalog.dependents_of(key):
            if isinstance(entry, ViewEntry):
                entry.view = _perhaps(entry.view)
            elif isinstance(entry, TableEntry) and entry.key != key:
                for name, item in list(entry.constraints.items()):
                    if isinstance(item, ForeignKey) and (item.target_schema, item.target_table) == key:
                        entry.constraints[name] = _perhaps(item)

    def _index(self) -> bool:
        """An index is in its table, of which it is enough to know that there may be more or fewer."""
        entry = self.session.find(self.schema, self.name)
        key = entry.owner if isinstance(entry, IndexEntry) else self.owner
        owner = self.catalog.relations.get(key) if key is not None else None
        if isinstance(owner, TableEntry):
            owner.unknown |= {"indexes"}
            _parts(owner, frozenset({self.name}) if isinstance(entry, IndexEntry) else frozenset())
        elif isinstance(owner, ViewEntry):
            owner.view = replace(owner.view, unknown=owner.view.unknown | {"indexes"})
        return owner is not None

    # --- what is in a table ---

    def _column(self) -> bool:
        """COMMENT ON COLUMN."""
        found = self.session.find(*_split(self.item.path[:-1])) if len(self.item.path) > 1 else None
        if isinstance(found, TableEntry) and (column := found.columns.get(self.name)) is not None:
            found.columns[self.name] = replace(column, unknown=column.unknown | {"comment"})
        return True

    def _constraint(self) -> bool:
        """COMMENT ON CONSTRAINT, which is no fact."""
        return True

    def _in_tables(self) -> bool:
        return self._in_one(self.catalog.policies) | self._in_one(self.catalog.triggers)

    def _in_one(self, things: dict[Key, dict[str, T]]) -> bool:
        """Marks those of `things`, by table, that have the name."""
        keys = [self.owner] if self.owner is not None else list(things)
        found = [key for key in keys if self.name in things.get(key, {})]
        for key in found:
            things[key][self.name] = _perhaps(things[key][self.name])
        return bool(found)

    # --- all else ---

    def _type(self) -> bool:
        key = self.session.type_key(self.schema, self.name)
        if key is None or key not in self.catalog.types:
            return False
        self.catalog.types[key] = _perhaps(self.catalog.types[key])
        return True

    def _functions(self) -> bool:
        schemas = self.session.search(self.schema)
        found = [key for key in self.catalog.functions if key[0] in schemas and key[1] == self.name]
        for key in found:
            self.catalog.functions[key] = _perhaps(self.catalog.functions[key])
        return bool(found)

    def _namespace(self) -> bool:
        """A schema; where it may be dropped or renamed, all that is in it."""
        found = self.catalog.namespaces.get(self.name)
        if found is None:
            return False
        self.catalog.namespaces[self.name] = _perhaps(found)
        for key in self._within() if self.item.verb == "drop" else ():
            item = replace(self.item, path=key, kinds=("table", "view", "sequence", *TYPES, "function"))
            _Doubt(self.session, item, self.place).put()
        return True

    def _within(self) -> Iterator[Key]:
        catalog, schema = self.catalog, self.name
        for keys in (catalog.relations, catalog.types, catalog.routine_names):
            yield from [key for key in keys if key[0] == schema]


def _parts(table: TableEntry, words: frozenset[str]) -> None:
    """Puts in doubt the columns, constraints and indexes of `table` that are named, and what uses those columns."""
    columns = {name for name in table.columns if name in words}
    for name, constraint in list(table.constraints.items()):
        if name in words or columns & constraint_columns(constraint, table):
            table.constraints[name] = _perhaps(constraint)
    for name, index in list(table.indexes.items()):
        if name in words or columns & index_columns(index, table):
            table.indexes[name] = _perhaps(index)
    for name in columns:
        column = table.columns[name]
        table.columns[name] = replace(column, unknown=column.unknown | _OF_COLUMN | {EXISTENCE})


def _each(items: dict[str, T]) -> None:
    for name, item in list(items.items()):
        items[name] = _perhaps(item)


def _perhaps(item: T) -> T:
    return replace(item, unknown=item.unknown | {EXISTENCE})


def _split(path: tuple[str, ...]) -> tuple[str | None, str]:
    return (path[-2] if len(path) > 1 else None), path[-1]
