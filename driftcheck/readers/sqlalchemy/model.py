"""The worker's facts as the model: names that PostgreSQL would give, types taken apart, places relative to the root."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Row
from dataclasses import asdict, replace
from pathlib import Path
from typing import Protocol

from ...model import (
    Check,
    Column,
    ColumnType,
    Domain,
    Enum,
    Expression,
    Generated,
    Identity,
    Location,
    Namespace,
    Opaque,
    Schema,
    Sequence,
    Table,
    View,
    truncate,
)
from ...model.identifiers import DEFAULT_SCHEMA
from ...model.serial import integer_of, owned_sequence
from ...reading import Gap
from ...sql import parse_type
from ...worker.answer import (
    ColumnFacts,
    Description,
    DomainFacts,
    EnumFacts,
    GeneratedFacts,
    IdentityFacts,
    LostFacts,
    Place,
    SequenceFacts,
    TableFacts,
    ViewFacts,
)
from . import executed
from .entities import Entities
from .inheritance import with_inheritance
from .keys import Keys
from .names import TakenNames


class _Placed(Protocol):
    """Whatever is in a schema."""

    @property
    def schema(self) -> str | None: ...

    @property
    def at(self) -> Place | None: ...


class Build:
    """The schema of one answer. `gaps` are what the worker could not determine, and what does not fit the model."""

    #: What nothing has room for, by kind in the plural.
    unmodelled: Mapping[str, int] = {}

    def __init__(self, document: Description, root: Path, home: Location) -> None:
        self._root = root
        self._home = home
        self._names = TakenNames()
        self.gaps = [Gap(self._located(gap.at), gap.what, gap.why, gap.object) for gap in document.gaps]
        enums, domains = document.enums, document.domains
        self._user_types = {(facts.schema or DEFAULT_SCHEMA, facts.name) for facts in enums}
        self._user_types |= {(facts.schema or DEFAULT_SCHEMA, facts.name) for facts in domains}
        for table in document.tables:
            self._names.take_relation(table.schema or DEFAULT_SCHEMA, table.name)
        self._sequences = [self._sequence(facts) for facts in document.sequences]
        in_doubt, gaps = executed.doubts(document.executed, DEFAULT_SCHEMA, self._located)
        self.gaps += gaps
        tables = with_inheritance([executed.applied(self._table(facts), in_doubt) for facts in document.tables])
        views = document.views
        entities = Entities(document.entities, home)
        self.gaps += entities.gaps
        self.schema = Schema(
            namespaces=self._namespaces([*document.tables, *enums, *domains, *document.sequences, *views]),
            tables=tables,
            enums=tuple(self._enum(facts) for facts in enums),
            domains=tuple(self._domain(facts) for facts in domains if not facts.opaque),
            sequences=tuple(self._sequences),
            views=(*(self._view(facts) for facts in views if facts.definition), *entities.views),
            policies=tuple(entities.policies),
            functions=tuple(entities.functions),
            triggers=tuple(entities.triggers),
            extensions=tuple(entities.extensions),
            opaque=(*self._opaque(views, domains), *entities.opaque, *map(self._lost, document.lost)),
            unknown=frozenset(document.unlisted),
        )

    def locate(self, at: Place | None) -> Location | None:
        return located(at, self._root)

    def _located(self, at: Place | None) -> Location:
        return self.locate(at) or self._home

    def _namespaces(self, objects: Iterable[_Placed]) -> tuple[Namespace, ...]:
        seen: dict[str, Location | None] = {}
        for facts in objects:
            if facts.schema not in (None, DEFAULT_SCHEMA):
                seen.setdefault(facts.schema, self.locate(facts.at))
        return tuple(Namespace(name=truncate(name), location=at) for name, at in seen.items())

    def _table(self, facts: TableFacts) -> Table:
        schema, name = truncate(facts.schema or DEFAULT_SCHEMA), truncate(facts.name)
        columns = tuple(self._column(column, schema, name) for column in facts.columns)
        keys = Keys(facts, schema, name, tuple(column.name for column in columns), self._names, self.locate)
        inherits = tuple(_split(parent, schema) for parent in facts.inherits)
        if facts.prefixes:
            words = " ".join(facts.prefixes)
            self.gaps.append(
                Gap(self._located(facts.at), name, f"the prefix {words} cannot be held by the model", name)
            )
        return Table(
            schema=schema,
            name=name,
            columns=columns,
            primary_key=keys.primary_key,
            foreign_keys=keys.foreign_keys,
            uniques=keys.uniques,
            exclusions=keys.exclusions,
            checks=keys.checks,
            indexes=keys.indexes,
            comment=facts.comment,
            partition_by=facts.partition_by,
            inherits=inherits,
            unlogged=facts.unlogged,
            options=tuple(sorted(facts.options.items())),
            tablespace=facts.tablespace,
            location=self.locate(facts.at),
            unknown=frozenset(facts.unknown),
        )

    def _column(self, facts: ColumnFacts, schema: str, table: str) -> Column:
        location = self.locate(facts.at)
        unknown = set(facts.unknown)
        type_, problem = self._type(facts.type)
        if problem:
            unknown.add("type")
            self.gaps.append(Gap(location or self._home, facts.name, problem, f"{table}.{facts.name}"))
        name = truncate(facts.name)
        column = Column(
            name=name,
            type=type_,
            nullable=facts.nullable,
            default=_expression(facts.default),
            application_default=facts.application_default,
            application_onupdate=facts.application_onupdate,
            generated=_generated(facts.generated),
            identity=_identity(facts.identity),
            collation=collation(facts.collation),
            comment=facts.comment,
            location=location,
            unknown=frozenset(unknown),
        )
        return self._counting(column, facts.serial, schema, table) if facts.serial else column

    def _counting(self, column: Column, serial: str, schema: str, table: str) -> Column:
        """A serial column as PostgreSQL stores it."""
        integer = integer_of(serial) or "integer"
        taken = self._names.relations(schema)
        sequence, default = owned_sequence(schema, table, column.name, integer, taken=taken, location=column.location)
        self._names.take_relation(schema, sequence.name)
        self._sequences.append(sequence)
        return replace(
            column,
            type=ColumnType(integer),
            nullable=False,
            default=default,
            unknown=column.unknown - {"type", "default"},
        )

    def _type(self, text: str | None) -> tuple[ColumnType, str | None]:
        """The type, and what is wrong with it if it has no form."""
        if text is None:
            return ColumnType("unknown"), None
        try:
            type_ = parse_type(text)
        except ValueError:
            return ColumnType("unknown"), f"{text!r} is not a type that driftcheck can read"
        if (type_.schema or DEFAULT_SCHEMA, type_.name) in self._user_types:
            type_ = replace(type_, quoted=True)
        return type_, None

    def _enum(self, facts: EnumFacts) -> Enum:
        return Enum(
            schema=truncate(facts.schema or DEFAULT_SCHEMA),
            name=truncate(facts.name),
            values=tuple(facts.values),
            location=self.locate(facts.at),
        )

    def _domain(self, facts: DomainFacts) -> Domain:
        schema, name = truncate(facts.schema or DEFAULT_SCHEMA), truncate(facts.name)
        type_, problem = self._type(facts.type)
        location = self.locate(facts.at)
        if problem:
            self.gaps.append(Gap(location or self._home, name, problem, name))
        checks: tuple[Check, ...] = ()
        if facts.check:
            given = self._names.constraint(schema, name, (), "check", facts.constraint_name)
            checks = (Check(name=given, expression=Expression(facts.check), location=location),)
        return Domain(
            schema=schema,
            name=name,
            type=type_,
            nullable=facts.nullable,
            default=_expression(facts.default),
            collation=collation(facts.collation),
            checks=checks,
            location=location,
            unknown=frozenset({"type"} if problem else ()),
        )

    def _sequence(self, facts: SequenceFacts) -> Sequence:
        schema = truncate(facts.schema or DEFAULT_SCHEMA)
        return Sequence(
            schema=schema,
            name=self._names.take_relation(schema, facts.name),
            type=facts.type.lower(),
            start=facts.start,
            increment=facts.increment,
            minimum=facts.minimum,
            maximum=facts.maximum,
            cache=facts.cache,
            cycle=facts.cycle,
            location=self.locate(facts.at),
        )

    def _view(self, facts: ViewFacts) -> View:
        return View(
            schema=truncate(facts.schema or DEFAULT_SCHEMA),
            name=truncate(facts.name),
            definition=Expression(facts.definition or ""),
            materialized=facts.materialized,
            location=self.locate(facts.at),
        )

    def _lost(self, facts: LostFacts) -> Opaque:
        schema = truncate(facts.schema or DEFAULT_SCHEMA)
        return Opaque(kind=facts.kind, schema=schema, name=truncate(facts.name), location=self.locate(facts.at))

    def _opaque(self, views: Row[ViewFacts], domains: Row[DomainFacts]) -> Iterable[Opaque]:
        for kind, objects in (
            ("view", [facts for facts in views if not facts.definition]),
            ("domain", [facts for facts in domains if facts.opaque]),
        ):
            for facts in objects:
                schema = truncate(facts.schema or DEFAULT_SCHEMA)
                yield Opaque(kind=kind, schema=schema, name=truncate(facts.name), location=self.locate(facts.at))


def located(at: Place | None, root: Path) -> Location | None:
    """A place of the worker, relative to the root."""
    if not at:
        return None
    path, line, column, end = at
    return Location(relative(path, root), line or 1, column or 1, end)


def left_to_the_server(schema: Schema) -> str | None:
    """A note for the report: generated columns of which the models do not say whether they are stored."""
    columns = [
        f"{table.name}.{column.name}"
        for table in schema.tables
        for column in table.columns
        if column.generated is not None and column.generated.stored is None
    ]
    if not columns:
        return None
    more = f" and {len(columns) - 3} more" if len(columns) > 3 else ""
    return (
        f"Computed() without persisted= is stored up to PostgreSQL 17 and virtual since 18 (SQLAlchemy 2.1), so which "
        f"of the two is not compared: {', '.join(columns[:3])}{more}"
    )


@functools.cache  # a few files, asked for at every object
def relative(path: str, root: Path) -> str:
    """`path` relative to `root` with forward slashes; absolute if it lies outside."""
    try:
        return Path(os.path.normpath(path)).relative_to(root).as_posix()
    except ValueError:
        return path.replace(os.sep, "/")


def collation(text: str | None) -> str | None:
    """The collation's name without its quotes."""
    return None if text is None else text.strip('"')


def _expression(text: str | None) -> Expression | None:
    return None if text is None else Expression(text)


def _generated(facts: GeneratedFacts | None) -> Generated | None:
    return None if facts is None else Generated(Expression(facts.expression), stored=facts.stored)


def _identity(facts: IdentityFacts | None) -> Identity | None:
    return None if facts is None else Identity(**asdict(facts))


def _split(name: str, schema: str) -> tuple[str, str]:
    first, dot, rest = name.partition(".")
    return (first, rest) if dot else (schema, name)
