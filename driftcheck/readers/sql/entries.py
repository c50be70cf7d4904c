"""What the catalog holds while statements change it: entries around the model's frozen facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import TypeAlias

from ...frozen import dataclass
from ...model import (
    Check,
    Column,
    Comment,
    CompositeType,
    Domain,
    Exclusion,
    ForeignKey,
    Index,
    Location,
    Partition,
    PrimaryKey,
    RangeType,
    Sequence,
    Table,
    Unique,
    View,
)
from ...model.naming import object_name
from .enum_labels import EnumEntry
from .journal import Journaled

Key: TypeAlias = tuple[str, str]
#: Kind, schema ("" for what has none) and name of something: a relation, type, function, schema, role, collation.
Name: TypeAlias = tuple[str, str, str]
Constraint: TypeAlias = PrimaryKey | ForeignKey | Unique | Exclusion | Check
#: Constraints that PostgreSQL upholds by an index of the same name.
INDEXED = (PrimaryKey, Unique, Exclusion)
UserType: TypeAlias = EnumEntry | Domain | CompositeType | RangeType
#: Columns that every table has.
SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
#: In the `unknown` of what may not exist at this point: whether what makes or drops it is run is not known.
EXISTENCE = "existence"
#: Stands for the part of a name that is not known. No author writes it: it is from Unicode's private use area.
WILD = "\ue0d7"


@dataclass(slots=True)
class TableEntry(Journaled):
    """A table. `opaque` says that it exists and nothing else is known; `temporary` that it ends with its session.

    `passing` says of a temporary one that it ends with its transaction (ON COMMIT DROP).
    """

    schema: str
    name: str
    location: Location
    columns: dict[str, Column] = field(default_factory=dict)
    constraints: dict[str, Constraint] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    row_security: bool = False
    force_row_security: bool = False
    comment: str | None = None
    partition_by: str | None = None
    partition_of: Partition | None = None
    inherits: tuple[Key, ...] = ()
    of_type: str | None = None
    unlogged: bool = False
    options: dict[str, str] = field(default_factory=dict)
    tablespace: str | None = None
    server: str | None = None
    server_options: dict[str, str] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    temporary: bool = False
    passing: bool = False
    opaque: bool = False
    not_nulls: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.schema, self.name

    def not_null(self, name: str) -> str | None:
        """The column whose NOT NULL is the constraint `name` (PostgreSQL 18), its own name or the one it has unsaid."""
        if name in self.not_nulls:
            return self.not_nulls[name]
        columns = (column.name for column in self.columns.values() if not column.nullable)
        return next((one for one in columns if object_name(self.name, one, "not_null") == name), None)

    @property
    def primary_key(self) -> PrimaryKey | None:
        return next((item for item in self.constraints.values() if isinstance(item, PrimaryKey)), None)

    def copy(self) -> TableEntry:
        """An entry that can change without changing this one."""
        return replace(
            self,
            columns=dict(self.columns),
            constraints=dict(self.constraints),
            indexes=dict(self.indexes),
            options=dict(self.options),
            places=dict(self.places),
            not_nulls=dict(self.not_nulls),
            server_options=dict(self.server_options),
        )

    def freeze(self) -> Table:
        constraints = list(self.constraints.values())
        return Table(
            schema=self.schema,
            name=self.name,
            location=self.location,
            columns=tuple(self.columns.values()),
            primary_key=self.primary_key,
            foreign_keys=tuple(item for item in constraints if isinstance(item, ForeignKey)),
            uniques=tuple(item for item in constraints if isinstance(item, Unique)),
            exclusions=tuple(item for item in constraints if isinstance(item, Exclusion)),
            checks=tuple(item for item in constraints if isinstance(item, Check)),
            indexes=tuple(self.indexes.values()),
            row_security=self.row_security,
            force_row_security=self.force_row_security,
            comment=self.comment,
            partition_by=self.partition_by,
            partition_of=self.partition_of,
            inherits=self.inherits,
            of_type=self.of_type,
            unlogged=self.unlogged,
            options=tuple(sorted(self.options.items())),
            tablespace=self.tablespace,
            server=self.server,
            server_options=tuple(sorted(self.server_options.items())),
            places=tuple(self.places.items()),
            unknown=self.unknown,
        )


@dataclass(slots=True)
class ViewEntry(Journaled):
    """A view; `reads` are the relations that its query names, `starred` the columns for which a `*` stands in it.

    `comments` are those on its columns.
    """

    view: View
    reads: frozenset[Key] = frozenset()
    starred: frozenset[tuple[Key, str]] = frozenset()
    indexes: dict[str, Index] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    temporary: bool = False

    @property
    def key(self) -> Key:
        return self.view.schema, self.view.name

    def copy(self) -> ViewEntry:
        return replace(self, indexes=dict(self.indexes), comments=dict(self.comments))

    def freeze(self) -> View:
        return replace(self.view, indexes=tuple(self.indexes.values()))

    def on_columns(self) -> Iterator[Comment]:
        """The comments on its columns, as both are called by now."""
        for name, comment in self.comments.items():
            yield replace(comment, schema=self.view.schema, table=self.view.name, name=name)


@dataclass(slots=True)
class SequenceEntry(Journaled):
    """A sequence; `of_identity` marks that of an identity column, which is part of the column and no object."""

    sequence: Sequence
    of_identity: bool = False
    temporary: bool = False

    @property
    def key(self) -> Key:
        return self.sequence.schema, self.sequence.name

    def copy(self) -> SequenceEntry:
        return replace(self)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """The name of an index among the relations of its schema; the index itself is in its table's entry."""

    schema: str
    name: str
    owner: Key

    @property
    def key(self) -> Key:
        return self.schema, self.name

    def copy(self) -> IndexEntry:
        return self


@dataclass(frozen=True, slots=True)
class CompositeEntry:
    """The name of a composite type among the relations of its schema."""

    schema: str
    name: str

    @property
    def key(self) -> Key:
        return self.schema, self.name

    def copy(self) -> CompositeEntry:
        return self


Relation: TypeAlias = TableEntry | ViewEntry | SequenceEntry | IndexEntry | CompositeEntry


def kind_of(relation: Relation) -> str:
    """What the relation is, in a word for messages."""
    if isinstance(relation, ViewEntry):
        return "materialized view" if relation.view.materialized else "view"
    return {TableEntry: "table", SequenceEntry: "sequence", IndexEntry: "index", CompositeEntry: "type"}[type(relation)]
