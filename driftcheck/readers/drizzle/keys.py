"""From Drizzle's keys, checks and indexes to the model's, with the names Drizzle gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from typing import TypeVar, cast

from ... import model
from ...frozen import dataclass
from ...model import Action, truncate
from ...model.naming import column_part, object_name
from ...sql.index_keys import index_key
from ...sql.stream import split
from ...typescript.runtime.values import UNDEFINED, Unknown, Value, clipped, is_function
from . import naming
from .columns import IndexedColumn, PgColumn
from .columns.builder import Reference
from .columns.column import column_of
from .columns.kind import option
from .constraints import CheckBuilder, Constraint, ForeignKeyBuilder, IndexBuilder, PrimaryKeyBuilder, UniqueBuilder
from .context import Context
from .line import Line
from .literals import NotKnown, parameters
from .rendering import Renderer, expression
from .sql import SqlObject
from .tables import PgTable

Built = TypeVar("Built")

_ACTIONS = ("no action", "restrict", "cascade", "set null", "set default")


@dataclass(slots=True)
class TableKeys:
    """What depends on a table's columns. `unknown` names fields of the table of which more exists than is here."""

    primary_key: model.PrimaryKey | None = None
    foreign_keys: list[model.ForeignKey] = field(default_factory=list)
    uniques: list[model.Unique] = field(default_factory=list)
    checks: list[model.Check] = field(default_factory=list)
    indexes: list[model.Index] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)


class KeyReader:
    """Reads the keys of one table; what cannot be read is a gap, and its kind unknown for the table."""

    def __init__(self, table: PgTable, context: Context) -> None:
        self.table = table
        self.context = context
        self.name = str(table.name)
        self.stable = context.line is Line.STABLE
        self.keys = TableKeys()
        #: Names that PostgreSQL gives, because what drizzle-kit writes gives none.
        self._automatic: set[str] = set()

    def read(self, extras: list[Value]) -> TableKeys:
        for column in self.table.columns.values():
            for reference in column.facts.references:
                what = f"foreign key of {column.name}"
                with self._attempt("foreign_keys", what, reference.site.location):
                    self._reference(column, reference)
        self._column_primary_key()
        if self.stable:
            self._column_uniques()
        for extra in extras:
            if isinstance(extra, Constraint):
                self._extra(extra)
        if not self.stable:
            self._column_uniques()
        self._drop_redundant_uniques()
        return self.keys

    def _drop_redundant_uniques(self) -> None:
        """Of keys on the same columns in one CREATE TABLE, PostgreSQL makes only the first, a primary key before all.

        If that one has no name of its own, it gets the name of the next that has one (`transformIndexConstraints` in
        src/backend/parser/parse_utilcmd.c).
        """
        primary = self.keys.primary_key
        kept: list[model.Unique] = []
        for unique in self._written_uniques():
            if primary is not None and (primary.columns, True) == (unique.columns, unique.nulls_distinct):
                primary = replace(primary, name=self._passed_on(primary.name, unique.name))
                continue
            for position, earlier in enumerate(kept):
                if (earlier.columns, earlier.nulls_distinct) == (unique.columns, unique.nulls_distinct):
                    kept[position] = replace(earlier, name=self._passed_on(earlier.name, unique.name))
                    break
            else:
                kept.append(unique)
        self.keys.primary_key, self.keys.uniques = primary, kept

    def _written_uniques(self) -> list[model.Unique]:
        """What is in drizzle-kit's CREATE TABLE: of those on one column alone, 1.0 writes the first it knows."""
        if self.stable:
            return self.keys.uniques
        alone: dict[tuple[str, ...], model.Unique] = {
            item.columns: item for item in reversed(self.keys.uniques) if len(item.columns) == 1
        }
        return [item for item in self.keys.uniques if alone.get(item.columns, item) is item]

    def _passed_on(self, name: str, other: str) -> str:
        return other if name in self._automatic and other not in self._automatic else name

    @contextmanager
    def _attempt(self, fact: str, what: str, location: model.Location | None) -> Iterator[None]:
        try:
            yield
        except NotKnown as error:
            self.keys.unknown.add(fact)
            self.context.gap(location, what, error.unknown, self._object)

    @property
    def _object(self) -> str:
        return f"{self.table.schema or 'public'}.{self.name}"

    def _extra(self, extra: Constraint) -> None:
        fact, word = _FACTS[type(extra)]
        name = extra.name if isinstance(extra.name, str) else ""
        with self._attempt(fact, f"{word} {name}".rstrip() + f" of {self.name}", extra.location):
            if isinstance(extra, PrimaryKeyBuilder):
                self._primary_key(extra)
            elif isinstance(extra, UniqueBuilder):
                self._unique(extra)
            elif isinstance(extra, ForeignKeyBuilder):
                self._foreign_key(extra)
            elif isinstance(extra, CheckBuilder):
                self._check(extra)
            elif isinstance(extra, IndexBuilder):
                self._index(extra)

    # -- Names and columns ----------------------------------------------------------------------------------------

    def _given(self, name: Value) -> str | None:
        """The author's own name. Raises NotKnown."""
        if isinstance(name, Unknown):
            raise NotKnown(name)
        return name if isinstance(name, str) and name else None

    def _words(self, columns: list[PgColumn]) -> list[str]:
        """What the name of a key is made of: drizzle-orm 0.x names it by properties, drizzle-kit 1.0 by columns."""
        return [column.given if self.stable else column.name for column in columns]

    def cut(self, name: str) -> str:
        """A name as the database keeps it."""
        return truncate(name)

    def _names(self, columns: list[PgColumn]) -> tuple[str, ...]:
        return tuple(self.cut(column.name) for column in columns)

    def _recased(self, name: str, *groups: list[PgColumn]) -> str:
        """What drizzle-kit 0.x makes of the name of a key when `casing` is set."""
        if not self.stable or self.context.casing is None:
            return name
        for columns in groups:
            name = naming.recased(name, [column.given for column in columns], [column.name for column in columns])
        return name

    def _columns(self, values: list[Value]) -> list[PgColumn]:
        """Raises NotKnown."""
        columns = []
        for value in values:
            column = column_of(value)
            if not isinstance(column, PgColumn):
                raise NotKnown(column or Unknown("one of its columns is not a column of a table"))
            columns.append(column)
        if not columns:
            raise NotKnown(Unknown("it has no columns"))
        return columns

    # -- Keys -------------------------------------------------------------------------------------------------------

    def _column_primary_key(self) -> None:
        columns = [column for column in self.table.columns.values() if column.facts.primary]
        if columns:
            name = object_name(self.cut(self.name), "", "pkey")
            self._automatic.add(name)
            self.keys.primary_key = model.PrimaryKey(
                name=name, columns=self._names(columns), location=columns[0].location
            )

    def _primary_key(self, builder: PrimaryKeyBuilder) -> None:
        columns = self._columns(builder.columns)
        own = self._given(builder.name)
        name = own or naming.primary_key_name(self.name, self._words(columns), self.context.line)
        name = self.cut(self._recased(name, columns))
        if own is None and not self.stable and len(columns) == 1:
            self._automatic.add(name)
        self.keys.primary_key = model.PrimaryKey(name=name, columns=self._names(columns), location=builder.location)

    def _column_uniques(self) -> None:
        for column in self.table.columns.values():
            if column.facts.unique is not None:
                with self._attempt("uniques", f"unique key of {column.name}", column.location):
                    self._column_unique(column)

    def _column_unique(self, column: PgColumn) -> None:
        arguments = column.facts.unique or []
        name = self._given(arguments[0] if arguments else None)
        nulls = option(arguments[1] if len(arguments) > 1 else None, "nulls")
        if isinstance(nulls, Unknown):
            raise NotKnown(nulls)
        self._add_unique(name, [column], nulls != "not distinct", column.location)

    def _unique(self, builder: UniqueBuilder) -> None:
        columns = self._columns(builder.columns)
        self._add_unique(self._given(builder.name), columns, builder.nulls_distinct, builder.location)

    def _add_unique(
        self, name: str | None, columns: list[PgColumn], nulls_distinct: bool, location: model.Location | None
    ) -> None:
        if name is None and not self.stable and len(columns) == 1:
            name = object_name(self.cut(self.name), column_part(self._names(columns)), "key")
            self._automatic.add(name)
        name = name or naming.unique_name(self.name, self._words(columns))
        self.keys.uniques.append(
            model.Unique(
                name=self.cut(name), columns=self._names(columns), nulls_distinct=nulls_distinct, location=location
            )
        )

    def _reference(self, column: PgColumn, reference: Reference) -> None:
        target = reference.target
        if is_function(target):
            target = reference.site.call(target, [])
        targets = self._columns([target])
        actions = [option(reference.options, key) for key in ("onDelete", "onUpdate")]
        name = None if self.stable else self._given(option(reference.options, "name"))
        self._add_foreign_key(name, [column], targets, actions, column.location or reference.site.location)

    def _foreign_key(self, builder: ForeignKeyBuilder) -> None:
        columns, targets = self._columns(builder.columns), self._columns(builder.target_columns)
        actions = [builder.on_delete, builder.on_update]
        self._add_foreign_key(self._given(builder.name), columns, targets, actions, builder.location)

    def _add_foreign_key(
        self,
        name: str | None,
        columns: list[PgColumn],
        targets: list[PgColumn],
        actions: list[Value],
        location: model.Location | None,
    ) -> None:
        target = targets[0].table
        if not isinstance(target, PgTable) or isinstance(target.name, Unknown) or isinstance(target.schema, Unknown):
            raise NotKnown(Unknown("the table it references is not known"))
        words = self._words(columns), self._words(targets)
        given = name
        name = name or naming.foreign_key_name(self.name, words[0], target.name, words[1], self.context.line)
        name = self.cut(self._recased(name, columns, targets))
        on_delete, on_update = map(_action, actions)
        key = model.ForeignKey(
            name=name,
            columns=self._names(columns),
            target_schema=self.cut(target.schema or "public"),
            target_table=self.cut(target.name),
            target_columns=self._names(targets),
            on_delete=on_delete,
            on_update=on_update,
            location=location,
        )
        key = self._foreign_key_named(given, key)
        # Of two with one name drizzle-kit keeps the last.
        self.keys.foreign_keys = [other for other in self.keys.foreign_keys if other.name != key.name] + [key]

    def _foreign_key_named(self, given: str | None, key: model.ForeignKey) -> model.ForeignKey:
        """`key` under the name that it has in the database; `given` is the author's own."""
        return key

    def _check(self, builder: CheckBuilder) -> None:
        name = self._given(builder.name)
        if name is None:
            raise NotKnown(Unknown("the check has no name"))
        condition = expression(builder.condition, self.context.budget, bare=True)
        if not condition.sql:
            raise NotKnown(Unknown("the check has no condition"))
        self.keys.checks.append(model.Check(name=self.cut(name), expression=condition, location=builder.location))

    # -- Indexes ----------------------------------------------------------------------------------------------------

    def _index(self, builder: IndexBuilder) -> None:
        given = self._given(builder.name)
        keys = [key for value in builder.keys_ for key in self._keys(value)]
        unknown: set[str] = set()
        if not keys:
            raise NotKnown(Unknown("it has no columns"))
        if given is None and any(key.expression for key in keys):
            refused = Unknown("drizzle-kit refuses an index on an expression that has no name")
            self._not_known(builder, "name", unknown, refused)
        name = given or naming.index_name(self.name, [key.column or "expression" for key in keys])
        self.keys.indexes.append(
            model.Index(
                name=self.cut(name),
                keys=tuple(keys),
                unique=builder.unique,
                method=self._fact(builder, "method", unknown, lambda: _text(builder.method).lower(), "btree"),
                predicate=self._fact(builder, "predicate", unknown, lambda: self._predicate(builder.where), None),
                options=self._fact(builder, "options", unknown, lambda: parameters(builder.options), ()),
                location=builder.location,
                unknown=frozenset(unknown),
            )
        )

    def _fact(
        self, builder: IndexBuilder, fact: str, unknown: set[str], read: Callable[[], Built], other: Built
    ) -> Built:
        try:
            return read()
        except NotKnown as error:
            self._not_known(builder, fact, unknown, error.unknown)
            return other

    def _predicate(self, where: Value) -> model.Expression | None:
        if where in (None, UNDEFINED):
            return None
        found = expression(where, self.context.budget, bare=True)
        return found if found.sql else None

    def _not_known(self, builder: IndexBuilder, fact: str, unknown: set[str], why: Unknown) -> None:
        unknown.add(fact)
        name = builder.name if isinstance(builder.name, str) else ""
        what = f"{fact} of index {name}".rstrip() + f" of {self.name}"
        self.context.gap(builder.location, what, why, self._object)

    def _keys(self, value: Value) -> list[model.IndexKey]:
        """An index key as drizzle-kit writes it. Raises NotKnown."""
        if isinstance(value, Unknown):
            raise NotKnown(value)
        if isinstance(value, PgColumn):
            value = IndexedColumn(value)
        if isinstance(value, IndexedColumn):
            return [self._column_key(value)]
        if not isinstance(value, SqlObject):
            raise NotKnown(Unknown("one of its keys is neither a column nor SQL"))
        keys = [index_key(part) for part in split(Renderer(self.context.budget, bare=True).render(value))]
        if not keys:
            raise NotKnown(Unknown("one of its keys is empty"))
        return keys

    def _column_key(self, key: IndexedColumn) -> model.IndexKey:
        name = self.cut(key.column.name)
        if key.opclass in (None, UNDEFINED):
            return model.IndexKey(column=name, descending=key.descending, nulls_first=key.nulls_first)
        opclass = _text(key.opclass).strip()
        written = index_key(f"c {opclass}")
        # drizzle-kit 0.x writes either the operator class or the order, 1.0 both.
        descending, nulls_first = (False, False) if self.stable else (key.descending, key.nulls_first)
        return model.IndexKey(
            column=name,
            opclass=written.opclass or opclass,
            opclass_options=written.opclass_options,
            descending=descending or written.descending,
            nulls_first=nulls_first or written.nulls_first,
        )


_FACTS: dict[type, tuple[str, str]] = {
    PrimaryKeyBuilder: ("primary_key", "primary key"),
    UniqueBuilder: ("uniques", "unique key"),
    ForeignKeyBuilder: ("foreign_keys", "foreign key"),
    CheckBuilder: ("checks", "check"),
    IndexBuilder: ("indexes", "index"),
}


def _action(value: Value) -> Action:
    if value in (None, UNDEFINED):
        return "no action"
    if isinstance(value, str) and value.lower() in _ACTIONS:
        return cast(Action, value.lower())
    raise NotKnown(
        value
        if isinstance(value, Unknown)
        else Unknown(f"{clipped(repr(value))} is not an action that PostgreSQL knows")
    )


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    raise NotKnown(value if isinstance(value, Unknown) else Unknown("it is not text"))
