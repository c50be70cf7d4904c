"""Indexes that are no part of a constraint, from the rows of pg_index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from ...model import Expression, Index, IndexKey, Location, qualified
from ...sql import Stream
from ...sql.index_keys import index_key
from .received import Received
from .rows import IndexRow, NameRow, Relation, numbers, options, true

if TYPE_CHECKING:
    from .tables import Relations

#: Bits of pg_index.indoption (src/include/catalog/pg_index.h).
_DESCENDING, _NULLS_FIRST = 1, 2
#: Schemas that say nothing before the name of an operator class or collation.
_IMPLIED = ("pg_catalog", "public")


class Indexes:
    """The indexes of each table and materialized view. `cautions` tell of those that are there and not in use."""

    def __init__(self, rows: Received, relations: Relations) -> None:
        self._relations = relations
        self.cautions: list[str] = []
        self._classes: dict[str, NameRow] = {}
        self._collations: dict[str, NameRow] = {}
        for name in map(NameRow._make, rows.of("names")):
            (self._classes if name.what == "class" else self._collations)[name.oid] = name
        #: (type, method) of the operator classes that are taken where none is named.
        self._defaults = {(one.type_oid, one.method) for one in self._classes.values() if true(one.default)}
        self._rows: dict[str, list[IndexRow]] = defaultdict(list)
        for row in map(IndexRow._make, rows.of("indexes")):
            self._rows[row.relation].append(row)

    def of(self, owner: Relation) -> Iterator[Index]:
        for row in self._rows.get(owner.oid, ()):
            if row.kind == "i" and not true(row.valid):
                self.cautions.append(
                    f"the index {owner.schema}.{row.name} on {owner.name} is invalid, so PostgreSQL does not use it, "
                    "and it counts as missing: REINDEX it, or drop it and create it again"
                )
                continue
            yield self._index(row, self._relations.places.of(owner.schema, owner.name, row.name))

    def _index(self, row: IndexRow, place: Location) -> Index:
        count = int(row.key_count)
        columns = numbers(row.columns)
        return Index(
            name=row.name,
            keys=tuple(self._keys(row, columns[:count])),
            unique=true(row.unique),
            nulls_distinct=not true(row.nulls_not_distinct),
            method=row.method,
            include=self._relations.names(row.relation, columns[count:]),
            predicate=Expression(row.predicate) if row.predicate else None,
            options=options(row.options),
            tablespace=row.tablespace or None,
            only=row.kind == "I" and not true(row.valid),
            location=place,
        )

    def _keys(self, row: IndexRow, columns: tuple[str, ...]) -> Iterator[IndexKey]:
        """The keys; with an expression among them, all of them from what `pg_get_indexdef` says."""
        if row.definition:
            stream = Stream.of(row.definition)
            stream.skip_until("using")
            stream.expect("using")
            stream.identifier()
            parts = stream.parts(*stream.skip_group())
            for part, number in zip(parts, columns, strict=False):
                key = index_key(part.until())
                yield key if number == "0" else replace(key, expression=None, column=self._name(row, number))
            return
        facts = zip_longest(
            columns, numbers(row.orders)[: len(columns)], numbers(row.classes), numbers(row.collations), fillvalue="0"
        )
        for number, order, opclass, collation in list(facts)[: len(columns)]:
            yield IndexKey(
                column=self._name(row, number),
                descending=bool(int(order) & _DESCENDING),
                nulls_first=bool(int(order) & _NULLS_FIRST),
                opclass=self._opclass(opclass, row.relation, number),
                collation=self._collation(collation, row.relation, number),
            )

    def _name(self, row: IndexRow, number: str) -> str:
        return self._relations.names(row.relation, [number])[0]

    def _opclass(self, oid: str, relation: str, number: str) -> str | None:
        """The operator class; None for the one that PostgreSQL takes for the column's type (GetDefaultOpClass)."""
        found = self._classes.get(oid)
        column = self._relations.columns.get(relation, {}).get(number)
        if found is None or column is None:
            return None
        own = (column.type_oid, found.method) in self._defaults
        if true(found.default) and (found.type_oid == column.type_oid or not own):
            return None
        return found.name if found.schema in _IMPLIED else f"{found.schema}.{found.name}"

    def _collation(self, oid: str, relation: str, number: str) -> str | None:
        """The collation, where it is not the column's own."""
        found = self._collations.get(oid)
        column = self._relations.columns.get(relation, {}).get(number)
        if found is None or (column is not None and column.collation_oid == oid):
            return None
        return found.name if found.schema in _IMPLIED else qualified(found.schema, found.name)
