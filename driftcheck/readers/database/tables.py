"""Tables and views: relations with their columns, constraints and indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from ...model import Column, Expression, Generated, Identity, Location, Partition, Sequence, Table, View
from ...model.naming import object_name
from ...sql import parse_type
from .constraints import constraint_of
from .gaps import Gaps, those
from .indexes import Indexes
from .places import Places
from .received import Received
from .rows import ColumnRow, ConstraintRow, Relation, SequenceRow, items, options, true

T = TypeVar("T")
_STORAGE = {"p": "plain", "e": "external", "m": "main", "x": "extended"}
_COMPRESSION = {"p": "pglz", "l": "lz4"}
TABLES = ("r", "p", "f")
_VIEWS = ("v", "m")
#: Kind of constraint → the field of a table that holds such.
_FIELDS = {"f": "foreign_keys", "u": "uniques", "x": "exclusions", "c": "checks"}


class Relations:
    """Every relation by its number, and the columns of each by theirs."""

    def __init__(self, rows: Received, places: Places) -> None:
        self.places = places
        self.relations = {one.oid: one for one in map(Relation._make, rows.of("tables"))}
        self.columns: dict[str, dict[str, ColumnRow]] = defaultdict(dict)
        for row in map(ColumnRow._make, rows.of("columns")):
            self.columns[row.relation][row.number] = row

    def key(self, oid: str) -> tuple[str, str] | None:
        found = self.relations.get(oid)
        return (found.schema, found.name) if found is not None else None

    def names(self, oid: str, numbers: Iterable[str]) -> tuple[str, ...]:
        """The names of columns by their numbers; a column that a table does not have would be a system column."""
        columns = self.columns.get(oid, {})
        return tuple([columns[number].name if number in columns else "" for number in numbers])

    def of_kind(self, *kinds: str) -> Iterable[Relation]:
        return (one for one in self.relations.values() if one.kind in kinds)


def read_tables(
    rows: Received, relations: Relations, gaps: Gaps
) -> tuple[tuple[Table, ...], tuple[View, ...], list[str]]:
    """All tables and views, and what is to be said of them. Of what is not understood the whole table is a gap."""

    def read(kind: str, one: Relation, build: Callable[[], T]) -> T | None:
        return gaps.read(kind, (one.schema, one.name), relations.places.of(one.schema, one.name), build)

    # The columns are put together while the server still looks for keys and indexes.
    counters = _identities(rows)
    owners = tuple(relations.of_kind(*TABLES))
    columns = [read("table", one, partial(_columns, one, relations, counters)) for one in owners]
    constraints = _constraints(rows, relations)
    indexes = Indexes(rows, relations)
    tables = those(
        read("table", one, partial(_table, one, found, relations, constraints.get(one.oid, ()), indexes))
        for one, found in zip(owners, columns, strict=True)
        if found is not None
    )
    views = those(read("view", one, partial(_view, one, relations, indexes)) for one in relations.of_kind(*_VIEWS))
    return tables, views, indexes.cautions


def read_sequences(rows: Received, relations: Relations) -> tuple[Sequence, ...]:
    """The sequences but for those of identity columns, which are part of them."""
    made = (SequenceRow._make(row) for row in rows.of("sequences"))
    return tuple(_sequence(one, relations) for one in made if one.dependency != "i")


def _constraints(rows: Received, relations: Relations) -> dict[str, list[ConstraintRow]]:
    """By table. A foreign key to a partitioned table has one beside it for each partition: those are left out."""
    found: dict[str, list[ConstraintRow]] = defaultdict(list)
    known = {row[0]: ConstraintRow._make(row) for row in rows.of("constraints")}
    for one in known.values():
        parent = known.get(one.parent)
        if one.relation in relations.relations and (parent is None or parent.relation != one.relation):
            found[one.relation].append(one)
    return found


def _table(
    one: Relation,
    columns: tuple[Column, ...],
    relations: Relations,
    rows: Iterable[ConstraintRow],
    indexes: Indexes,
) -> Table:
    constraints: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        constraints[row.type].append(constraint_of(row, relations))
    parents = [key for oid in items(one.parents) if (key := relations.key(str(oid))) is not None]
    partition = None
    if true(one.is_partition) and parents:
        partition, parents = Partition(*parents[0], one.bound), []
    lists: dict[str, Any] = {field: tuple(constraints.get(kind, ())) for kind, field in _FIELDS.items()}
    return Table(
        schema=one.schema,
        name=one.name,
        columns=columns,
        primary_key=next(iter(constraints.get("p", ())), None),
        indexes=tuple(indexes.of(one)),
        row_security=true(one.row_security),
        force_row_security=true(one.force_row_security),
        comment=one.comment or None,
        partition_by=one.partition_key or None,
        partition_of=partition,
        inherits=tuple(parents),
        of_type=_path(one.of_type) if one.of_type else None,
        unlogged=one.persistence == "u",
        options=tuple(sorted((*options(one.options), *options(one.toast_options, "toast.")))),
        tablespace=one.tablespace or None,
        server=one.server or None,
        server_options=options(one.server_options),
        location=relations.places.of(one.schema, one.name),
        **lists,
    )


def _path(text: str) -> str:
    """A qualified name as the model has it, its parts without quotes."""
    type_ = parse_type(text)
    return f"{type_.schema}.{type_.name}"


def _columns(table: Relation, relations: Relations, counters: dict[tuple[str, str], SequenceRow]) -> tuple[Column, ...]:
    """The columns of a table, of which a large database has very many: what most have not costs nothing."""
    found = []
    path, place = relations.places.path, f"{table.schema}.{table.name}."
    for row in relations.columns.get(table.oid, {}).values():
        where = Location(path, 1, 1, None, place + row.name)
        further: dict[str, Any] = {}
        if row.default or row.identity or row.collation or row.storage or row.compression or row.comment:
            further = _further(row, table, counters.get((table.oid, row.number)))
        nullable = row.not_null != "t"
        found.append(Column(location=where, name=row.name, type=parse_type(row.type), nullable=nullable, **further))
    return tuple(found)


def _further(row: ColumnRow, table: Relation, counter: SequenceRow | None) -> dict[str, Any]:
    further: dict[str, Any] = {
        "collation": collation_named(row.collation),
        "storage": _STORAGE.get(row.storage, row.storage) or None,
        "compression": _COMPRESSION.get(row.compression, row.compression) or None,
        "comment": row.comment or None,
    }
    if row.generated and row.default:
        further["generated"] = Generated(Expression(row.default), stored=row.generated == "s")
    elif row.default:
        further["default"] = Expression(row.default)
    if row.identity:
        further["identity"] = _identity(row, table, counter)
    return further


def collation_named(path: str) -> str | None:
    """A qualified collation as the model has it: those that everybody finds without their schema."""
    if not path:
        return None
    found = parse_type(path)
    return found.name if found.schema in ("pg_catalog", "public") else path


def _identities(rows: Received) -> dict[tuple[str, str], SequenceRow]:
    """The sequence behind each identity column, by the numbers of table and column."""
    made = (SequenceRow._make(row) for row in rows.of("sequences"))
    return {(one.owner, one.owner_column): one for one in made if one.dependency == "i"}


def _identity(row: ColumnRow, table: Relation, counter: SequenceRow | None) -> Identity:
    if counter is None:
        return Identity(always=row.identity == "a")
    usual = object_name(table.name, row.name, "seq")
    return Identity(
        always=row.identity == "a",
        sequence_name=None if counter.name == usual else counter.name,
        type=counter.type,
        **_counting(counter),
    )


def _sequence(one: SequenceRow, relations: Relations) -> Sequence:
    table = relations.key(one.owner)
    column = relations.names(one.owner, [one.owner_column])
    return Sequence(
        schema=one.schema,
        name=one.name,
        type=one.type,
        owned_by=(*table, *column) if table is not None and one.dependency == "a" else None,  # type: ignore[arg-type]  # three names
        location=relations.places.of(one.schema, one.name),
        **_counting(one),
    )


def _counting(one: SequenceRow) -> dict[str, Any]:
    return {
        "start": int(one.start), "increment": int(one.increment), "minimum": int(one.minimum),
        "maximum": int(one.maximum), "cache": int(one.cache), "cycle": true(one.cycle),
    }  # fmt: skip


def _view(one: Relation, relations: Relations, indexes: Indexes) -> View:
    return View(
        schema=one.schema,
        name=one.name,
        definition=Expression(one.definition.strip().removesuffix(";")),
        materialized=one.kind == "m",
        options=options(one.options),
        with_data=true(one.populated),
        indexes=tuple(indexes.of(one)),
        location=relations.places.of(one.schema, one.name),
    )
