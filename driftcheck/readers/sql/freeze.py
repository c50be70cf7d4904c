"""The catalog at the end of the replay, as the model's Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from ...model import (
    KINDS,
    Check,
    Column,
    CompositeType,
    Domain,
    Exclusion,
    ForeignKey,
    Function,
    Located,
    Opaque,
    RangeType,
    Schema,
    Table,
    Unique,
)
from ...model.naming import object_name
from .catalog import TEMPORARY, Catalog
from .comments import is_there
from .entries import EXISTENCE, WILD, Name, SequenceEntry, TableEntry, ViewEntry
from .enum_labels import EnumEntry
from .statements.drop_column import constraint_columns, index_columns

T = TypeVar("T", bound=Located)


def freeze(catalog: Catalog, unmade: Iterable[tuple[Name, Opaque]] = (), *, lost: bool = False) -> Schema:
    """Everything but what is temporary. What may or may not exist is not an object: its name is kept from being missed.

    `unmade` are objects that could not be made for want of something, unless that was made after all.
    `lost`: there may be more of every kind, in every table too.
    """
    relations = list(catalog.relations.values())
    types = [item for item in catalog.types.values() if item.schema != TEMPORARY]
    tables = [entry for entry in relations if isinstance(entry, TableEntry) and not entry.temporary]
    sequences = [
        entry.sequence
        for entry in relations
        if isinstance(entry, SequenceEntry) and not entry.of_identity and not entry.temporary
    ]
    views = [entry.freeze() for entry in relations if isinstance(entry, ViewEntry) and not entry.temporary]
    doubts = _Doubts()
    schema = Schema(
        namespaces=doubts.certain("schema", catalog.namespaces.values()),
        tables=doubts.certain("table", [_table(entry, catalog) for entry in tables]),
        enums=doubts.certain("enum", [item.freeze() for item in types if isinstance(item, EnumEntry)]),
        domains=doubts.certain("domain", [item for item in types if isinstance(item, Domain)]),
        composites=doubts.certain("composite", [item for item in types if isinstance(item, CompositeType)]),
        ranges=doubts.certain("range", [item for item in types if isinstance(item, RangeType)]),
        sequences=doubts.certain("sequence", sequences),
        views=doubts.certain("view", views),
        policies=doubts.certain("policy", [item for items in catalog.policies.values() for item in items.values()]),
        roles=doubts.certain("role", catalog.roles.values()),
        functions=doubts.certain("function", _lasting(catalog.functions.values())),
        triggers=doubts.certain("trigger", [item for items in catalog.triggers.values() for item in items.values()]),
        extensions=doubts.certain("extension", catalog.extensions.values()),
        collations=tuple(catalog.collations.values()),
        comments=(
            *(item for item in catalog.comments.values() if is_there(catalog, item)),
            *(
                item
                for entry in catalog.relations.values()
                if isinstance(entry, ViewEntry)
                for item in entry.on_columns()
            ),
        ),
    )
    made = _made(schema)
    named = (
        item for item in catalog.opaque.values() if (item.schema, item.name) not in made or item.kind in _IN_OTHERS
    )
    opaque = (*named, *doubts.opaque, *_unmade(catalog, unmade))
    schema = replace(schema, opaque=opaque, unknown=frozenset(doubts.unknown))
    return _with_more_inside(schema) if lost else schema


def _lasting(functions: Iterable[Function]) -> list[Function]:
    """Functions in pg_temp end with the session."""
    return [item for item in functions if item.schema != TEMPORARY]


#: Kinds whose names say nothing of a relation or type of the same name.
_IN_OTHERS = frozenset({"function", "policy", "trigger", "index"})


def _made(schema: Schema) -> set[tuple[str, str]]:
    """The names of relations and types that exist: no broken statement leaves those in doubt."""
    types = (schema.enums, schema.domains, schema.composites, schema.ranges)
    return {(one.schema, one.name) for some in (*types, schema.sequences, schema.views, schema.tables) for one in some}


#: Facts of a table that are there or not.
IN_TABLE = frozenset(
    """
    columns primary_key foreign_keys uniques exclusions checks indexes row_security force_row_security comment
    """.split()
)


def with_more(schema: Schema) -> Schema:
    """`schema` as one beside whose objects there may be others."""
    kinds = {place.partition(".")[2] for place in KINDS.values() if place.startswith("Schema.")}
    return replace(schema, unknown=schema.unknown | kinds)


def _with_more_inside(schema: Schema) -> Schema:
    """`schema` as one of which more exists than is listed, in every table and view, too."""
    return with_more(
        replace(
            schema,
            tables=tuple(replace(table, unknown=table.unknown | IN_TABLE) for table in schema.tables),
            views=tuple(replace(view, unknown=view.unknown | {"indexes"}) for view in schema.views),
        )
    )


def _unmade(catalog: Catalog, unmade: Iterable[tuple[Name, Opaque]]) -> Iterator[Opaque]:
    for wanted, item in unmade:
        if wanted not in catalog.made and (item.schema, item.name) not in catalog.relations:
            yield item


class _Doubts:
    """Collects what may exist: by its name, or where that is not known either, as more of its kind."""

    def __init__(self) -> None:
        self.opaque: list[Opaque] = []
        self.unknown: set[str] = set()

    def certain(self, kind: str, items: Iterable[T]) -> tuple[T, ...]:
        """Those of `items` that exist; the others are noted."""
        kept: list[T] = []
        for item in items:
            if EXISTENCE not in item.unknown:
                kept.append(item)
                continue
            schema, name = getattr(item, "schema", None), getattr(item, "name", "")
            if schema is None or WILD in schema + name:
                self.unknown.add(KINDS[kind].partition(".")[2])
            else:
                table, signature = getattr(item, "table", None), getattr(item, "signature", None)
                self.opaque.append(
                    Opaque(
                        kind=kind, schema=schema, name=name, table=table, signature=signature, location=item.location
                    )
                )
        return tuple(kept)


def _table(entry: TableEntry, catalog: Catalog) -> Table:
    table = _settled(entry)
    columns = tuple(_with_sequence(column, table, catalog) for column in table.columns)
    return replace(table, columns=columns) if columns != table.columns else table


def _with_sequence(column: Column, table: Table, catalog: Catalog) -> Column:
    """An identity column with its sequence as that is in the end. The name that PostgreSQL would choose is left out."""
    identity = column.identity
    if identity is None:
        return column
    name = identity.sequence_name
    for entry in catalog.owned_sequences(table.key, column.name):
        if entry.of_identity:
            name = entry.sequence.name
    if name == object_name(table.name, column.name, "seq"):
        name = None
    return column if name == identity.sequence_name else replace(column, identity=replace(identity, sequence_name=name))


_LISTS = {ForeignKey: "foreign_keys", Unique: "uniques", Exclusion: "exclusions", Check: "checks"}


def _settled(entry: TableEntry) -> Table:
    """The table without the columns, keys, checks and indexes that may not exist, which makes their lists unknown."""
    constraints = [item for item in entry.constraints.values() if EXISTENCE in item.unknown]
    indexes = [item for item in entry.indexes.values() if EXISTENCE in item.unknown]
    columns = [item for item in entry.columns.values() if EXISTENCE in item.unknown]
    if not (constraints or indexes or columns):
        return entry.freeze()
    kept = entry.copy()
    for constraint in constraints:
        del kept.constraints[constraint.name]
        kept.unknown |= {_LISTS.get(type(constraint), "primary_key")}
    for index in indexes:
        del kept.indexes[index.name]
        kept.unknown |= {"indexes"}
    used = {name for item in kept.constraints.values() for name in constraint_columns(item, entry)}
    used |= {name for item in kept.indexes.values() for name in index_columns(item, entry)}
    for column in columns:
        if column.name in used:
            kept.columns[column.name] = _existing(column)
        else:
            del kept.columns[column.name]
            kept.unknown |= {"columns"}
    return kept.freeze()


def _existing(column: Column) -> Column:
    """A column on which something certain stands."""
    return replace(column, unknown=column.unknown - {EXISTENCE})
