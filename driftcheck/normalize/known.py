"""What a schema says about names: which columns a table has, which types exist, what functions take and return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import DEFAULT_SCHEMA, ColumnType, CompositeType, Domain, Enum, RangeType, Schema
from ..sql import parse_type
from .catalogs import catalog_columns
from .names import dotted
from .results import Columns as Columns
from .results import results_of
from .types import UserTypes, canonical_type

#: The input types of a function; None where they are not known, or where several functions share the name.
Parameters = tuple[ColumnType, ...] | None


@dataclass(frozen=True)
class Known:
    """The context of an expression beyond its own table.

    `columns` lacks a relation whose columns are not known, or not all of them. `bases` maps a domain to what it is made
    of, `returns` a function's name (without a schema that everybody searches) to what it returns, and `parameters` to
    what it takes. `results` are the columns of a function's rows, or the type that such a row has. `attributes` are
    those of composite types. `kinds` says of a type of the schema whether it is an enum, a row (composite) or a range.
    `extract` is the function that EXTRACT is: up to PostgreSQL 13 `date_part`, which gives another type.
    """

    columns: Mapping[tuple[str, str], Columns] = field(default_factory=dict)
    types: UserTypes = field(default_factory=dict)
    bases: Mapping[ColumnType, ColumnType] = field(default_factory=dict)
    returns: Mapping[str, ColumnType] = field(default_factory=dict)
    parameters: Mapping[str, Parameters] = field(default_factory=dict)
    kinds: Mapping[ColumnType, str] = field(default_factory=dict)
    primary_keys: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    attributes: Mapping[ColumnType, Columns] = field(default_factory=dict)
    results: Mapping[str, Columns | ColumnType] = field(default_factory=dict)
    extract: str = "extract"

    def relation(self, schema: str | None, name: str) -> Columns | None:
        """The columns of a table or view: one of the schema's own, else one of PostgreSQL's catalogs."""
        found = self.columns.get((schema or DEFAULT_SCHEMA, name))
        return found if found is not None else catalog_columns(schema, name)

    def rows(self, function: str) -> Columns | None:
        """The columns of the rows that a function of the schema gives; None if it gives values, or is not known."""
        found = self.results.get(function)
        if not isinstance(found, ColumnType):
            return found
        key = (found.schema or DEFAULT_SCHEMA, found.name)
        return None if found.dimensions else self.attributes.get(found) or self.columns.get(key)

    def base(self, type_: ColumnType | None) -> ColumnType | None:
        """`type_`, or what the domain `type_` is made of."""
        return None if type_ is None else _base(type_, self.bases)


def _base(type_: ColumnType, bases: Mapping[ColumnType, ColumnType]) -> ColumnType:
    for _ in bases:
        if type_ not in bases:
            break
        type_ = bases[type_]
    return type_


def known_of(schema: Schema, extract: str = "extract") -> Known:
    """What `schema` declares, its types in canonical spelling."""
    types = _user_types(schema)
    columns: dict[tuple[str, str], Columns] = {}
    bases: dict[ColumnType, ColumnType] = {}
    for domain in schema.domains:
        named = canonical_type(ColumnType(domain.name, schema=domain.schema), types)
        bases[named] = canonical_type(domain.type, types)
    for table in schema.tables:
        if "columns" not in table.unknown and (table.columns or table.partition_of is None):
            columns[table.key] = tuple(
                (column.name, None if "type" in column.unknown else _base(canonical_type(column.type, types), bases))
                for column in table.columns
            )
    _inherit(columns, schema)
    for table in schema.tables:
        parent = table.partition_of
        if parent is not None and not table.columns and (parent.parent_schema, parent.parent_table) in columns:
            columns[table.key] = columns[parent.parent_schema, parent.parent_table]
    of_kinds = (("enum", schema.enums), ("row", schema.composites), ("range", schema.ranges))
    kinds = {
        canonical_type(ColumnType(item.name, schema=item.schema), types): kind
        for kind, items in of_kinds
        for item in items
    }
    attributes = {
        canonical_type(ColumnType(item.name, schema=item.schema), types): tuple(
            (one.name, _base(canonical_type(one.type, types), bases)) for one in item.attributes
        )
        for item in schema.composites
    }
    keys = {table.key: table.primary_key.columns for table in schema.tables if table.primary_key is not None}
    return Known(
        columns,
        types,
        bases,
        _returns(schema, types),
        _parameters(schema, types),
        kinds,
        keys,
        attributes,
        results_of(schema, types),
        extract,
    )


def _inherit(columns: dict[tuple[str, str], Columns], schema: Schema) -> None:
    """Puts the columns of parents before a child's own; a child whose parents are not all known is not known either."""
    children = [table for table in schema.tables if table.inherits]
    own = {table.key: columns.pop(table.key) for table in children if table.key in columns}
    for _ in children:
        for table in children:
            if table.key in own and all(key in columns for key in table.inherits):
                found = dict(column for key in table.inherits for column in columns[key]) | dict(own.pop(table.key))
                columns[table.key] = tuple(found.items())


def _user_types(schema: Schema) -> dict[str, frozenset[str]]:
    types: dict[str, set[str]] = {}
    named: tuple[Enum | Domain | CompositeType | RangeType, ...]
    named = (*schema.enums, *schema.domains, *schema.composites, *schema.ranges)
    for item in named:
        types.setdefault(item.name, set()).add(item.schema)
    return {name: frozenset(schemas) for name, schemas in types.items()}


def _parameters(schema: Schema, types: UserTypes) -> dict[str, Parameters]:
    found: dict[str, Parameters] = {}
    for function in schema.functions:
        name = dotted([function.schema or DEFAULT_SCHEMA, function.name])
        try:
            inputs: Parameters = tuple(canonical_type(parse_type(text), types) for text in function.signature)
        except ValueError:
            inputs = None
        found[name] = None if name in found else inputs
    return found


def _returns(schema: Schema, types: UserTypes) -> dict[str, ColumnType]:
    """Functions of one signature that return one plain value."""
    found: dict[str, ColumnType | None] = {}
    for function in schema.functions:
        name = dotted([function.schema or DEFAULT_SCHEMA, function.name])
        try:
            returned = canonical_type(parse_type(function.returns or ""), types)
        except ValueError:
            returned = None
        found[name] = None if name in found else returned
    return {name: returned for name, returned in found.items() if returned is not None}
