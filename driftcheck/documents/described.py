"""What a document is made of: a schema, words about its objects, and what follows from its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..dialects import dialect_named
from ..dialects.dialect import ViewColumns
from ..model import DEFAULT_SCHEMA, Column, ForeignKey, Policy, Schema, Table, Trigger, View
from ..sql import SqlError
from ..sql.references import relations_in

#: Schema and name of a table.
Key = tuple[str, str]
#: What words are about: schema and table, or schema, table and column; likewise a view, a type or a function.
About = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What keys and indexes say of the columns of one table. `keys` are its foreign keys by name, and by column;
    where a row need not have a value, also by the primary key or as an identity, is `optional`.
    """

    primary: frozenset[str]
    optional: frozenset[str]
    indexed: frozenset[str]
    unique: tuple[frozenset[str], ...]
    keys: tuple[ForeignKey, ...]
    by_column: Mapping[str, list[ForeignKey]]

    def single(self, columns: Iterable[str]) -> bool:
        """Whether at most one row has the same values in `columns`: a key of the table is among them."""
        among = set(columns)
        return any(key and key <= among for key in self.unique)


@dataclass(frozen=True)
class Described:
    """One source as documents show it. `source` is its name, `kind` its language, as people call it, and `dialect` its
    engine, as `Reading` has it.

    `words` hold what a source says of its objects apart from comments in the database (JSDoc, docstrings), and what a
    file of descriptions says, which goes before a comment: `said`. `left_out` are sentences on what is not in it.
    """

    schema: Schema
    source: str
    kind: str
    words: Mapping[About, str] = field(default_factory=dict)
    said: Mapping[About, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    dialect: str = ""

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """By name, those of the schema public first: a document does not change because a declaration moved."""
        return tuple(sorted(self.schema.tables, key=lambda table: placed(table.key)))

    @cached_property
    def _marks(self) -> Mapping[Key, Marks]:
        return {table.key: marked(table) for table in self.tables}

    def marks(self, table: Table) -> Marks:
        return self._marks[table.key]

    @cached_property
    def by_key(self) -> Mapping[Key, Table]:
        return {table.key: table for table in self.tables}

    @cached_property
    def referenced(self) -> Mapping[Key, tuple[tuple[Table, ForeignKey], ...]]:
        """For each table, declared or not, the foreign keys that lead to it."""
        found: dict[Key, list[tuple[Table, ForeignKey]]] = {}
        for table in self.tables:
            for key in sorted(table.foreign_keys, key=lambda key: key.name):
                found.setdefault((key.target_schema, key.target_table), []).append((table, key))
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def policies(self) -> Mapping[Key, list[Policy]]:
        found: dict[Key, list[Policy]] = {}
        for policy in sorted(self.schema.policies, key=lambda policy: policy.name):
            found.setdefault((policy.schema, policy.table), []).append(policy)
        return found

    @cached_property
    def triggers(self) -> Mapping[Key, list[Trigger]]:
        found: dict[Key, list[Trigger]] = {}
        for trigger in sorted(self.schema.triggers, key=lambda trigger: trigger.name):
            found.setdefault((trigger.schema, trigger.table), []).append(trigger)
        return found

    @cached_property
    def comments(self) -> Mapping[tuple[str | None, ...], str]:
        """Comments on what is no table and no column of one: by schema and name; what may have a name beside others,
        as an index and what is in a table, by its kind, too.
        """
        found: dict[tuple[str | None, ...], str] = {}
        for one in self.schema.comments:
            name = one.name if one.signature is None else f"{one.name}({', '.join(one.signature)})"
            inner = (one.kind, one.schema, one.table) if one.table is not None else (one.schema,)
            found[("index", one.schema, name) if one.kind == "index" else (*inner, name)] = one.text
        return found

    def on_index(self, schema: str, name: str) -> str:
        return self.comments.get(("index", schema, name), "")

    def on_part(self, kind: str, table: Key, name: str) -> str:
        """Of a constraint, trigger or policy of a table, or a column of a view."""
        return self.comments.get((kind, *table, name), "")

    def purpose(self, table: Table) -> str:
        return self.about(*table.key) or table.comment or self.words.get(table.key, "")

    def note(self, table: Table, column: Column) -> str:
        about = (*table.key, column.name)
        return self.about(*about) or column.comment or self.words.get(about, "")

    def about(self, *names: str) -> str:
        return self.said.get(names, "")

    def words_on(self, *names: str) -> str:
        """What is said of a view, a type or a function."""
        return self.about(*names) or self.comments.get(names, "") or self.words.get(names, "")

    @cached_property
    def views(self) -> tuple[View, ...]:
        return tuple(sorted(self.schema.views, key=lambda view: placed((view.schema, view.name))))

    @cached_property
    def readers(self) -> Mapping[Key, list[Key]]:
        """For each table and view the views that read it."""
        found: dict[Key, list[Key]] = {}
        for view in self.views:
            for key in self.read_by(view):
                found.setdefault(key, []).append((view.schema, view.name))
        return found

    @cached_property
    def _relations(self) -> frozenset[Key]:
        return frozenset([*self.by_key, *((one.schema, one.name) for one in self.schema.views)])

    def read_by(self, view: View) -> list[Key]:
        """The tables and views that a view reads, as far as the source declares them."""
        try:
            names = list(relations_in(str(view.definition)))
        except SqlError:
            return []
        keys = {(schema or DEFAULT_SCHEMA, name) for schema, name in names}
        keys |= {(view.schema, name) for schema, name in names if schema is None}
        return sorted((keys & self._relations) - {(view.schema, view.name)}, key=placed)

    @cached_property
    def _of_queries(self) -> Mapping[Key, ViewColumns]:
        results = dialect_named(self.dialect).results
        return results.load()(self.schema) if results is not None and self.schema.views else {}

    def results(self, view: View) -> ViewColumns:
        """The columns of a view, by its query, or by its own list where that is all there is; empty if not known."""
        return self._of_queries.get((view.schema, view.name)) or tuple((name, None) for name in view.columns)

    def targets(self, key: ForeignKey) -> tuple[str, ...]:
        """The columns that `key` leads to: the primary key where it names none."""
        if key.target_columns:
            return key.target_columns
        table = self.by_key.get((key.target_schema, key.target_table))
        return table.primary_key.columns if table is not None and table.primary_key is not None else ()


def placed(key: Key) -> tuple[bool, str, str]:
    """By this tables are sorted."""
    return key[0] != DEFAULT_SCHEMA, *key


def shown(key: Key) -> str:
    """The name of a table for people: without a schema where that is public."""
    return key[1] if key[0] in (DEFAULT_SCHEMA, "") else ".".join(key)


def marked(table: Table) -> Marks:
    primary = frozenset(table.primary_key.columns if table.primary_key is not None else ())
    keys = tuple(sorted(table.foreign_keys, key=lambda key: key.name))
    by_column: dict[str, list[ForeignKey]] = {}
    for key in keys:
        for name in dict.fromkeys(key.columns):
            by_column.setdefault(name, []).append(key)
    unique = [frozenset(unique.columns) for unique in table.uniques] + [primary]
    unique += [
        frozenset(key.column or "" for key in index.keys)
        for index in table.indexes
        if index.unique and index.predicate is None and all(key.column is not None for key in index.keys)
    ]
    return Marks(
        primary=primary,
        optional=frozenset(
            one.name for one in table.columns if one.nullable and one.name not in primary and one.identity is None
        ),
        indexed=frozenset(key.column for index in table.indexes for key in index.keys if key.column is not None),
        unique=tuple(unique),
        keys=keys,
        by_column=by_column,
    )
