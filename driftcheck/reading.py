"""What a reader returns: a schema, and an account of everything that is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from .frozen import dataclass
from .location import DatabaseFacts
from .model import Location, Schema

#: The rules that report gaps.
GapKind = Literal["gap", "syntax-error"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something in a source that was not understood, and so is neither in the model nor known to be irrelevant.

    `what` is the head of the statement or the name of the declaration, short; `why` a clause that says what stopped
    the reader ("its type comes from process.env"). `object` is what the gap is about, as `schema.table[.column]`,
    where that is known. `kind` is the name of the rule that reports it: "syntax-error" where the language's own parser
    refuses the text, so that whatever the broken part declares is in doubt.
    """

    location: Location
    what: str
    why: str
    object: str | None = None
    kind: GapKind = "gap"


@dataclass(frozen=True, slots=True)
class Unexported:
    """Drizzle only: declared, but not exported, so that drizzle-kit would not create it (DR902)."""

    location: Location
    kind: str
    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Statements:
    """How much of a source was accounted for: statements (SQL), declarations (Drizzle), objects (SQLAlchemy).

    `read` are all that were met. `irrelevant` of them shape no schema (INSERT, GRANT, `relations()`), `gaps` were not
    understood. `unmodelled` counts, by kind in the plural ("operators"), what shapes a schema but has no room in the
    model; the report lists it under `not_compared`.
    """

    read: int = 0
    irrelevant: int = 0
    gaps: int = 0
    unmodelled: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a source's language cannot declare, and the reason in the report's words.

    `cannot` holds kinds ("trigger") and fields of kinds ("foreign-key.deferrable", "column.comment"); the field's name
    is that of the model. What is here is not compared with this source: it is no drift that nobody could fix.
    """

    language: str
    cannot: frozenset[str] = frozenset()

    def can(self, kind: str, fact: str | None = None) -> bool:
        """Whether the language can declare objects of `kind`, and if given their field `fact`."""
        return kind not in self.cannot and (fact is None or f"{kind}.{fact}" not in self.cannot)


@dataclass(frozen=True, slots=True)
class Management:
    """What a source's tool takes care of, where its config says so: the rest of a database is others', and no drift.

    `schemas` and `tables` (of tables and views) are regular expressions over whole names; "" means all of them. What
    the source declares is managed whatever its name, unless its schema is not. `says` is who says so, for the report:
    "schemaFilter of drizzle.config.ts".
    """

    schemas: str = ""
    tables: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One source, read. `schema` is as declared: `normalize` has not seen it yet.

    `files` are the files that were read, relative to the root, in the order of reading. `notes` are sentences for the
    report (which interpreter was used, which modules nobody imported); `cautions` are those without which the result
    would mislead (which packages were stood in for). `home` is where a new table would go. `kept` are schemas that a
    platform keeps in a database: what is in them counts as far as another source declares it; so do roles then, which
    belong to the server. `folder` is that of the migrations which make it, if they do. `database` is None for all but
    databases. `dialect` names the engine (see `driftcheck.dialects`), "" for the usual one.
    """

    schema: Schema
    capabilities: Capabilities
    files: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unexported: tuple[Unexported, ...] = ()
    statements: Statements = Statements()
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    home: Location | None = None
    management: Management = Management()
    kept: frozenset[str] = frozenset()
    folder: str = ""
    database: DatabaseFacts | None = None
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A reading with the name and kind it has in the report, its schema normalized: what the differ compares."""

    name: str
    kind: str
    reading: Reading

    @property
    def schema(self) -> Schema:
        return self.reading.schema
