"""What the worker says, as its JSON is understood: each class is an object that `inside/` describes.

Names, types and expressions are SQLAlchemy's or the project's own, not yet PostgreSQL's. `at` is a place, `unknown` the
fields of an object that have no form.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from ..decode import Misfit, decode
from ..frozen import dataclass

T = TypeVar("T", bound="Asked")
#: File (absolute), first line, column, last line.
Place = tuple[str, int | None, int | None, int | None]
#: The most values in one answer: an honest one has twenty for each column.
_MOST_VALUES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFacts:
    """What could not be described, why, and the object that it belongs to (`schema.table.column`)."""

    what: str
    why: str
    object: str | None
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LostFacts:
    """An object that is there, or may be, and of which nothing is known."""

    kind: str
    schema: str | None
    name: str
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterFacts:
    """The options of a sequence or an identity that the author set."""

    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityFacts(CounterFacts):
    always: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceFacts(CounterFacts):
    schema: str | None
    name: str
    type: str = "bigint"
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFacts:
    expression: str
    stored: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    name: str
    type: str | None = None
    nullable: bool
    comment: str | None
    collation: str | None = None
    serial: Literal["smallserial", "serial", "bigserial"] | None
    default: str | None = None
    application_default: str | None
    application_onupdate: str | None
    generated: GeneratedFacts | None = None
    identity: IdentityFacts | None = None
    at: Place | None
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintFacts:
    """What all constraints have. `added`: by an ALTER TABLE of its own, behind all tables."""

    name: str | None
    deferrable: bool
    initially_deferred: bool
    added: bool
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKeyFacts(ConstraintFacts):
    columns: tuple[str, ...]
    include: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueFacts(ConstraintFacts):
    columns: tuple[str, ...]
    include: tuple[str, ...]
    nulls_distinct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKeyFacts(ConstraintFacts):
    columns: tuple[str, ...]
    target_schema: str | None
    target_table: str
    target_columns: tuple[str | None, ...]
    on_delete: str | None
    on_update: str | None
    match: str | None
    validated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts(ConstraintFacts):
    expression: str
    columns: tuple[str, ...]
    validated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFacts:
    """One part of an exclusion; `column` if it is a column of the table."""

    expression: str
    operator: str
    opclass: str | None
    column: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionFacts(ConstraintFacts):
    elements: tuple[ElementFacts, ...]
    method: str
    predicate: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """A key of an index: a `column`, an `expression`, or a `text` that may be either, with modifiers in it."""

    column: str | None = None
    expression: str | None = None
    text: str | None = None
    opclass: str | None
    collation: str | None = None
    descending: bool | None = None
    nulls_first: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutedFacts:
    """A statement that runs when a `table` (or all, if None) is created, or `why` what runs is not known."""

    sql: str
    why: str | None
    schema: str | None
    table: str | None
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFacts:
    name: str | None
    unique: bool
    method: str | None
    keys: tuple[KeyFacts, ...]
    include: tuple[str, ...]
    nulls_distinct: bool
    options: Mapping[str, str]
    tablespace: str | None
    predicate: str | None = None
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """`ddl` are the statements that make it, where the models are read for another engine than PostgreSQL."""

    schema: str | None
    name: str
    comment: str | None
    columns: tuple[ColumnFacts, ...]
    primary_key: PrimaryKeyFacts | None = None
    foreign_keys: tuple[ForeignKeyFacts, ...]
    uniques: tuple[UniqueFacts, ...]
    checks: tuple[CheckFacts, ...]
    exclusions: tuple[ExclusionFacts, ...]
    indexes: tuple[IndexFacts, ...]
    partition_by: str | None
    inherits: tuple[str, ...]
    options: Mapping[str, str]
    tablespace: str | None
    unlogged: bool
    prefixes: tuple[str, ...]
    ddl: tuple[str, ...] = ()
    at: Place | None
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumFacts:
    schema: str | None
    name: str
    values: tuple[str, ...]
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFacts:
    """`opaque`: one of its parts has no form, and so the domain has none."""

    schema: str | None
    name: str
    type: str | None = None
    nullable: bool
    collation: str | None
    default: str | None = None
    check: str | None = None
    constraint_name: str | None
    opaque: bool = False
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFacts:
    """`definition` is None where it has no form."""

    schema: str | None
    name: str
    definition: str | None
    materialized: bool
    at: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFacts:
    """An alembic_utils entity: `kind` is the name of its class."""

    kind: str
    schema: str
    signature: str
    definition: str
    on_entity: str | None
    is_constraint: bool
    with_data: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleFacts:
    """Why there is no description: `kind` is one of the words that `inside.trouble` and the reader know."""

    kind: str
    message: str
    type: str = ""
    module: str = ""
    attribute: str = ""
    names: tuple[str, ...] = ()
    found: str = ""
    expected: str = ""
    traceback: str = ""
    frames: tuple[tuple[str, int | None, str], ...] = ()
    at: tuple[str | None, int | None] | None = None
    missing: str | None = None
    imported_from: str | None = None
    in_namespace: bool = False
    key: str | None = None
    key_of_environment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportInputs:
    """What the import depended on, as `inside.traces` noted it; the values are those of `inside.looking`."""

    files: Mapping[str, str | None]
    folders: Mapping[str, str | None]
    installed: Mapping[str, str | None]
    asked: Mapping[str, str | None]
    scanned: Mapping[str, str | None]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who answered: the versions of Python and SQLAlchemy, the project's files that were loaded, what was read.

    `stubbed` are the packages, `unset` the variables that something stood in for; `roots` are folders of the
    repository that were put on the path, for packages of its own; `passed` the lines that raised for want of something
    and were passed over.
    """

    python: str = "?"
    executable: str = ""
    sqlalchemy: str | None = None
    loaded: tuple[str, ...] = ()
    inputs: ImportInputs | None = None
    stubbed: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()
    passed: tuple[tuple[str, int, str], ...] = ()
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAnswer(Asked):
    """The answer of a worker that cannot describe the models."""

    error: TroubleFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(Asked):
    """Everything that `create_all` would make, and what of it has no form.

    `names` are the attributes that were looked at; `events` counts what else runs when the tables are created. `lost`
    are objects that could not be read, `unlisted` the kinds ("tables") of which there may be more.
    """

    names: tuple[str, ...]
    notes: tuple[str, ...]
    gaps: tuple[GapFacts, ...]
    tables: tuple[TableFacts, ...]
    views: tuple[ViewFacts, ...]
    sequences: tuple[SequenceFacts, ...]
    enums: tuple[EnumFacts, ...]
    domains: tuple[DomainFacts, ...]
    entities: tuple[EntityFacts, ...] = ()
    events: int
    executed: tuple[ExecutedFacts, ...] = ()
    lost: tuple[LostFacts, ...] = ()
    unlisted: tuple[str, ...] = ()


def understood(answer: bytes, told: type[T]) -> T | RefusedAnswer:
    """The answer that is `answer`: a `told`, unless the worker refuses.

    Raises ValueError, and says of what, if it is none that the worker gives.
    """
    # Each value takes the room of a Python object, however short it is as text.
    if sum(answer.count(mark) for mark in (b",", b"[", b"{")) > _MOST_VALUES:
        raise ValueError(f"it holds more than {_MOST_VALUES:,} values")
    try:
        document = json.loads(answer.decode("ascii"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(document, dict):
        raise Misfit("it is not an object")
    return decode(RefusedAnswer, document) if "error" in document else decode(told, document)


def _refuse(word: str) -> Any:
    raise ValueError(word)


#: How many statements a sentence lists.
_LISTED = 3


def passed_over(document: Asked, root: Path) -> list[str]:
    """What the report says of statements that raised for want of a package, and were passed over."""
    if not document.passed:
        return []
    places = [f"{os.path.relpath(path, root)}:{line} ({error})" for path, line, error in document.passed[:_LISTED]]
    more = f" and {len(document.passed) - _LISTED} more" if len(document.passed) > _LISTED else ""
    return [f"with stand-ins these lines raise, and were passed over: {', '.join(places)}{more}"]
