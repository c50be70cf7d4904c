"""The rows of `queries`, their fields named: every value is text as COPY writes it, arrays and objects mostly JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple


class Relation(NamedTuple):
    oid: str
    schema: str
    name: str
    kind: str
    row_security: str
    force_row_security: str
    persistence: str
    options: str | None
    toast_options: str | None
    tablespace: str | None
    partition_key: str | None
    is_partition: str
    bound: str | None
    parents: str | None
    of_type: str | None
    comment: str | None
    definition: str | None
    populated: str
    server: str | None
    server_options: str | None


class ColumnRow(NamedTuple):
    relation: str
    number: str
    name: str
    type_oid: str
    type: str
    not_null: str
    identity: str
    generated: str
    default: str | None
    collation_oid: str
    collation: str | None
    storage: str | None
    compression: str
    comment: str | None


class ConstraintRow(NamedTuple):
    oid: str
    name: str
    type: str
    relation: str
    domain: str
    columns: str | None
    target: str
    target_columns: str | None
    on_update: str
    on_delete: str
    delete_columns: str | None
    match: str
    deferrable: str
    deferred: str
    validated: str
    no_inherit: str
    parent: str
    enforced: str
    period: str
    key_count: str | None
    index_columns: str | None
    nulls_not_distinct: str | None
    definition: str | None


class IndexRow(NamedTuple):
    name: str
    relation: str
    method: str
    unique: str
    nulls_not_distinct: str
    key_count: str
    columns: str
    orders: str
    classes: str
    collations: str
    options: str | None
    tablespace: str | None
    predicate: str | None
    kind: str
    valid: str
    definition: str | None


class NameRow(NamedTuple):
    what: str
    oid: str
    schema: str
    name: str
    default: str | None
    type_oid: str | None
    method: str | None


class TypeRow(NamedTuple):
    schema: str
    name: str
    kind: str
    oid: str
    labels: str | None
    base: str
    not_null: str
    default: str | None
    collation: str | None
    subtype: str
    subtype_opclass: str | None
    range_collation: str | None
    canonical: str | None
    subtype_diff: str | None
    multirange: str | None


class SequenceRow(NamedTuple):
    schema: str
    name: str
    type: str
    start: str
    increment: str
    minimum: str
    maximum: str
    cache: str
    cycle: str
    dependency: str | None
    owner: str | None
    owner_column: str | None


class PolicyRow(NamedTuple):
    schema: str
    table: str
    name: str
    command: str
    permissive: str
    roles: str | None
    everybody: str
    using: str | None
    check: str | None
    relation: str


class TriggerRow(NamedTuple):
    schema: str
    table: str
    name: str
    definition: str
    enabled: str
    relation: str


class FunctionRow(NamedTuple):
    schema: str
    name: str
    kind: str
    signature: str | None
    arguments: str
    result: str | None
    language: str
    source: str
    binary: str | None
    body: str | None
    volatility: str
    strict: str
    security_definer: str
    leakproof: str
    parallel: str
    cost: str
    rows: str
    support: str | None
    settings: str | None
    aggregate: str | None


class RoleRow(NamedTuple):
    name: str
    create_database: str
    create_role: str
    inherit: str


def true(text: str | None) -> bool:
    """A boolean as COPY writes it."""
    return text == "t"


def items(text: str | None) -> list[Any]:
    """A JSON array; of NULL none."""
    return list(json.loads(text)) if text else []


def options(text: str | None) -> Iterable[tuple[str, str]]:
    """Storage parameters as catalogs hold them: `["fillfactor=70"]`."""
    for item in items(text):
        name, _, value = str(item).partition("=")
        yield name, value


def numbers(text: str | None) -> list[str]:
    """An array of numbers, `{1,2}`, or a vector of them, `1 2`."""
    return (text or "").strip("{}").replace(",", " ").split()
