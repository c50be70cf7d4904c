"""What a database engine is to the rest of driftcheck."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NewType, Protocol, TypeVar

from ..frozen import dataclass
from ..kinds.kind import Lazy

if TYPE_CHECKING:
    from ..budget import Budget
    from ..location import Location
    from ..model import Column, ColumnType, Generated, Schema, Table, View
    from ..project import Project
    from ..reading import Gap, Reading, Statements

T = TypeVar("T")
#: The name of a dialect where the config demands one.
DialectName = NewType("DialectName", str)
#: (schema, name) of a table.
Key = tuple[str, str]
#: Name and type of each column of a view; None for a type that is not known.
ViewColumns = tuple[tuple[str, "ColumnType | None"], ...]


class Replaying(Protocol):
    """Statements, replayed file by file."""

    @property
    def gaps(self) -> Sequence[Gap]: ...

    @property
    def statements(self) -> Statements: ...

    def file(self, path: str, text: str, whole: Location | None = None) -> None:
        """Replays the statements of one text, which is all at the place `whole` if that is given. Raises OverLimit."""

    def gap(self, location: Location, what: str, why: str) -> None:
        """Something that should have been read and was not."""

    def schema(self) -> Schema:
        """What they came to."""


class Renaming(Protocol):
    """What a schema says in the names that another one has for its tables and columns."""

    def columns(self, key: Key) -> dict[str, str]:
        """Columns of a view or table that are called otherwise: old name → new name."""

    def translated(self, thing: T, old: Key, table: Table) -> T:
        """`thing`, its own names new already, with canonical forms in the new names and the SQL as it was.

        It is in what was called `old` and is now `table`.
        """

    def respelled(self, thing: T, table: Key) -> T:
        """`thing`, which is in `table` (old name), with the SQL of every expression in the new names."""

    def generated(self, column: Column, old: Key, table: Key) -> Generated | None:
        """What fills the column, in the new names."""

    def view(self, view: View) -> View:
        """A view, in the new names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One engine. Each part is loaded when a schema of it is at hand, so that nobody pays for another engine.

    name         as the config and `--dialect` say it
    title        as sentences say it
    kinds        the kinds of sources that are read for it; all if none is named
    kit          the words for it in a config of drizzle-kit: `dialect`, and `driver` before 0.21
    core         the module of drizzle-orm that declares its tables
    address      matches a location of a live database of it
    speaks       matches SQL that only it takes
    suffixes     what it is called between dots in the names of files
    replay       replays SQL of it; None where `readers.sql` does so itself
    database     reads a live database of it: (location, project, seconds) → reading; None where `readers.database` asks
    normalize    a schema in the form in which two are equal exactly when the engine would make the same of both
    admit        a reading without the texts that are not what they claim to be, each of them a gap
    write        a schema as DDL that really builds it
    rename       from (schema, other, tables, columns) to how `schema` speaks in the names of `other`
    softer_type  the code of the rule for two columns of different types that hold the same all the same, or None
    remark       what there is to know of the first default of some columns that is not what it looks like, if anything
    results      the columns of a schema's views by what their queries say, as far as that is known; None if never
    align        the second schema with its names as the first spells them; None where two spellings are two names
    validation   a schema as a script that says whether a live database is like it; None if there is none
    fixes        whether fixes are written: None if they are, else what ends a drift instead, as a clause
    fix          the statements that end a finding in a database; None for those of `fixes.sql`
    migration    the same in a migration, if they are others there
    script       all of them in an order in which each finds what it needs; None for that of `fixes.script`
    edit         edits the SQL files of a source: an answer for each drift, in their order; None for `fixes.sqlfiles`
    narrows      whether values of one type may not be what they were as the other; None for PostgreSQL's casts
    """

    name: str
    title: str
    kinds: tuple[str, ...] = ()
    kit: frozenset[str]
    core: str
    address: re.Pattern[str]
    speaks: re.Pattern[str]
    suffixes: frozenset[str]
    replay: Lazy[Callable[[Budget], Replaying]] | None = None
    database: Lazy[Callable[[str, Project, float], Reading]] | None = None
    normalize: Lazy[Callable[[Schema], Schema]]
    admit: Lazy[Callable[[Reading], Reading]]
    write: Lazy[Callable[[Schema], str]]
    rename: Lazy[Callable[[Schema, Schema, Mapping[Key, Key], Mapping[Key, Mapping[str, str]]], Renaming]]
    softer_type: Lazy[Callable[[Table, Column, Table, Column], str | None]]
    remark: Lazy[Callable[..., str | None]] | None = None
    results: Lazy[Callable[[Schema], Mapping[Key, ViewColumns]]] | None = None
    align: Lazy[Callable[[Schema, Schema], Schema]] | None = None
    validation: Lazy[Callable[[Schema, str, Any], str]] | None = None
    fixes: str | None = None
    fix: Lazy[Callable[[Any], Any]] | None = None
    migration: Lazy[Callable[[Any], Any]] | None = None
    script: Lazy[Callable[..., str]] | None = None
    edit: Lazy[Callable[[Any], Any]] | None = None
    narrows: Lazy[Callable[[ColumnType, ColumnType], bool]] | None = None
