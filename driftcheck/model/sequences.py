"""Sequences."""

from __future__ import annotations

from ..frozen import dataclass
from .claims import Identifier, TypeName
from .located import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(Located):
    """CREATE SEQUENCE. Options are None where nobody set them (PostgreSQL's defaults depend on `type`).

    `owned_by` is (schema, table, column): the sequence of a serial column, or one given with OWNED BY.
    """

    schema: Identifier
    name: Identifier
    type: TypeName = "bigint"
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False
    owned_by: tuple[Identifier, Identifier, Identifier] | None = None
