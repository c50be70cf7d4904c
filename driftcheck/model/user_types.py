"""Types that a schema defines: enums, domains, composites, ranges."""

from __future__ import annotations

from ..frozen import dataclass
from .claims import CollationName, Identifier, Label, Parameters, RangeOptions
from .constraints import Check
from .expressions import Expression
from .located import Located
from .types import ColumnType


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum(Located):
    """CREATE TYPE … AS ENUM; `values` in their order."""

    schema: Identifier
    name: Identifier
    values: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation(Located):
    """CREATE COLLATION, which others may need to exist; it is written, and not compared."""

    schema: Identifier
    name: Identifier
    options: Parameters = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Located):
    """CREATE DOMAIN."""

    schema: Identifier
    name: Identifier
    type: ColumnType
    nullable: bool = True
    default: Expression | None = None
    collation: CollationName | None = None
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a composite type."""

    name: Identifier
    type: ColumnType
    collation: CollationName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeType(Located):
    """CREATE TYPE … AS (…)."""

    schema: Identifier
    name: Identifier
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeType(Located):
    """CREATE TYPE … AS RANGE; `options` beside SUBTYPE, sorted by name, lower-case names."""

    schema: Identifier
    name: Identifier
    subtype: ColumnType
    options: RangeOptions = ()
