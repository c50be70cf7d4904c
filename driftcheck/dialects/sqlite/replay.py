"""SQLite's statements, replayed one by one against a catalog. What is not understood is a gap with its place.

Nothing is run. https://www.sqlite.org/lang.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...budget import Budget, OverLimit
from ...location import Location
from ...model import DEFAULT_SCHEMA, Generated, Index, IndexKey, Schema, Table, View
from ...reading import Gap, Statements
from .catalog import Catalog, demand_columns, has_column
from .clauses import kept
from .cursor import Cursor
from .expressions import canonical
from .lexer import NotSqlite, Refused, Statement, statements
from .place import Places
from .tables import Draft, create_table, finished, read_column
from .triggers import read_trigger

#: What changes rows, settings or transactions, and no schema.
_IRRELEVANT = frozenset(
    """
    insert update delete replace select values with pragma begin commit end savepoint release vacuum analyze reindex
    explain attach detach
    """.split()
)
#: SQLite's own tables, through which a schema can be changed behind its back.
_MASTERS = frozenset({"sqlite_master", "sqlite_schema"})


class Replay:
    """What the statements of all files came to."""

    def __init__(self, budget: Budget) -> None:
        self.catalog = Catalog()
        self.gaps: list[Gap] = []
        self.read = self.irrelevant = 0
        self._budget = budget
        self.last: Location | None = None

    @property
    def statements(self) -> Statements:
        return Statements(self.read, self.irrelevant, len(self.gaps), dict(self.catalog.account()))

    def schema(self) -> Schema:
        return self.catalog.schema()

    def gap(self, location: Location, what: str, why: str, about: str | None = None) -> None:
        self.read += 1
        self.gaps.append(Gap(location, what, why, f"{DEFAULT_SCHEMA}.{about}" if about else None))

    def file(self, path: str, text: str, whole: Location | None = None) -> None:
        """Replays the statements of `text`. Raises OverLimit."""
        places = Places(path, text, whole)
        try:
            for statement in statements(text, self._budget, path):
                self._statement(statement, places)
        except NotSqlite as error:
            self.gap(places.of(error.at), "the rest of the text", error.why)
        except OverLimit as error:
            raise error.at(self.last or places.of(0)) from error

    def _statement(self, statement: Statement, places: Places) -> None:
        self.last = place = places.of(statement.start)
        first = statement.tokens[0].word
        try:
            if first in ("create", "alter", "drop"):
                self.read += 1
                _Applying(self, Cursor(statement), places, place).apply()
            elif first in _IRRELEVANT and not _behind_its_back(statement):
                self.read += 1
                self.irrelevant += 1
            else:
                self.gap(place, statement.head, _why_not(first))
        except (NotSqlite, RecursionError) as error:
            why = error.why if isinstance(error, NotSqlite) else "it nests too deeply"
            name = _about(statement, self.catalog, None if isinstance(error, Refused) else place)
            self.gaps.append(Gap(place, statement.head, why, f"{DEFAULT_SCHEMA}.{name}" if name else None))


def _why_not(first: str) -> str:
    if first == "rollback":
        return "what it takes back is not followed"
    return "it is no statement of SQLite's that is known here"


def _behind_its_back(statement: Statement) -> bool:
    if statement.tokens[0].word not in ("insert", "update", "delete", "replace"):
        return False
    return any(token.name.lower() in _MASTERS for token in statement.tokens)


def _about(statement: Statement, catalog: Catalog, place: Location | None) -> str | None:
    """The object that a statement is about that came to nothing. Nobody knows what it is like now, if there is a
    `place`; without one it is as it was.
    """
    cursor = Cursor(statement)
    try:
        verb = cursor.take().word
        while cursor.next.word in ("temp", "temporary", "unique", "virtual"):
            cursor.take()
        kind = cursor.take().word
        cursor.accept("if", "not", "exists")
        cursor.accept("if", "exists")
        _, name = cursor.qualified()
    except NotSqlite:
        return None
    if kind not in ("table", "view"):
        return None
    if place is not None and (verb == "create" or (verb == "alter" and name.lower() in catalog.tables)):
        catalog.lose(kind, name, place)
    return name


class _Applying:
    """One statement that shapes the schema."""

    def __init__(self, replay: Replay, cursor: Cursor, places: Places, place: Location) -> None:
        self.replay, self.catalog = replay, replay.catalog
        self.cursor, self.places, self.place = cursor, places, place

    def apply(self) -> None:
        """Raises NotSqlite."""
        cursor = self.cursor
        verb = cursor.take().word
        if verb == "create":
            self._create()
        elif verb == "drop":
            self._drop()
        else:
            cursor.expect("table")
            self._alter()

    # -- CREATE -----------------------------------------------------------------------------------------------------

    def _create(self) -> None:
        cursor = self.cursor
        temporary = cursor.accept("temp") or cursor.accept("temporary")
        unique = cursor.accept("unique")
        if cursor.accept("virtual", "table"):
            self._virtual()
            return
        kind = cursor.take().word
        if kind not in ("table", "view", "index", "trigger"):
            raise NotSqlite(f"CREATE {kind.upper()} is not SQLite's", cursor.start)
        careful = cursor.accept("if", "not", "exists")
        database, name = cursor.qualified()
        if temporary or database == "temp":
            self.catalog.hidden.add(name.lower())
            self.replay.irrelevant += 1
        elif database not in ("", "main"):
            raise NotSqlite(f"it is about the database {database}, which is attached elsewhere", self.cursor.start)
        elif kind == "trigger":
            self._trigger(name, careful)
        elif kind == "index":
            self._index(name, unique, careful)
        elif careful and self.catalog.has(name):
            return
        elif self.catalog.has(name) and name.lower() not in self.catalog.lost:
            raise Refused(f"there is a {name} already", self.cursor.start)
        elif kind == "view":
            self._view(name)
        else:
            self._table(name)

    def _table(self, name: str) -> None:
        if self.cursor.follows("as"):
            raise NotSqlite("its columns are those of a query", self.cursor.start)
        table = create_table(self.cursor, name, self.places, self.place)
        demand_columns(table)
        self.catalog.drop(name)
        self.catalog.put(table)

    def _view(self, name: str) -> None:
        cursor = self.cursor
        columns = cursor.names() if cursor.follows("(") else ()
        cursor.expect("as")
        self.catalog.drop(name)
        self.catalog.views[name.lower()] = View(
            schema=DEFAULT_SCHEMA, name=name, definition=cursor.rest(), columns=columns, location=self.place
        )

    def _virtual(self) -> None:
        careful = self.cursor.accept("if", "not", "exists")
        _, name = self.cursor.qualified()
        if not (careful and self.catalog.has(name)):
            self.cursor.expect("using")
            self.catalog.virtual[name.lower()] = (name, self.cursor.name().lower(), self.place)

    def _trigger(self, name: str, careful: bool) -> None:
        catalog = self.catalog
        trigger = read_trigger(self.cursor, name, self.place)
        if trigger.table.lower() in catalog.hidden:
            self.replay.irrelevant += 1
        elif not catalog.has(trigger.table) and not catalog.lost:
            raise Refused(f"there is no {trigger.table}", self.cursor.start)
        elif name.lower() not in catalog.triggers:
            catalog.triggers[name.lower()] = trigger
        elif not careful:
            raise Refused(f"there is a trigger {name} already", self.cursor.start)

    def _index(self, name: str, unique: bool, careful: bool) -> None:
        cursor, catalog = self.cursor, self.catalog
        cursor.expect("on")
        table_name = cursor.name()
        if table_name.lower() in catalog.hidden:
            self.replay.irrelevant += 1
            return
        if table_name.lower() in catalog.lost:
            return  # a gap has said that nobody knows what the table is like
        if catalog.index_of(name) is not None:
            if careful:
                return
            raise Refused(f"there is an index {name} already", cursor.start)
        table = catalog.table(table_name)
        keys = index_keys(cursor, (column.name for column in table.columns))
        predicate = cursor.rest() if cursor.accept("where") else None
        if not cursor.done:
            raise cursor.wrong("the end of the statement")
        index = Index(name=name, keys=keys, unique=unique, predicate=predicate, location=self.place)
        catalog.put(replace(table, indexes=(*table.indexes, index)))

    # -- DROP and ALTER ---------------------------------------------------------------------------------------------

    def _drop(self) -> None:
        cursor, catalog = self.cursor, self.catalog
        kind = cursor.take().word
        careful = cursor.accept("if", "exists")
        _, name = cursor.qualified()
        key = name.lower()
        if kind == "trigger":
            there = catalog.triggers.pop(key, None) is not None
        elif kind == "index":
            found = catalog.index_of(name)
            there = found is not None
            if found is not None:
                table, index = found
                catalog.put(replace(table, indexes=tuple(one for one in table.indexes if one is not index)))
        elif kind in ("table", "view"):
            there = (catalog.has(name) and (key in catalog.views) == (kind == "view")) or key in catalog.hidden
            if there:
                catalog.drop(name)
        else:
            raise NotSqlite(f"DROP {kind.upper()} is not SQLite's", cursor.start)
        if not there and not careful and not catalog.lost:
            raise Refused(f"there is no {kind} {name}", cursor.start)

    def _alter(self) -> None:
        cursor, catalog = self.cursor, self.catalog
        _, name = cursor.qualified()
        if name.lower() in catalog.lost or name.lower() in catalog.hidden:
            self._alter_unknown(name)
            return
        if cursor.accept("rename", "to"):
            catalog.rename_table(name, cursor.name())
        elif cursor.accept("rename"):
            cursor.accept("column")
            old = cursor.name()
            cursor.expect("to")
            catalog.rename_column(name, old, cursor.name())
        elif cursor.accept("add"):
            cursor.accept("column")
            self._add_column(catalog.table(name))
        elif cursor.accept("alter"):
            cursor.accept("column")
            self._replace_column(catalog.table(name), cursor.name())
        elif cursor.accept("drop"):
            cursor.accept("column")
            self._drop_column(catalog.table(name), cursor.name())
        else:
            raise cursor.wrong("RENAME, ADD or DROP")
        if not cursor.done:
            raise cursor.wrong("the end of the statement")

    def _alter_unknown(self, name: str) -> None:
        """Of a table that nobody could read, only its name is followed."""
        cursor, catalog = self.cursor, self.catalog
        if not cursor.accept("rename", "to"):
            return
        new = cursor.name()
        if name.lower() in catalog.hidden:
            catalog.hidden.discard(name.lower())
            catalog.hidden.add(new.lower())
        else:
            catalog.lost.pop(name.lower())
            catalog.lose("table", new, self.place)

    def _add_column(self, table: Table) -> None:
        draft = Draft(table.name, self.places, checks=list(table.checks))
        column = read_column(self.cursor, draft)
        if has_column(table, column.name):
            raise Refused(f"there is a column {column.name} already", self.place.column)
        if draft.primary_key is not None or draft.uniques:
            raise Refused("SQLite adds no column that is a key", self.cursor.start)
        if isinstance(column.generated, Generated) and column.generated.stored:
            raise Refused("SQLite adds no column that is generated and stored", self.cursor.start)
        added = finished(draft, self.place, ())
        self.catalog.put(
            replace(
                table,
                columns=(*table.columns, column),
                options=tuple(sorted((*table.options, *draft.options.items()))),
                foreign_keys=(*table.foreign_keys, *added.foreign_keys),
                checks=added.checks,
            )
        )

    def _replace_column(self, table: Table, name: str) -> None:
        """`ALTER COLUMN a TO b …`, libSQL's own (Turso): the column as it is said now, its place and its keys stay.

        https://docs.turso.tech/libsql
        """
        if not has_column(table, name):
            raise Refused(f"there is no column {name} in {table.name}", self.cursor.start)
        self.cursor.expect("to")
        draft = Draft(table.name, self.places, checks=list(table.checks))
        column = read_column(self.cursor, draft)
        if column.name.lower() != name.lower():
            self.catalog.rename_column(table.name, name, column.name)
            table = self.catalog.table(table.name)
        others = tuple(key for key in table.foreign_keys if _folded(key.columns) != (column.name.lower(),))
        columns = tuple(column if one.name.lower() == column.name.lower() else one for one in table.columns)
        added = finished(draft, self.place, ())
        keys = (*others, *added.foreign_keys)
        self.catalog.put(replace(table, columns=columns, foreign_keys=keys, checks=added.checks))

    def _drop_column(self, table: Table, name: str) -> None:
        if not has_column(table, name):
            raise Refused(f"there is no column {name} in {table.name}", self.cursor.start)
        if name.lower() in _needed(table):
            raise Refused(f"SQLite drops no column that a key, index or check needs, as it does {name}", 0)
        left = tuple(one for one in table.columns if one.name.lower() != name.lower())
        after = replace(table, columns=left)
        self.catalog.put(replace(after, options=kept(table, after)))


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


def _needed(table: Table) -> set[str]:
    """The columns, in lower case, that something in the table depends on."""
    found: set[str] = set(table.primary_key.columns) if table.primary_key is not None else set()
    for group in (table.uniques, table.foreign_keys):
        found |= {name for key in group for name in key.columns}
    for index in table.indexes:
        found |= {key.column for key in index.keys if key.column is not None}
    return {name.lower() for name in found}


def index_keys(cursor: Cursor, columns: Iterable[str]) -> tuple[IndexKey, ...]:
    """The keys of an index, in brackets. `columns` are the table's. Raises NotSqlite."""
    known = {name.lower(): name for name in columns}
    cursor.expect("(")
    keys = []
    while True:
        keys.append(_index_key(cursor, known))
        if not cursor.accept(","):
            break
    cursor.expect(")")
    return tuple(keys)


def _index_key(cursor: Cursor, known: Mapping[str, str]) -> IndexKey:
    written = cursor.until("collate", "asc", "desc")
    collation = cursor.name() if cursor.accept("collate") else None
    descending = cursor.accept("desc")
    if not descending:
        cursor.accept("asc")
    if cursor.next.text not in (",", ")"):
        raise cursor.wrong("a comma or the end of the keys")
    form = canonical(written, frozenset(known)).canonical
    column = next((name for folded, name in known.items() if form == f"(column '{_doubled(folded)}')"), None)
    return IndexKey(
        column=column,
        expression=written if column is None else None,
        descending=descending,
        nulls_first=descending,
        collation=collation,
    )


def _doubled(text: str) -> str:
    return text.replace("'", "''")
