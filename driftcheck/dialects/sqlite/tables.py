"""CREATE TABLE: columns with their constraints, constraints of the table, options.

https://www.sqlite.org/lang_createtable.html. What SQLite takes and does not heed (MATCH, a name for NOT NULL) is passed
over as it does.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import cast

from ...frozen import dataclass
from ...location import Location
from ...model import (
    DEFAULT_SCHEMA,
    Action,
    Check,
    Column,
    ColumnType,
    Expression,
    ForeignKey,
    Generated,
    Identity,
    PrimaryKey,
    Table,
    Unique,
)
from ...model.naming import object_name
from . import clauses
from .cursor import Cursor
from .lexer import Refused
from .place import Places

#: Where a declared type ends.
_CONSTRAINTS = frozenset(
    "constraint primary not null unique check default collate references generated as on deferrable".split()
)
#: Bare words that are no strings where a default stands.
_VALUES = frozenset({"null", "true", "false", "current_timestamp", "current_date", "current_time"})
_SIGNS = ("+", "-")
_UNNAMED = frozenset({"name"})


@dataclass(slots=True)
class Draft:
    """A table in the making."""

    name: str
    places: Places
    columns: list[Column] = field(default_factory=list)
    primary_key: PrimaryKey | None = None
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    uniques: list[Unique] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    descending_key: bool = False

    def named(self, given: str | None, columns: tuple[str, ...], label: str) -> tuple[str, frozenset[str]]:
        """The name of a constraint, and what is not known of it: SQLite gives none to what has none."""
        return (given, frozenset()) if given else (object_name(self.name, "_".join(columns), label), _UNNAMED)


def create_table(cursor: Cursor, name: str, places: Places, location: Location) -> Table:
    """What is behind the table's name. Raises NotSqlite."""
    draft = Draft(name, places)
    cursor.expect("(")
    while True:
        if _at_table_constraint(cursor):
            _table_constraint(cursor, draft)
        else:
            draft.columns.append(read_column(cursor, draft))
        if cursor.accept(")"):
            break
        if not cursor.accept(",") and not _at_table_constraint(cursor):
            raise cursor.wrong("a comma or the end of the table")
    options = _options(cursor)
    if not cursor.done:
        raise cursor.wrong("the end of the statement")
    return finished(draft, location, options)


def finished(draft: Draft, location: Location, options: tuple[tuple[str, str], ...]) -> Table:
    options = tuple(sorted((*options, *draft.options.items())))
    if draft.descending_key:
        options = tuple(sorted((*options, ("descending_key", "true"))))
    return Table(
        schema=DEFAULT_SCHEMA,
        name=draft.name,
        columns=tuple(draft.columns),
        primary_key=draft.primary_key,
        foreign_keys=tuple(draft.foreign_keys),
        uniques=tuple(draft.uniques),
        checks=tuple(draft.checks),
        options=options,
        location=location,
    )


def _options(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    found = set()
    while not cursor.done:
        if cursor.accept("without", "rowid"):
            found.add(("without rowid", "true"))
        elif cursor.accept("strict"):
            found.add(("strict", "true"))
        else:
            raise cursor.wrong("WITHOUT ROWID or STRICT")
        if not cursor.accept(","):
            break
    return tuple(sorted(found))


def _at_table_constraint(cursor: Cursor) -> bool:
    return (
        cursor.follows("constraint")
        or cursor.follows("primary", "key")
        or cursor.follows("foreign", "key")
        or cursor.follows("unique", "(")
        or cursor.follows("check", "(")
    )


def _table_constraint(cursor: Cursor, draft: Draft) -> None:
    location = draft.places.of(cursor.start)
    given = cursor.name() if cursor.accept("constraint") else None
    if cursor.accept("primary", "key"):
        columns, counts = _key_columns(cursor, draft, clauses.PRIMARY_KEY)
        _conflict(cursor, draft, clauses.PRIMARY_KEY, columns)
        _primary_key(draft, given, columns, location)
        if counts:
            _count(draft, columns)
    elif cursor.accept("unique"):
        columns, _ = _key_columns(cursor, draft, clauses.UNIQUE)
        _conflict(cursor, draft, clauses.UNIQUE, columns)
        name, unknown = draft.named(given, columns, "unique")
        draft.uniques.append(Unique(name=name, columns=columns, location=location, unknown=unknown))
    elif cursor.accept("check"):
        _check(cursor, draft, given, location)
        _passed(cursor)
    elif cursor.accept("foreign", "key"):
        columns = cursor.names()
        cursor.expect("references")
        _references(cursor, draft, given, columns, location)
    else:
        raise cursor.wrong("a constraint")


def _key_columns(cursor: Cursor, draft: Draft, kind: str) -> tuple[tuple[str, ...], bool]:
    """Columns of a key, and whether AUTOINCREMENT stands behind the last."""
    cursor.expect("(")
    found, counts, said = [], False, []
    while True:
        found.append(cursor.name())
        if cursor.accept("collate"):
            said.append((f"{found[-1].lower()} collate", cursor.name().lower()))
        if cursor.accept("desc"):
            said.append((f"{found[-1].lower()} order", "desc"))
        cursor.accept("asc")
        counts = cursor.accept("autoincrement") or counts
        if not cursor.accept(","):
            break
    cursor.expect(")")
    subject = clauses.about(kind, tuple(found))
    draft.options |= {f"{subject} {option}": value for option, value in said}
    return tuple(found), counts


def _conflict(cursor: Cursor, draft: Draft, kind: str, columns: tuple[str, ...]) -> None:
    word = _passed(cursor)
    if word not in ("", "abort"):
        draft.options[f"{clauses.about(kind, columns)} on conflict"] = word


def _passed(cursor: Cursor) -> str:
    """The way to resolve a conflict; of a check SQLite heeds none."""
    if not cursor.accept("on", "conflict"):
        return ""
    word = cursor.take().word
    if word not in clauses.CONFLICTS:
        raise cursor.wrong("a way to resolve a conflict")
    return word


def _primary_key(draft: Draft, given: str | None, columns: tuple[str, ...], location: Location) -> None:
    if draft.primary_key is not None:
        raise Refused("the table has two primary keys", 0)
    name, unknown = draft.named(given, (), "pkey")
    draft.primary_key = PrimaryKey(name=name, columns=columns, location=location, unknown=unknown)


def _count(draft: Draft, columns: tuple[str, ...]) -> None:
    """AUTOINCREMENT: ids are never used again."""
    draft.columns = [
        replace(one, identity=Identity(autoincrement=True)) if columns == (one.name,) else one for one in draft.columns
    ]


def _check(cursor: Cursor, draft: Draft, given: str | None, location: Location) -> None:
    name, unknown = draft.named(given, (), f"check{len(draft.checks) + 1}")
    expression = cursor.group()
    draft.checks.append(Check(name=name, expression=expression, location=location, unknown=unknown))


def _references(cursor: Cursor, draft: Draft, given: str | None, columns: tuple[str, ...], location: Location) -> None:
    target = cursor.name()
    targets = cursor.names() if cursor.follows("(") else ()
    if targets and len(targets) != len(columns):
        raise Refused("a foreign key has another number of columns than it references", cursor.start)
    actions: dict[str, Action] = {"delete": "no action", "update": "no action"}
    deferred = False
    while True:
        if cursor.accept("match"):
            cursor.name()
        elif cursor.follows("on") and not cursor.follows("on", "conflict"):
            cursor.take()
            event = cursor.take().word
            actions[event] = _action(cursor)
        elif cursor.follows("deferrable") or cursor.follows("not", "deferrable"):
            deferred = _deferred(cursor)
        else:
            break
    name, unknown = draft.named(given, columns, "fkey")
    draft.foreign_keys.append(
        ForeignKey(
            name=name,
            columns=columns,
            target_schema=DEFAULT_SCHEMA,
            target_table=target,
            target_columns=targets,
            on_delete=actions["delete"],
            on_update=actions["update"],
            deferrable=deferred,
            initially_deferred=deferred,
            location=location,
            unknown=unknown,
        )
    )


def _action(cursor: Cursor) -> Action:
    if cursor.accept("no", "action"):
        return "no action"
    if cursor.accept("set", "null"):
        return "set null"
    if cursor.accept("set", "default"):
        return "set default"
    word = cursor.take().word
    if word not in ("cascade", "restrict"):
        raise cursor.wrong("what happens to the referencing row")
    return cast(Action, word)


def _deferred(cursor: Cursor) -> bool:
    """Only DEFERRABLE INITIALLY DEFERRED puts anything off. https://www.sqlite.org/foreignkeys.html#fk_deferred"""
    never = cursor.accept("not")
    cursor.expect("deferrable")
    deferred = cursor.accept("initially", "deferred")
    if not deferred:
        cursor.accept("initially", "immediate")
    return deferred and not never


def read_column(cursor: Cursor, draft: Draft) -> Column:
    """One column, its keys and checks put into `draft`. Raises NotSqlite."""
    location = draft.places.of(cursor.start)
    column = Column(name=cursor.name(), type=_type(cursor), location=location)
    given: str | None = None
    while not cursor.done and not cursor.follows(",") and not cursor.follows(")"):
        place = draft.places.of(cursor.start)
        if cursor.accept("constraint"):
            given = cursor.name()
            continue
        column = _column_constraint(cursor, draft, column, given, place)
        given = None
    return column


def _column_constraint(cursor: Cursor, draft: Draft, column: Column, given: str | None, place: Location) -> Column:
    if cursor.accept("primary", "key"):
        if cursor.accept("desc"):
            _descending(draft, column)
        cursor.accept("asc")
        _conflict(cursor, draft, clauses.PRIMARY_KEY, (column.name,))
        _primary_key(draft, given, (column.name,), place)
        return replace(column, identity=Identity(autoincrement=True)) if cursor.accept("autoincrement") else column
    if cursor.accept("not", "null"):
        _conflict(cursor, draft, clauses.NOT_NULL, (column.name,))
        return replace(column, nullable=False)
    if cursor.accept("null"):
        _passed(cursor)
        return column
    if cursor.accept("unique"):
        _conflict(cursor, draft, clauses.UNIQUE, (column.name,))
        name, unknown = draft.named(given, (column.name,), "unique")
        draft.uniques.append(Unique(name=name, columns=(column.name,), location=place, unknown=unknown))
        return column
    if cursor.accept("check"):
        _check(cursor, draft, given, place)
        _passed(cursor)
        return column
    if cursor.accept("default"):
        return replace(column, default=_default(cursor))
    if cursor.accept("collate"):
        return replace(column, collation=cursor.name())
    if cursor.accept("references"):
        _references(cursor, draft, given, (column.name,), place)
        return column
    if cursor.follows("deferrable") or cursor.follows("not", "deferrable"):
        deferred = _deferred(cursor)
        if draft.foreign_keys:
            last = replace(draft.foreign_keys[-1], deferrable=deferred, initially_deferred=deferred)
            draft.foreign_keys[-1] = last
        return column
    if cursor.accept("generated", "always", "as") or cursor.accept("as"):
        expression = cursor.group()
        stored = cursor.accept("stored")
        if not stored:
            cursor.accept("virtual")
        return replace(column, generated=Generated(expression, stored))
    raise cursor.wrong("a constraint of a column")


def _descending(draft: Draft, column: Column) -> None:
    """INTEGER PRIMARY KEY DESC is no rowid, an old mistake that SQLite keeps; of other keys it only turns the order."""
    if column.type.name.lower() == "integer":
        draft.descending_key = True
    else:
        draft.options[f"{clauses.about(clauses.PRIMARY_KEY, (column.name,))} {column.name.lower()} order"] = "desc"


def _type(cursor: Cursor) -> ColumnType:
    """Any words up to a constraint, then at most two numbers in brackets."""
    words = []
    while cursor.next.kind in ("word", "quoted", "string") and cursor.next.word not in _CONSTRAINTS:
        words.append(cursor.take().name)
    modifiers: tuple[str, ...] = ()
    if words and cursor.follows("("):
        first, last = cursor.skip_group()
        inside = "".join(token.text for token in cursor.tokens[first:last])
        modifiers = tuple(inside.split(","))
    return ColumnType(" ".join(words), modifiers)


def _default(cursor: Cursor) -> Expression:
    """A value in brackets, a literal with a sign, or a bare word, which is a string unless it says something."""
    if cursor.follows("("):
        first = cursor.at
        cursor.skip_group()
        return cursor.expression(first, cursor.at)
    first = cursor.at
    if cursor.next.text in _SIGNS:
        cursor.take()
    value = cursor.take()
    if value.kind == "quoted" or (value.kind == "word" and value.word not in _VALUES):
        return Expression("'" + value.name.replace("'", "''") + "'")
    return cursor.expression(first, cursor.at)
