"""What a statement is read in: the catalog, the search path, and the account of what could not be understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import field, replace

from ...budget import Budget
from ...frozen import dataclass
from ...model import DEFAULT_SCHEMA, ColumnType, Location, Opaque
from ...reading import Gap
from ...sql import Token
from ...sql.renames import qualified_names
from .catalog import TEMPORARY, Catalog, shown
from .cursor import Cursor
from .entries import EXISTENCE, Key, Name, Relation, TableEntry, ViewEntry
from .errors import ForeignError, MissingError, RefusedError, StateError, UnmadeError, UnreadableError

#: Built-in types never come from a user's schema unless they are written with one.
SYSTEM_SCHEMAS = frozenset({"pg_catalog", "information_schema"})


@dataclass(frozen=True, slots=True)
class Point:
    """A moment in a session: a mark of the catalog's journal, and what else a statement changes."""

    mark: int
    path: tuple[str, ...]
    local_path: tuple[str, ...] | None
    gaps: int
    unmodelled: dict[str, int]


@dataclass(slots=True)
class Session:
    """`path` is the search path; `local_path` what it was before a SET LOCAL, to come back at the transaction's end.

    `blind`: a statement before this one was not understood, and may have made what seems to be missing, or taken away
    what seems to be there. `presumed` are the things that were taken to exist though no statement made them, `later`
    those of which an earlier reading of the files tells that a later statement makes them. `unmade` holds the objects
    that were refused for want of what no statement makes, and what that is: a database that is not empty may have them.
    `absent` is what such objects were refused for, and whatever else was changed and is not there.
    `whole`: a schema that no statement defines is no other's business, but was there before.
    `lost`: some of the files was not read, so that nothing is missing for certain. `unparsed`: the statement at hand
    could not be understood; `broken` are the statements of the block at hand that could not. `made_here` are enums of
    the transaction at hand, `fresh_labels` what it added to others, which it cannot use yet.
    """

    catalog: Catalog = field(default_factory=Catalog)
    path: tuple[str, ...] = (DEFAULT_SCHEMA,)
    local_path: tuple[str, ...] | None = None
    in_transaction: bool = False
    gaps: list[Gap] = field(default_factory=list)
    foreign: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: dict[str, None] = field(default_factory=dict)
    head: str = ""
    unmodelled: Counter[str] = field(default_factory=Counter)
    budget: Budget = field(default_factory=Budget)
    blind: bool = False
    lost: bool = False
    unparsed: bool = False
    broken: list[Cursor] = field(default_factory=list)
    later: frozenset[Name] = frozenset()
    presumed: set[Name] = field(default_factory=set)
    unmade: dict[Name, tuple[Name, Opaque]] = field(default_factory=dict)
    absent: dict[Name, None] = field(default_factory=dict)
    whole: bool = False
    made_here: set[Key] = field(default_factory=set)
    fresh_labels: set[Name] = field(default_factory=set)

    # --- what can be taken back ---

    def point(self) -> Point:
        """This moment, for `undo`."""
        return Point(self.catalog.journal.mark, self.path, self.local_path, len(self.gaps), dict(self.unmodelled))

    def undo(self, point: Point) -> None:
        """Takes back what statements did since `point`, and what was said of them."""
        self.catalog.journal.undo(point.mark)
        self.path, self.local_path, self.unmodelled = point.path, point.local_path, Counter(point.unmodelled)
        del self.gaps[point.gaps :]

    # --- gaps ---

    def gap(self, location: Location, why: str, *, what: str | None = None, about: str | None = None) -> None:
        self.gaps.append(Gap(location, what or self.head, why, about))

    def gap_at(
        self, cursor: Cursor, error: UnreadableError, *, what: str | None = None, about: str | None = None
    ) -> None:
        """A gap where `error` was met, or where `cursor` begins."""
        place = cursor.location(error.token or cursor.tokens[0])
        why = f"PostgreSQL refuses this: {error.why}" if self.is_sure(error) else error.why
        self.gap(place, why, what=what, about=error.object or about)
        self.unparsed = self.unparsed or not isinstance(error, RefusedError)
        self.blind = self.blind or not isinstance(error, RefusedError)

    def is_sure(self, error: UnreadableError) -> bool:
        """Whether PostgreSQL certainly refuses a statement for `error`."""
        return isinstance(error, RefusedError) and not (isinstance(error, StateError) and self.blind)

    def opaque(self, kind: str, key: Key, location: Location) -> None:
        """Keeps the name of something that exists but could not be read."""
        self.catalog.opaque[(kind, *key)] = Opaque(kind=kind, schema=key[0], name=key[1], location=location)

    # --- names of what is made ---

    @property
    def creation_schema(self) -> str:
        """Where an unqualified new object goes: the first schema of the search path."""
        for schema in self.path:
            if (
                schema not in SYSTEM_SCHEMAS | self.catalog.gone
                and schema != TEMPORARY
                and not self.comes_later(schema)
            ):
                return schema
        raise RefusedError("no schema has been selected to create in")

    @property
    def come_later(self) -> frozenset[Name]:
        """What was presumed to exist and then made."""
        wanted = (wanted for wanted, _ in self.unmade.values())
        return frozenset(name for name in (*self.presumed, *wanted) if name in self.catalog.made)

    def not_made(self, wanted: Name, item: Opaque) -> None:
        """`item` was refused for want of `wanted`. If a later statement makes that, it certainly does not exist."""
        if wanted not in self.later and not self.blind:
            self.unmade[item.kind, item.schema, item.name] = wanted, item

    def comes_later(self, schema: str) -> bool:
        """Whether a later statement makes the schema, which therefore is not there yet."""
        return ("schema", "", schema) in self.later and not self.catalog.has_namespace(schema)

    # --- names of what exists ---

    def search(self, schema: str | None) -> tuple[str, ...]:
        """The schemas in which a name is looked up."""
        return (schema,) if schema is not None else (TEMPORARY, *self.path)

    def find(self, schema: str | None, name: str) -> Relation | None:
        relations = self.catalog.relations
        for candidate in self.search(schema):
            if (found := relations.get((candidate, name))) is not None:
                return found
        return None

    def assumed(self, schema: str | None, name: str) -> Key:
        """The key of a relation that need not exist here: as found, else where it would be made."""
        found = self.find(schema, name)
        if found is not None:
            return found.key
        there = (item for item in self.path if item not in SYSTEM_SCHEMAS | self.catalog.gone)
        return schema or next(there, DEFAULT_SCHEMA), name

    def missing(self, kind: str, schema: str | None, name: str, token: Token | None = None) -> Exception:
        """What to raise for something that is not there: a gap, unless these files don't define its schema."""
        key = self.assumed(schema, name)
        if not self.whole and not self.catalog.defines(key[0]):
            return ForeignError(key[0])
        if any((word, *key) in self.unmade for word in ("table", "view")):
            return UnmadeError(shown(key))
        if any((word, *key) in self.catalog.opaque for word in ("table", "view", kind, "")):
            return UnreadableError(f"what {shown(key)} looks like is not known here", token, ".".join(key))
        self.absent["relation" if kind == "table" else kind, *key] = None
        return MissingError(f'{kind} "{shown(key)}" does not exist', token, ".".join(key))

    def table(self, cursor: Cursor, *, exists: bool = True) -> TableEntry:
        """The table whose name is at `cursor`. Raises MissingError, or ForeignError.

        That a statement speaks of it shows that it `exists`, if that was in doubt, unless it says IF EXISTS.
        """
        schema, name, token = cursor.name()
        found = self.find(schema, name)
        if isinstance(found, TableEntry):
            if exists:
                found.unknown -= {EXISTENCE}
            return found
        if found is not None:
            raise RefusedError(f'"{name}" is not a table', token)
        raise self.missing("relation", schema, name, token)

    def indexable(self, cursor: Cursor) -> TableEntry | ViewEntry:
        """The table or materialized view whose name is at `cursor`."""
        mark = cursor.pos
        schema, name, _ = cursor.name()
        found = self.find(schema, name)
        if isinstance(found, ViewEntry):
            return found
        cursor.pos = mark
        return self.table(cursor)

    @property
    def qualify(self) -> Callable[[str], str] | None:
        """Writes schemas into expressions; None while the search path is the usual one."""
        if self.path in ((DEFAULT_SCHEMA,), ()):
            return None
        return lambda sql: qualified_names(sql, self.schema_of)

    def schema_of(self, role: str, name: str) -> str | None:
        """The schema to write before a name in an expression; None if it has to stay as it is."""
        key: Key | None = None
        if role == "relation":
            found = self.find(None, name)
            key = found.key if found is not None else None
        elif role == "type":
            key = self.type_key(None, name) if name not in BUILT_IN else None
        elif role == "function":
            key = next(((s, name) for s in self.path if (s, name) in self.catalog.routine_names), None)
        return key[0] if key is not None and key[0] not in (DEFAULT_SCHEMA, TEMPORARY) else None

    def type_key(self, schema: str | None, name: str) -> Key | None:
        """The user-defined type (or table's row type) that the name means, if these files define it."""
        for candidate in self.search(schema):
            key = (candidate, name)
            if key in self.catalog.types or key in self.catalog.relations:
                return key
        return None

    def resolved(self, type_: ColumnType) -> ColumnType:
        """`type_`; one of these files' own types comes with the schema in which it was found."""
        if type_.schema is None and (type_.quoted or " " not in type_.name):
            for candidate in self.path:
                found_first = type_.name in (CATALOGUED if type_.quoted else BUILT_IN)
                if not found_first and self._makes_type((candidate, type_.name)):
                    return replace(type_, schema=candidate)
        return type_

    def _makes_type(self, key: Key) -> bool:
        """Whether there is a type of the name, or a table or view, whose rows are one."""
        return key in self.catalog.types or key in self.catalog.relations


#: Names that mean PostgreSQL's own types even where a user's type has the same (pg_catalog is searched first).
BUILT_IN = frozenset(
    """
    int int2 int4 int8 integer smallint bigint serial bigserial smallserial serial2 serial4 serial8 bool boolean text
    varchar char character bpchar nchar name float float4 float8 real numeric decimal dec money bytea date time timetz
    timestamp timestamptz interval uuid json jsonb jsonpath xml inet cidr macaddr macaddr8 bit varbit point line lseg
    box path polygon circle tsvector tsquery oid oidvector int2vector regclass regcollation regconfig regdictionary
    regnamespace regoper regoperator regproc regprocedure regrole regtype int4range int8range numrange tsrange tstzrange
    daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange pg_lsn xid xid8 cid
    tid txid_snapshot pg_snapshot refcursor aclitem gtsvector
    any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange
    anyelement anyenum anymultirange anynonarray anyrange cstring event_trigger fdw_handler index_am_handler internal
    language_handler pg_ddl_command record table_am_handler trigger tsm_handler unknown void
    """.split()
)
#: Those of them that are names of types; the others are words of the grammar alone, and mean nothing between quotes.
CATALOGUED = BUILT_IN - frozenset(
    """
    int integer smallint bigint boolean character nchar float real decimal dec serial bigserial smallserial serial2
    serial4 serial8
    """.split()
)
