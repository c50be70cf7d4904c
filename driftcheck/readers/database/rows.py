"""The rows of `queries`, their fields named: each is text as COPY writes it, "" for NULL; most arrays are JSON."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple


class Relation(NamedTuple):
    oid: str
    schema: str
    name: str
    kind: str
    row_security: str
    force_row_security: str
    persistence: str
    options: str
    toast_options: str
    tablespace: str
    partition_key: str
    is_partition: str
    bound: str
    parents: str
    of_type: str
    comment: str
    definition: str
    populated: str
    server: str
    server_options: str


class ColumnRow(NamedTuple):
    relation: str
    number: str
    name: str
    type_oid: str
    type: str
    not_null: str
    identity: str
    generated: str
    default: str
    collation_oid: str
    collation: str
    storage: str
    compression: str
    comment: str


class ConstraintRow(NamedTuple):
    oid: str
    name: str
    type: str
    relation: str
    domain: str
    columns: str
    target: str
    target_columns: str
    on_update: str
    on_delete: str
    delete_columns: str
    match: str
    deferrable: str
    deferred: str
    validated: str
    no_inherit: str
    parent: str
    enforced: str
    period: str
    key_count: str
    index_columns: str
    nulls_not_distinct: str
    definition: str


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
    options: str
    tablespace: str
    predicate: str
    kind: str
    valid: str
    definition: str


class NameRow(NamedTuple):
    what: str
    oid: str
    schema: str
    name: str
    default: str
    type_oid: str
    method: str


class TypeRow(NamedTuple):
    schema: str
    name: str
    kind: str
    oid: str
    labels: str
    base: str
    not_null: str
    default: str
    collation: str
    subtype: str
    subtype_opclass: str
    range_collation: str
    canonical: str
    subtype_diff: str
    multirange: str


class CollationRow(NamedTuple):
    schema: str
    name: str
    provider: str
    locale: str
    ctype: str
    deterministic: str
    rules: str


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
    dependency: str
    owner: str
    owner_column: str


class PolicyRow(NamedTuple):
    schema: str
    table: str
    name: str
    command: str
    permissive: str
    roles: str
    everybody: str
    using: str
    check: str
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
    signature: str
    arguments: str
    result: str
    language: str
    source: str
    binary: str
    body: str
    volatility: str
    strict: str
    security_definer: str
    leakproof: str
    parallel: str
    cost: str
    rows: str
    support: str
    settings: str
    aggregate: str


class CommentRow(NamedTuple):
    kind: str
    schema: str
    name: str
    table: str
    signature: str
    text: str


class RoleRow(NamedTuple):
    name: str
    create_database: str
    create_role: str
    inherit: str


def true(text: str) -> bool:
    """A boolean as COPY writes it."""
    return text == "t"


def items(text: str) -> list[Any]:
    """A JSON array; of NULL none."""
    return list(json.loads(text)) if text else []


def options(text: str, before: str = "") -> tuple[tuple[str, str], ...]:
    """Storage parameters as catalogs hold them: `["fillfactor=70"]`, sorted; `before` is put before each name."""
    if not text:
        return ()
    parts = (str(item).partition("=") for item in items(text))
    return tuple(sorted((f"{before}{name}", value) for name, _, value in parts))


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[str, ...]:
    """An array of numbers, `{1,2}`, or a vector of them, `1 2`: few of them differ."""
    return tuple(text.strip("{}").replace(",", " ").split())
