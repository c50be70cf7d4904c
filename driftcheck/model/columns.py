"""Columns, and what fills them."""

from __future__ import annotations

from ..frozen import dataclass
from .claims import CollationName, Identifier, Text, Unwritten, Word
from .expressions import Expression
from .located import Located
from .types import ColumnType


@dataclass(frozen=True, slots=True)
class Identity:
    """`GENERATED … AS IDENTITY`. `always` is false for BY DEFAULT. Options are None where nobody set them.

    `sequence_name` is the name of the sequence if it is not PostgreSQL's own choice (SEQUENCE NAME, Drizzle's `name`).
    `type` is what it counts in, if that is not the column's type (ALTER SEQUENCE … AS). `autoincrement` says that it is
    AUTOINCREMENT, the word of engines that know nothing else of all this.
    """

    always: bool = False
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False
    sequence_name: Identifier | None = None
    type: Word | None = None
    autoincrement: bool = False


@dataclass(frozen=True, slots=True)
class Generated:
    """`GENERATED ALWAYS AS (expression)`, STORED unless `stored` is false (VIRTUAL, PostgreSQL 18).

    `stored` is None where the source leaves it to the server, as SQLAlchemy 2.1 does: STORED up to PostgreSQL 17,
    VIRTUAL since. That is no drift from either.
    """

    expression: Expression
    stored: bool | None = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Located):
    """A column of a table.

    `default` is the database's; `application_default` and `application_onupdate` are what application code fills in
    (SQLAlchemy's `default=`/`onupdate=`, Drizzle's `$default`/`$onUpdate`), as a short text, never seen by PostgreSQL.
    A serial column is its integer type, NOT NULL, a `nextval` default and a `Sequence` owned by the column, exactly as
    PostgreSQL stores it; `driftcheck.model.serial` makes the three.
    """

    name: Identifier
    type: ColumnType
    nullable: bool = True
    default: Expression | None = None
    application_default: Unwritten | None = None
    application_onupdate: Unwritten | None = None
    generated: Generated | None = None
    identity: Identity | None = None
    collation: CollationName | None = None
    storage: Word | None = None
    compression: Identifier | None = None
    comment: Text | None = None
