"""The truth and one other source, laid side by side: what every finder looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..findings import Finding, ObjectRef, Side
from ..model import Location, Schema, Table
from ..reading import Source
from . import definitions
from .matching import TableMatch
from .pairing import Pairing
from .renames import Renames
from .rules import rule
from .scope import Scope

if TYPE_CHECKING:
    from ..normalize.renaming import Renaming


@dataclass(frozen=True, slots=True)
class Between:
    """Two sources and which of their tables belong together.

    `expected` and `actual` are the schemas to compare: the truth's with renamed tables and columns already under the
    names that the other source has for them. `subjects` holds, for the (rule's code, object) of each finding, what the
    truth and the other source have of it: None for what one lacks. `renaming` is there where `renames` has anything.
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
    subjects: dict[tuple[str, ObjectRef], tuple[Any, Any]] = field(default_factory=dict, compare=False)
    _tables: dict[int, dict[tuple[str, str], Table]] = field(default_factory=dict, compare=False, repr=False)
    _matches: dict[tuple[str, str], TableMatch] = field(default_factory=dict, compare=False, repr=False)
    _names: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def table(self, side: Schema, key: tuple[str, str]) -> Table | None:
        """The table of one of the two schemas; quicker than `Schema.table` where there are thousands."""
        if id(side) not in self._tables:
            self._tables[id(side)] = {table.key: table for table in side.tables}
        return self._tables[id(side)].get(key)

    def match(self, key: tuple[str, str]) -> TableMatch | None:
        """The match of the other source's table."""
        if not self._matches:
            self._matches.update((found.actual.key, found) for found in self.matches)
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
        self.subjects[code, about] = subjects
        return Finding(which, which.severity, self.other.name, about, expected, actual, message, fact, tuple(related))

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
        if not self._names and self.renames:
            for mine, translated in zip(self.truth.schema.tables, self.expected.tables, strict=True):
                for name in ("foreign_keys", "uniques", "exclusions", "checks", "indexes"):
                    pairs = zip(getattr(translated, name), getattr(mine, name), strict=True)
                    self._names.update((id(one), before.name) for one, before in pairs)
        return replace(thing, name=self._names.get(id(thing), thing.name)) if self._names else thing

    def home(self, schema: str, table: str) -> tuple[Location | None, Location | None]:
        """Where something of a table stands or would go, in the truth and in the other source."""
        return tuple(  # type: ignore[return-value]  # two sources, two places
            found.location if (found := self.table(side, (schema, table))) else source.reading.home
            for side, source in ((self.expected, self.truth), (self.actual, self.other))
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
    """What a finding about `thing` is about. `table` is the one it stands in, if it stands in one."""
    if table is not None:
        return ObjectRef(kind, table.schema, thing.name, table.name, _columns(kind, thing))
    return ObjectRef(kind, getattr(thing, "schema", None) or schema, thing.name, getattr(thing, "table", None))


def _columns(kind: str, thing: Any) -> tuple[str, ...]:
    if kind == "index":
        return tuple(key.column or f"({key.expression})" for key in thing.keys)
    return thing.columns if kind in ("primary-key", "foreign-key", "unique") else ()


def unreadable(side: Schema, kind: str, schema: str, name: str, table: str | None = None) -> bool:
    """Whether `side` has, or may have, such an object (on `table`) and only could not read it."""
    return any(
        (one.kind, one.schema, one.name) == (kind, schema, name) and (table is None or one.table in (None, table))
        for one in side.opaque
    )
