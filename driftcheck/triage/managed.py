"""What one of two sources leaves to others, by its own tool's config, and so is no drift between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from ..budget import Budget
from ..errors import SourceError
from ..findings import NotCompared
from ..frozen import dataclass
from ..model import DEFAULT_SCHEMA, Schema
from ..patterns import Pattern
from ..reading import Management, Source
from .exclude import holds_something, without

#: Fields of a schema that hold tables, and what reads like one or depends on one.
_RELATIONS = ("tables", "views", "policies", "triggers")


@dataclass(frozen=True, slots=True)
class Managed:
    """Two sources without what either leaves to others, and how much that was."""

    truth: Source
    other: Source
    not_compared: tuple[NotCompared, ...] = ()


def managed(truth: Source, other: Source, budget: Budget | None = None) -> Managed:
    """`truth` and `other` without the objects that one of the two says it does not manage.

    Raises SourceError if that leaves nothing of a source: such a check would find nothing.
    """
    said: list[NotCompared] = []
    schemas = {truth.name: truth.schema, other.name: other.schema}
    for keeper in (truth, other):
        rules = keeper.reading.management
        if not rules.says:
            continue
        own = {table.key for table in keeper.schema.tables} | {(view.schema, view.name) for view in keeper.schema.views}
        for name in schemas:
            left = _Left(rules, own, budget or Budget())
            before = schemas[name]
            schemas[name] = _without_their_types(without(before, left.stays), before, keeper.schema, left)
            said += left.account(f"{keeper.name} leaves them to others: {rules.says}", name)
            _refuse_emptiness(keeper, schemas[name], name)
    return Managed(_with(truth, schemas[truth.name]), _with(other, schemas[other.name]), tuple(said))


def _without_their_types(schema: Schema, before: Schema, keeper: Schema, left: _Left) -> Schema:
    """`schema` without the enums and domains that only tables which are left to others use."""
    theirs = _types_of(before) - _types_of(schema) - _types_of(keeper)
    declared = {(one.schema, one.name) for one in keeper.enums} | {(one.schema, one.name) for one in keeper.domains}
    gone = theirs - declared
    enums = tuple(one for one in schema.enums if (one.schema, one.name) not in gone)
    domains = tuple(one for one in schema.domains if (one.schema, one.name) not in gone)
    left.left["enums"] += len(schema.enums) - len(enums)
    left.left["domains"] += len(schema.domains) - len(domains)
    return replace(schema, enums=enums, domains=domains)


def _types_of(schema: Schema) -> set[tuple[str, str]]:
    return {
        (column.type.schema or DEFAULT_SCHEMA, column.type.name) for table in schema.tables for column in table.columns
    }


class _Left:
    """Decides object by object, and counts."""

    def __init__(self, rules: Management, declared: set[tuple[str, str]], budget: Budget) -> None:
        self.schemas, self.tables = _names(rules.schemas, budget), _names(rules.tables, budget)
        self.declared = declared
        self.left: Counter[str] = Counter()

    def stays(self, plural: str, schema: str, name: str, owner: str | None = None) -> bool:
        relation = name if owner is None else owner
        stays = self.schemas(schema)
        if stays and (owner is not None or plural in _RELATIONS) and (schema, relation) not in self.declared:
            stays = self.tables(relation)
        self.left[plural] += not stays
        return stays

    def account(self, reason: str, source: str) -> list[NotCompared]:
        return [NotCompared(plural, reason, source, count) for plural, count in sorted(self.left.items()) if count]


def _names(expression: str, budget: Budget) -> Callable[[str], bool]:
    """Whether a name is one of those that `expression` means, each matched once."""
    if not expression:
        return lambda name: True
    pattern = Pattern(expression)
    return cache(lambda name: pattern.matches(name, budget))


def _with(source: Source, schema: Schema) -> Source:
    return source if schema is source.schema else replace(source, reading=replace(source.reading, schema=schema))


def _refuse_emptiness(keeper: Source, schema: Schema, name: str) -> None:
    if not holds_something(schema):
        raise SourceError(
            f"{keeper.reading.management.says} leaves nothing of '{name}' to compare",
            hint="a check against nothing would find nothing; name the schema files instead of the config",
            source=keeper.name,
        )
