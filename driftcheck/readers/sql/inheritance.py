"""What a table takes over from others: LIKE, INHERITS, OF a type, and being a partition."""

from __future__ import annotations

from dataclasses import replace

from ...frozen import dataclass
from ...model import Check, Column, CompositeType, Index, Partition
from ...normalize.expressions import Site, condition
from ...normalize.known import Known
from .casts import kind_of_type
from .catalog import parents_of
from .cursor import Cursor
from .entries import INDEXED, Constraint, Key, TableEntry
from .errors import DuplicateError, MissingError, StateError, UnreadableError
from .existence import lacks, need_relation, written
from .partition_rules import check_bound, check_partitioned
from .session import Session
from .table_parts import place_constraint, place_index

_LIKE_WORDS = frozenset(
    {"comments", "compression", "constraints", "defaults", "generated", "identity", "indexes", "statistics", "storage"}
)


@dataclass(frozen=True, slots=True)
class Like:
    """`LIKE source INCLUDING …`."""

    source: TableEntry
    including: frozenset[str]


def read_like(cursor: Cursor, session: Session) -> Like:
    """What follows the word LIKE in a table's list."""
    source = session.table(cursor)
    if source.opaque or "columns" in source.unknown:
        raise UnreadableError(f"the columns of {source.name} are not known here", cursor.tokens[0])
    including: set[str] = set()
    while word := cursor.accept_any("including", "excluding"):
        what = cursor.accept_any("all", *_LIKE_WORDS)
        if not what:
            raise cursor.unexpected()
        words = _LIKE_WORDS if what == "all" else {what}
        including = including | words if word == "including" else including - words
    cursor.finish()
    return Like(source, frozenset(including))


def like_columns(like: Like) -> list[Column]:
    """Copies of the source's columns; what is not included is left out. NOT NULL always comes along."""
    absent: dict[str, tuple[str, object]] = {
        "defaults": ("default", None), "generated": ("generated", None), "identity": ("identity", None),
        "storage": ("storage", None), "compression": ("compression", None), "comments": ("comment", None),
    }  # fmt: skip
    values = dict(value for word, value in absent.items() if word not in like.including)
    return [replace(column, places=(), **values) for column in like.source.columns.values()]  # type: ignore[arg-type]  # fields of Column


def like_constraints(like: Like) -> list[Constraint]:
    """Checks keep their names; keys get new ones (`transformTableLikeClause`, parse_utilcmd.c)."""
    found: list[Constraint] = []
    for item in like.source.constraints.values():
        if isinstance(item, Check):
            if "constraints" in like.including:
                found.append(item)
        elif isinstance(item, INDEXED) and "indexes" in like.including:
            found.append(replace(item, name=""))
    return found


def copy_indexes(session: Session, table: TableEntry, like: Like) -> None:
    if "indexes" in like.including:
        for index in like.source.indexes.values():
            place_index(session.catalog, table, replace(index, name="", places=()))


def take_type(cursor: Cursor, session: Session, table: TableEntry) -> None:
    """The columns of `OF type`."""
    schema, name, token = cursor.name()
    key = session.type_key(schema, name)
    found = session.catalog.types.get(key) if key else None
    if key is None or not isinstance(found, CompositeType):
        if key is not None:
            raise StateError(f"type {name} is not a composite type", token)
        if not lacks(session, "type", schema, name):
            raise UnreadableError(f"what the type {name} looks like is not known here", token)
        raise MissingError(f'type "{written(schema, name)}" does not exist', token)
    table.of_type = ".".join(key)
    place = cursor.location(token)
    for item in found.attributes:
        table.columns[item.name] = Column(name=item.name, type=item.type, collation=item.collation, location=place)


# --- INHERITS ---


def inherit_from(cursor: Cursor, session: Session, table: TableEntry) -> None:
    """`INHERITS (parent, …)` behind a table's list: the parents' columns come first."""
    start, end = cursor.skip_group()
    own, table.columns = table.columns, {}
    for part in cursor.parts(start, end):
        schema, name, token = part.name()
        found = need_relation(session, schema, name, token)
        if found is None:
            raise UnreadableError(f"the columns of {name} are not known here", token)
        if not isinstance(found, TableEntry):
            raise StateError(f'inherited relation "{name}" is not a table or foreign table', token)
        refuse_twice(table, found)
        table.inherits += (found.key,)
        table.unknown |= found.unknown & {"columns"}
        for column in found.columns.values():
            table.columns.setdefault(column.name, inherited(column))
    for column in own.values():
        merge_column(session, table, column)


def refuse_twice(table: TableEntry, parent: TableEntry) -> None:
    if parent.key in table.inherits and not table.unknown:
        raise StateError(f'relation "{parent.name}" would be inherited from more than once')


def inherited(column: Column) -> Column:
    """`column` as a child has it: an identity is not passed on."""
    return replace(column, identity=None, places=(), comment=None)


def merge_column(session: Session, table: TableEntry, column: Column) -> None:
    """Puts `column` into `table`, on top of the inherited one of its name if there is one."""
    earlier = table.columns.get(column.name)
    if earlier is not None:
        kinds = [kind_of_type(item.type, session.catalog.types) for item in (earlier, column)]
        if None not in kinds and kinds[0] != kinds[1]:
            raise StateError(f'column "{column.name}" has a type conflict')
        column = replace(
            column,
            nullable=column.nullable and earlier.nullable,
            default=column.default if column.default is not None else earlier.default,
            generated=column.generated or earlier.generated,
        )
    table.columns[column.name] = column


def take_checks(session: Session, table: TableEntry) -> None:
    """The checks of all parents that are passed on."""
    for key in parents_of(table):
        parent = session.catalog.table(key)
        for item in list(parent.constraints.values()) if parent is not None else ():
            if isinstance(item, Check) and not item.no_inherit and item.name not in table.constraints:
                place_constraint(session, table, item)


def is_merged(session: Session, table: TableEntry, constraint: Constraint) -> bool:
    """Whether a check that is added says what an inherited one of its name says: the server makes one of them."""
    there = table.constraints.get(constraint.name)
    if not isinstance(constraint, Check) or not isinstance(there, Check) or constraint.no_inherit:
        return False
    parents = [session.catalog.table(key) for key in parents_of(table)]
    inherited_ = any(parent is not None and isinstance(parent.constraints.get(there.name), Check) for parent in parents)
    return inherited_ and _said(there) == _said(constraint)


def _said(check: Check) -> str:
    return condition(check.expression, Site(Known())).canonical


# --- partitions ---


def begin_partition(cursor: Cursor, session: Session, table: TableEntry) -> None:
    """The parent behind PARTITION OF; its columns are the table's."""
    parent = session.table(cursor)
    check_partitioned(parent)
    table.partition_of = Partition(parent.schema, parent.name, "")
    table.unknown |= parent.unknown & {"columns"}
    table.columns = {column.name: inherited(column) for column in parent.columns.values()}


def read_bound(cursor: Cursor, session: Session, table: TableEntry) -> None:
    """`DEFAULT` or `FOR VALUES …` of a new partition."""
    assert table.partition_of is not None
    table.partition_of = replace(table.partition_of, bound=bound(cursor))
    if (parent := session.catalog.table(partition_parent(table)[0])) is not None:
        check_bound(parent, table.name, table.partition_of.bound, session.catalog.latest_children(parent))


def bound(cursor: Cursor) -> str:
    start = cursor.pos
    if not cursor.accept("default"):
        cursor.expect("for", "values")
        if cursor.accept("from"):
            cursor.skip_group()
            cursor.expect("to")
        elif not cursor.accept_any("in", "with"):
            raise cursor.unexpected("the bound of a partition was expected")
        cursor.skip_group()
    return cursor.cut(start, cursor.pos)


def partition_parent(table: TableEntry) -> tuple[Key, ...]:
    if table.partition_of is None:
        return ()
    return ((table.partition_of.parent_schema, table.partition_of.parent_table),)


def complete_partition(session: Session, table: TableEntry) -> None:
    """Gives a partition the keys, foreign keys and indexes of its parent that it does not have yet.

    PostgreSQL makes them when the partition is created or attached, under names of its own choice.
    """
    for key in partition_parent(table):
        parent = session.catalog.table(key)
        if parent is None:
            continue
        for item in list(parent.constraints.values()):
            pass_on_constraint(session, table, item)
        for index in list(parent.indexes.values()):
            pass_on_index(session, table, index)


def pass_on_constraint(session: Session, table: TableEntry, constraint: Constraint) -> bool:
    """Gives the partition `table` its parent's `constraint`, unless it has one like it. Whether it took it."""
    if any(_alike(item, constraint) for item in table.constraints.values()):
        return False
    if isinstance(constraint, Check):
        if constraint.no_inherit or constraint.name in table.constraints:
            return False
    elif isinstance(constraint, INDEXED) or constraint.name in table.constraints:
        constraint = replace(constraint, name="")
    try:
        place_constraint(session, table, replace(constraint, places=()))
    except (DuplicateError, MissingError) as error:
        session.gap(table.location, error.why, about=f"{table.schema}.{table.name}")
        return False
    return True


def pass_on_index(session: Session, table: TableEntry, index: Index) -> None:
    """Gives the partition `table`, and its own, the parent's `index`, unless they have one like it."""
    for entry in session.catalog.family_of(table):
        if not any(_alike(item, index) for item in entry.indexes.values()):
            place_index(session.catalog, entry, replace(index, name="", only=False, places=()))


def _alike(a: Constraint | Index, b: Constraint | Index) -> bool:
    """Whether both are the same but for their names (and ON ONLY)."""
    if type(a) is not type(b):
        return False
    if isinstance(a, Index) and isinstance(b, Index):
        return replace(a, only=b.only, name=b.name) == b
    return replace(a, name=b.name) == b
