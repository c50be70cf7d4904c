"""Types that a schema defines: enums, domains, composites, ranges."""

from __future__ import annotations

from dataclasses import dataclass

from .constraints import Check
from .expressions import Expression
from .located import Located
from .types import ColumnType


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum(Located):
    """CREATE TYPE … AS ENUM; `values` in their order."""

    schema: str
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Located):
    """CREATE DOMAIN."""

    schema: str
    name: str
    type: ColumnType
    nullable: bool = True
    default: Expression | None = None
    collation: str | None = None
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a composite type."""

    name: str
    type: ColumnType
    collation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeType(Located):
    """CREATE TYPE … AS (…)."""

    schema: str
    name: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeType(Located):
    """CREATE TYPE … AS RANGE; `options` beside SUBTYPE, sorted by name, lower-case names."""

    schema: str
    name: str
    subtype: ColumnType
    options: tuple[tuple[str, str], ...] = ()
