"""What keys, checks and indexes do, as keys to pair them by: all that counts but the name."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from typing import Any

from ..model import Check, Exclusion, ForeignKey, Index, Policy, Trigger, Unique
from .pairing import Stage, name_of


def all_but(*left_out: str) -> Callable[[Any], Hashable]:
    """Every field that takes part in equality, apart from `left_out`."""

    def key(thing: Any) -> Hashable:
        return tuple(
            getattr(thing, field.name) for field in fields(thing) if field.compare and field.name not in left_out
        )

    return key


def foreign_key(key: ForeignKey) -> Hashable:
    """From which columns to which: the order of the pairs means nothing."""
    if len(key.target_columns) != len(key.columns):
        return key.columns, key.target_schema, key.target_table
    return frozenset(zip(key.columns, key.target_columns, strict=True)), key.target_schema, key.target_table


def index_keys(index: Index) -> Hashable:
    """What an index is made of, without order, classes and options."""
    return tuple((key.column, key.expression) for key in index.keys)


FOREIGN_KEYS: tuple[Stage[ForeignKey], ...] = (
    Stage(all_but()),
    Stage(all_but("name")),
    Stage(foreign_key),
    Stage(lambda key: (key.columns, key.target_schema, key.target_table)),
    Stage(name_of),
    Stage(lambda key: key.columns),
)

UNIQUES: tuple[Stage[Unique], ...] = (Stage(all_but()), Stage(all_but("name")), Stage(lambda key: key.columns))

#: After unique constraints and unique indexes have been tried against each other.
UNIQUES_LEFT: tuple[Stage[Unique], ...] = (Stage(lambda key: frozenset(key.columns)), Stage(name_of))

EXCLUSIONS: tuple[Stage[Exclusion], ...] = (
    Stage(all_but()),
    Stage(all_but("name")),
    Stage(lambda key: key.elements),
    Stage(name_of),
    Stage(lambda key: frozenset(element.expression for element in key.elements)),
)

INDEXES: tuple[Stage[Index], ...] = (
    Stage(all_but()),
    Stage(all_but("name")),
    Stage(lambda index: (index.name, index_keys(index))),
)

INDEXES_LEFT: tuple[Stage[Index], ...] = (
    Stage(name_of),
    Stage(lambda index: (index_keys(index), index.predicate, index.unique)),
    Stage(lambda index: (index_keys(index), index.predicate)),
    Stage(index_keys),
)

POLICIES: tuple[Stage[Policy], ...] = (Stage(all_but()), Stage(name_of), Stage(all_but("name")))

TRIGGERS: tuple[Stage[Trigger], ...] = (Stage(all_but()), Stage(name_of), Stage(all_but("name")))


def checks(mentioned: Callable[[Check], frozenset[str]]) -> tuple[Stage[Check], ...]:
    """The stages for checks; `mentioned` says which of the table's columns a condition speaks of."""

    def near(check: Check) -> Hashable | None:
        return mentioned(check) or None

    return (
        Stage(all_but()),
        Stage(all_but("name")),
        Stage(lambda check: check.expression),
        Stage(name_of),
        Stage(near, alone=True),
    )


def by(*names: str) -> Stage[Any]:
    """Objects whose fields `names` are equal."""
    return Stage(lambda thing: tuple(getattr(thing, name) for name in names))
