"""The truth and one other source, laid side by side: what every finder looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..dialects import Dialect, dialect_named
from ..findings import Finding, ObjectRef, Side
from ..model import KINDS, Location, Schema, Table
from ..reading import Source
from . import definitions
from .matching import COLLECTIONS, TableMatch
from .pairing import Pairing
from .renames import Renames
from .rules import rule
from .scope import Scope

if TYPE_CHECKING:
    from ..dialects.dialect import Renaming


#: (schema, name) of a table.
Key = tuple[str, str]


@dataclass(frozen=True)
class Between:
    """Two sources and which of their tables belong together.

    `expected` and `actual` are the schemas to compare: the truth's with renamed tables and columns already under the
    names that the other source has for them. `renaming` is there where `renames` has anything.
    """

    truth: Source
    other: Source
    expected: Schema
    actual: Schema
    scope: Scope
    renames: Renames
    tables: Pairing[Table]
    matches: tuple[TableMatch, ...]
    renaming: Renaming | None = None

    @property
    def dialect(self) -> Dialect:
        """The engine of both."""
        return dialect_named(self.truth.reading.dialect)

    @cached_property
    def expected_tables(self) -> Mapping[Key, Table]:
        """The tables of `expected` by their keys: quicker than `Schema.table` where there are thousands."""
        return {table.key: table for table in self.expected.tables}

    @cached_property
    def actual_tables(self) -> Mapping[Key, Table]:
        """The tables of `actual` by their keys."""
        return {table.key: table for table in self.actual.tables}

    @cached_property
    def _matches(self) -> Mapping[Key, TableMatch]:
        return {found.actual.key: found for found in self.matches}

    def match(self, key: Key) -> TableMatch | None:
        """The match of the other source's table."""
        return self._matches.get(key)

    def finding(
        self,
        code: str,
        about: ObjectRef,
        expected: Side,
        actual: Side,
        message: str,
        fact: str | None = None,
        related: Iterable[ObjectRef] = (),
        subjects: tuple[Any, Any] = (None, None),
    ) -> Finding:
        which = rule(code)
        say = self.dialect.remark if fact == "default" else None
        remark = say.load()(*subjects) if say is not None else None
        return Finding(
            which, which.severity, self.other.name, about, expected, actual,
            f"{message}; {remark}" if remark else message, fact, tuple(related), subjects=subjects, remark=remark,
        )  # fmt: skip

    def missing(
        self, code: str, about: ObjectRef, thing: Any, place: Location | None, related: Iterable[ObjectRef] = ()
    ) -> Finding:
        """The truth has `thing` and the other source does not; `place` is where it would go."""
        value = definitions.whole(about.kind, thing)
        what = f"{spoken(about)}{_shown(about, value)}"
        message = f"{self.other.name} {_lacks(self.other, about)} {what}; {self.truth.name} has it"
        sides = (Side(value, thing.location), Side(None, place))
        message += _on_it(related)
        return self.finding(code, about, *sides, message, related=related, subjects=(thing, None))

    def extra(
        self, code: str, about: ObjectRef, thing: Any, place: Location | None, related: Iterable[ObjectRef] = ()
    ) -> Finding:
        """The other source has `thing` and the truth does not; `place` is where the truth would have it."""
        value = definitions.whole(about.kind, thing)
        what = f"{spoken(about)}{_shown(about, value)}"
        message = f"{self.other.name} has {what}; {self.truth.name} {_does_not(self.truth, about)}"
        sides = (Side(None, place), Side(value, thing.location))
        message += _on_it(related)
        return self.finding(code, about, *sides, message, related=related, subjects=(None, thing))

    def named(self, thing: Any) -> Any:
        """`thing` of the truth under the name that the truth has for it, which may follow from that of its table."""
        return replace(thing, name=self._names.get(id(thing), thing.name)) if self.renames else thing

    @cached_property
    def _names(self) -> Mapping[int, str]:
        """For the id of each key, check and index of `expected` the name that the truth has for it."""
        return {
            id(one): before.name
            for mine, translated in zip(self.truth.schema.tables, self.expected.tables, strict=True)
            for name in COLLECTIONS.values()
            for one, before in zip(getattr(translated, name), getattr(mine, name), strict=True)
        }

    def home(self, schema: str, table: str) -> tuple[Location | None, Location | None]:
        """Where something of a table is declared or would go, in the truth and in the other source."""
        mine, theirs = (tables.get((schema, table)) for tables in (self.expected_tables, self.actual_tables))
        return (
            mine.location if mine is not None else self.truth.reading.home,
            theirs.location if theirs is not None else self.other.reading.home,
        )


def spoken(about: ObjectRef) -> str:
    """An object in a sentence: "column profiles.bio", "foreign key x on projects (user_id)"."""
    kind = about.kind.replace("-", " ") + (" constraint" if about.kind in ("unique", "check", "exclusion") else "")
    if about.table is None or about.kind == "column":
        return f"{kind} {about}"
    columns = f" ({', '.join(about.columns)})" if about.columns else ""
    table = ObjectRef("table", about.schema, about.table)
    return " ".join(f"{kind} {about.name} on {table}{columns}".split())


def kept_inside(source: Source, about: ObjectRef) -> bool:
    """Whether `source` declares it and only does not export it, so that drizzle-kit would not create it (DR902)."""
    key = (about.kind, about.schema, about.name)
    return any((one.kind, one.schema, one.name) == key for one in source.reading.unexported)


def _lacks(source: Source, about: ObjectRef) -> str:
    return "does not export" if kept_inside(source, about) else "has no"


def _does_not(source: Source, about: ObjectRef) -> str:
    return "does not export it" if kept_inside(source, about) else "does not"


def _shown(about: ObjectRef, value: str) -> str:
    """What a message adds of an object's definition: what its name and columns do not say already."""
    short = " ".join(value.split()).removeprefix(f"({', '.join(about.columns)})").strip()
    return f": {short}" if short not in ("", "declared") and len(short) <= 160 else ""


def _on_it(related: Iterable[ObjectRef]) -> str:
    counts: dict[str, int] = {}
    for about in related:
        counts[about.kind] = counts.get(about.kind, 0) + 1
    if not counts:
        return ""
    return " (and on it " + ", ".join(f"{count} {_counted(kind, count)}" for kind, count in counts.items()) + ")"


def _counted(kind: str, count: int) -> str:
    word = {"unique": "unique constraint", "exclusion": "exclusion constraint"}.get(kind, kind.replace("-", " "))
    return word if count == 1 else ("indexes" if word == "index" else word + "s")


def reference(kind: str, thing: Any, table: Table | None = None, schema: str = "") -> ObjectRef:
    """What a finding about `thing` is about. `table` is the one it is in, if it is in one."""
    if table is not None:
        return ObjectRef(kind, table.schema, thing.name, table.name, _columns(kind, thing))
    own = getattr(thing, "schema", None) or schema
    return ObjectRef(kind, own, thing.name, getattr(thing, "table", None), signature=getattr(thing, "signature", None))


def _columns(kind: str, thing: Any) -> tuple[str, ...]:
    if kind == "index":
        return tuple(key.column or f"({key.expression})" for key in thing.keys)
    return thing.columns if kind in ("primary-key", "foreign-key", "unique") else ()


_IN_NO_SCHEMA = frozenset({"schema", "extension", "role"})


def unreadable(side: Schema, about: ObjectRef) -> bool:
    """Whether `side` has, or may have, such an object and only could not read it."""
    return KINDS.get(about.kind, "").removeprefix("Schema.") in side.unknown or any(
        one.kind in ("", about.kind)
        and one.name == about.name
        and (one.schema == about.schema or about.kind in _IN_NO_SCHEMA)
        and (about.table is None or one.table in (None, about.table))
        and one.signature in (None, about.signature)
        for one in side.opaque
    )
