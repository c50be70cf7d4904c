"""The walk over a schema: every object in canonical form, and in one order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from ..model import DEFAULT_SCHEMA, Attribute, ColumnType, CompositeType, Domain, RangeType, Schema, Sequence, Table
from ..model.naming import multirange_name
from .constraints import canonical_check
from .defaults import OWN_SEQUENCE, canonical_default, sequence_key
from .expressions import Site
from .indexes import canonical_options
from .known import Known, known_of
from .names import bare
from .operator_classes import canonical_collation
from .programs import canonical_function, canonical_trigger, canonical_view
from .security import canonical_policy
from .sequences import canonical_sequence, is_plain
from .tables import canonical_table
from .types import canonical_type
from .views import with_views


def normalize(schema: Schema, extract: str = "extract") -> Schema:
    """`schema` in the form in which two declarations are equal exactly when PostgreSQL would store the same for both.

    Pure and idempotent; the order of `schema`'s tuples makes no difference. Columns of a table and labels of an enum
    keep their order. Nothing in `schema` makes it raise: what is not understood is compared by its words. `extract` is
    the function that EXTRACT is to the server: `date_part` up to PostgreSQL 13.
    """
    known = with_views(known_of(schema, extract), schema.views)
    sequences = tuple(canonical_sequence(sequence) for sequence in schema.sequences)
    owners = {sequence_key(item.schema, item.name): item.owned_by for item in sequences if item.owned_by is not None}
    parents = {table.key: table.partition_by for table in schema.tables if table.partition_by is not None}
    divided = {(part.parent_schema, part.parent_table) for table in schema.tables if (part := table.partition_of)}
    tables = tuple(_without_only(canonical_table(table, known, owners, parents), divided) for table in schema.tables)
    own = {
        (*table.key, column.name): column.type.name
        for table in tables
        for column in table.columns
        if column.default is not None and column.default.canonical == OWN_SEQUENCE
    }
    return replace(
        schema,
        namespaces=_sorted(item for item in schema.namespaces if item.name != DEFAULT_SCHEMA),
        tables=_sorted(tables),
        enums=_sorted(schema.enums),
        domains=_sorted(_domain(domain, known) for domain in schema.domains),
        composites=_sorted(_composite(item, known) for item in schema.composites),
        ranges=_sorted(_range(item, known) for item in schema.ranges),
        sequences=_sorted(item for item in sequences if not _belongs_to_column(item, own)),
        views=_sorted(canonical_view(view, known) for view in schema.views),
        policies=_sorted(canonical_policy(policy, known) for policy in schema.policies),
        roles=_sorted(schema.roles),
        functions=_sorted(canonical_function(function, known) for function in schema.functions),
        triggers=_sorted(canonical_trigger(trigger, known) for trigger in schema.triggers),
        extensions=_sorted(
            replace(item, schema=None if item.schema == DEFAULT_SCHEMA else item.schema) for item in schema.extensions
        ),
        opaque=tuple(sorted(schema.opaque, key=lambda item: (item.kind, item.schema, item.name))),
    )


def _without_only(table: Table, divided: set[tuple[str, str]]) -> Table:
    """ON ONLY, which pg_dump writes for every partitioned table, means nothing where there is no partition."""
    if table.partition_by is None or table.key in divided or not any(index.only for index in table.indexes):
        return table
    return replace(table, indexes=tuple(replace(index, only=False) for index in table.indexes))


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    """By schema, table and name; overloaded functions by their signature."""

    def key(item: Item) -> tuple[object, ...]:
        place = getattr(item, "schema", None), getattr(item, "table", None)
        return (*(part or "" for part in place), item.name, getattr(item, "signature", ()))

    return tuple(sorted(items, key=key))


def _belongs_to_column(sequence: Sequence, own: dict[tuple[str, str, str], str]) -> bool:
    """Whether a sequence is nothing but a serial column's counter."""
    return sequence.owned_by is not None and own.get(sequence.owned_by) == sequence.type and is_plain(sequence)


def _domain(domain: Domain, known: Known) -> Domain:
    type_ = canonical_type(domain.type, known.types)
    site = Site.of_value(known, type_)
    return replace(
        domain,
        type=type_,
        default=canonical_default(domain.default, type_, site, None, {}),
        collation=canonical_collation(domain.collation),
        checks=tuple(sorted((canonical_check(check, site) for check in domain.checks), key=lambda check: check.name)),
    )


def _composite(composite: CompositeType, known: Known) -> CompositeType:
    def attribute(item: Attribute) -> Attribute:
        return replace(item, type=canonical_type(item.type, known.types), collation=canonical_collation(item.collation))

    return replace(composite, attributes=tuple(attribute(item) for item in composite.attributes))


def _range(item: RangeType, known: Known) -> RangeType:
    """Names in the options without a schema that everybody searches, and without the multirange's usual one."""
    subtype: ColumnType = canonical_type(item.subtype, known.types)
    own = bare(f"{item.schema}.{multirange_name(item.name)}")
    options = (
        (name, text) for name, text in item.options if (name.lower(), bare(text)) != ("multirange_type_name", own)
    )
    return replace(
        item, subtype=subtype, options=canonical_options(tuple((name, bare(text)) for name, text in options))
    )
