"""What a program whose statements are being replayed asks of the database: what is there, and simple queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...budget import Budget
from ...frozen import dataclass
from ...model import Column
from ...sql import Token, tokens_of
from ...sql.scanner import Scanner
from ...sql.text import SourceText
from ...sql.tokens import NUMBER, STRING
from .catalog import in_doubt
from .cursor import Cursor
from .describing import long_name
from .entries import EXISTENCE, IndexEntry, SequenceEntry, TableEntry, ViewEntry
from .enum_labels import EnumEntry
from .errors import RefusedError, UnreadableError
from .plpgsql import guards
from .plpgsql.expressions import UnknownValueError, Variables
from .plpgsql.rows import rows_of
from .plpgsql.system_catalogs import CATALOGS
from .session import Session

#: In which column a catalog that is asked for all schemas has them.
_SCHEMAS = {
    "columns": "table_schema", "tables": "table_schema", "table_constraints": "table_schema", "views": "table_schema",
    "pg_tables": "schemaname", "pg_indexes": "schemaname", "pg_policies": "schemaname", "pg_views": "schemaname",
    "triggers": "trigger_schema",
}  # fmt: skip
#: Words with which a condition may keep more than what has one name.
_OPENING = frozenset({"or", "not", "in", "<>", "like", "ilike", "any", "union", "limit", "desc"})
_COUNTS = frozenset({"count"})
#: What is true of every index that nobody is building.
_VALID = frozenset({"indisvalid", "indisready", "indislive"})
_AGGREGATES = frozenset("count sum max min avg bool_or bool_and every array_agg string_agg".split())


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a query. `known` says that the database has these, `data` that they are of the project's tables.

    What a query of tables finds is not known: they are empty as far as a schema says.
    """

    rows: list[list[Any]]
    columns: list[str]
    known: bool = True
    data: bool = False


def is_there(session: Session, kind: str, schema: str | None, name: str) -> bool | None:
    """Whether there is such a thing; None if that is not certain."""
    if kind == "schema":
        return session.catalog.has_namespace(name)
    if kind == "type":
        return session.type_key(schema, name) is not None
    found = session.find(schema, name)
    wanted = SequenceEntry if kind == "sequence" else (TableEntry, ViewEntry)
    if found is not None and in_doubt(found):
        return None
    return isinstance(found, wanted)


def names(session: Session, kind: str, schema: str | None) -> list[str]:
    """The names of all things of a kind in a schema, or of all schemas."""
    if kind == "schema":
        return ["public", *session.catalog.namespaces]
    where = schema or next(iter(session.path), "public")
    return [name for (there, name), entry in session.catalog.relations.items() if there == where and _is(kind, entry)]


def _is(kind: str, entry: object) -> bool:
    if isinstance(entry, ViewEntry):
        return kind == ("materialized view" if entry.view.materialized else "view")
    if isinstance(entry, SequenceEntry):
        return kind == "sequence"
    return kind == "table" and isinstance(entry, TableEntry) and not entry.temporary


def enums(session: Session, schema: str | None, *, every: bool) -> list[dict[str, Any]]:
    """The enums of a schema, or of all."""
    where = schema or "public"
    return [
        {"schema": there, "name": name, "labels": list(entry.values)}
        for (there, name), entry in session.catalog.types.items()
        if isinstance(entry, EnumEntry) and (every or there == where)
    ]


# --- queries ---


def rows(session: Session, sql: str, budget: Budget) -> Rows:
    """The rows of a query at this point."""
    statement = next(iter(Scanner(SourceText("", sql), budget)), None)
    if statement is None or statement.problem is not None:
        return Rows([], [], known=False)
    cursor = Cursor(statement.source, statement.tokens, 0, session.qualify)
    try:
        return _Query(session, cursor).rows()
    except (UnknownValueError, UnreadableError, RefusedError, RecursionError):
        reads = any(token.word == "from" for token in statement.tokens)
        return Rows([], [], known=False, data=reads and not _asks_catalogs(statement.tokens))


def _asks_catalogs(tokens: Sequence[Token]) -> bool:
    """Whether a query names a catalog of PostgreSQL's, known here or not, rather than the project's own tables."""
    words = {token.word for token in tokens}
    return bool(CATALOGS.keys() & words) or any(
        word.startswith("pg_") or word == "information_schema" for word in words
    )


class _Query:
    def __init__(self, session: Session, cursor: Cursor) -> None:
        self._session, self._cursor = session, cursor
        self._variables = Variables()
        #: Whether a part of the query is about rows of the project's own tables, of which there are none.
        self._asks_rows = False

    def rows(self) -> Rows:
        cursor = self._cursor
        if not cursor.accept("select"):
            raise UnknownValueError
        cursor.accept("distinct")
        start, end = cursor.skip_until("from")
        items = list(cursor.parts(start, end))
        if cursor.done:
            row = [self._alone(item) for item in items]
            return Rows([row], _columns(items), known=not self._asks_rows, data=self._asks_rows)
        tables = {token.word for token in cursor.tokens[end:]}
        if not _asks_catalogs(cursor.tokens[end:]):
            return self._of_data(items)
        if "columns" in tables and [item.tokens[-2].word for item in items] == ["column_default"]:
            return self._of_defaults(cursor.tokens[end].start)
        if "pg_index" in tables and all(item.tokens[-2].word in _VALID for item in items):
            return self._of_index(items)
        if {"pg_depend", "regclass"} <= tables:
            return self._of_owner(items)
        if "pg_enum" in tables and [item.tokens[-2].word for item in items] == ["enumlabel"]:
            return self._of_labels()
        constants = [_constant(item) for item in items]
        if all(constant is not None or _is_count(item) for item, constant in zip(items, constants, strict=True)):
            return self._of_existence(items, constants)
        return self._of_catalogs()

    def _alone(self, item: Cursor) -> Any:
        """An item of a query without FROM."""
        item.pos = 0
        if (constant := _constant(item)) is not None:
            return constant
        item.pos = 0
        if item.at("exists", "("):
            return self._exists(item)
        if item.at("version", "("):
            return "PostgreSQL 17.0"
        if item.at("current_schema") or item.at("current_schema", "("):
            return next(iter(self._session.path), "public")
        if item.at("to_regclass", "(") and item.tokens[-2].word == ")":
            return self._relation(item)
        holds = guards.holds(item, self._session, self._variables)
        if holds is None:
            raise UnknownValueError
        return holds

    def _exists(self, item: Cursor) -> bool:
        item.advance()
        inner = item.part(*item.skip_group())
        if not _asks_catalogs(inner.tokens):
            self._asks_rows = True
            return False
        holds = guards.exists(inner, self._session, self._variables)
        if holds is None:
            raise UnknownValueError
        return holds

    def _relation(self, item: Cursor) -> str | None:
        item.advance()
        inner = item.part(*item.skip_group())
        if inner.token.kind != STRING:
            raise UnknownValueError
        written = inner.token.value.replace('"', "")
        schema, _, name = written.rpartition(".")
        return written if self._session.find(schema or None, name) is not None else None

    def _of_defaults(self, at: int) -> Rows:
        """The defaults of columns, as they are written: what alters a type drops a default first, and restores it."""
        found = []
        for row in self._again("table_schema, table_name, column_name", at)._of_catalogs().rows:
            table = self._session.catalog.table((row[0], row[1]))
            column = table.columns[row[2]] if table is not None else None
            if column is None or "default" in column.unknown:
                raise UnknownValueError
            found.append([_default(column)])
        return Rows(found, ["column_default"])

    def _of_index(self, items: list[Cursor]) -> Rows:
        """Whether an index is whole: here each is. Who builds one CONCURRENTLY asks that."""
        named = [token.value for token in self._cursor.tokens if token.kind == STRING]
        if len(named) != 1:
            raise UnknownValueError
        schema, _, name = named[0].replace('"', "").rpartition(".")
        there = isinstance(self._session.find(schema or None, name), IndexEntry)
        return Rows([[True] * len(items)] if there else [], _columns(items))

    def _of_owner(self, items: list[Cursor]) -> Rows:
        """The sequence's name and the column that owns it: so Alembic tells a serial column where it reflects one."""
        named = [token.value for token in self._cursor.tokens if token.kind == STRING and "seq" in token.value]
        if len(items) != 2 or len(named) != 1:
            raise UnknownValueError
        schema, _, name = named[0].replace('"', "").rpartition(".")
        entry = self._session.find(schema or None, name)
        owner = entry.sequence.owned_by if isinstance(entry, SequenceEntry) else None
        return Rows([[name, owner[2]]] if owner is not None else [], ["relname", "attname"])

    def _of_data(self, items: list[Cursor]) -> Rows:
        """A query of the project's own tables, which are empty as far as a schema says."""
        words = [item.tokens[0].word for item in items]
        if words and all(word in _AGGREGATES for word in words):
            return Rows([[0 if word in _COUNTS else None for word in words]], _columns(items), known=False, data=True)
        return Rows([], _columns(items), known=False, data=True)

    def _of_existence(self, items: list[Cursor], constants: list[Any]) -> Rows:
        """A query whose answer is whether there is such a thing."""
        at = self._cursor.tokens[self._cursor.pos].start
        found = guards.exists(self._cursor, self._session, self._variables)
        if found is None:
            raise UnknownValueError
        if any(map(_is_count, items)):
            number = self._number(items, at) if found else 0
            return Rows([[number if constant is None else constant for constant in constants]], _columns(items))
        return Rows([constants] if found else [], _columns(items))

    def _number(self, items: list[Cursor], at: int) -> int:
        """How many rows there are: one at least."""
        if any(_is_count(item) and any(token.word == "distinct" for token in item.tokens) for item in items):
            raise UnknownValueError
        try:
            return len(self._again("*", at)._of_catalogs().rows)
        except UnknownValueError:
            # Of things with the one name that is asked for there is at least one: one, if no other has that name.
            name = self._only_name()
            asked = {token.word for token in self._cursor.tokens}
            catalog = next((rows for word, rows in CATALOGS.items() if word in asked), None)
            if catalog is None or sum(row.get("name") == name for row in catalog(self._session)) != 1:
                raise
            return 1

    def _only_name(self) -> str:
        """What the query compares with, apart from schemas, where that is one constant."""
        tokens = self._cursor.tokens
        strings = {token.value for token in tokens if token.kind == STRING}
        names = strings - {"public", *self._session.catalog.namespaces}
        if len(names) != 1 or any(token.word in _OPENING for token in tokens):
            raise UnknownValueError
        return names.pop()

    def _of_labels(self) -> Rows:
        """The labels of an enum, in their order."""
        words = [token.word for token in self._cursor.tokens]
        if "order" in words and "enumlabel" in words[words.index("order") :]:
            raise UnknownValueError
        key = self._session.type_key(None, self._only_name().strip('"').rpartition(".")[2])
        entry = self._session.catalog.types.get(key) if key is not None else None
        if not isinstance(entry, EnumEntry) or {"values", EXISTENCE} & entry.unknown:
            raise UnknownValueError
        return Rows([[label] for label in entry.values], ["enumlabel"])

    def _again(self, items: str, at: int) -> _Query:
        """The same query of other items; its FROM is at offset `at`."""
        text = f"SELECT {items} {self._cursor.source.text[at:]}"
        again = next(iter(Scanner(SourceText("", text), self._session.budget)))
        return _Query(self._session, Cursor(again.source, again.tokens, 0, self._session.qualify))

    def _of_catalogs(self) -> Rows:
        self._cursor.pos = 0
        try:
            found = rows_of(self._cursor, self._variables, self._session)
        except UnknownValueError:
            found = rows_of(self._of_public(), self._variables, self._session)
        columns = list(found[0]) if found else []
        return Rows([[row.get(name) for name in columns] for row in found], columns)

    def _of_public(self) -> Cursor:
        """The query once more, of the schema that is searched: nothing else holds what is asked for."""
        tokens = self._cursor.tokens
        words = [token.word for token in tokens]
        field = next((field for catalog, field in _SCHEMAS.items() if catalog in words), None)
        if field is None or field in words or "where" not in words:
            raise UnknownValueError
        at = tokens[words.index("where")].end
        text = self._cursor.source.text
        schema = next(iter(self._session.path), "public")
        more = f" {field} = '{schema}' AND "
        again = next(iter(Scanner(SourceText("", text[:at] + more + text[at:]), self._session.budget)))
        return Cursor(again.source, again.tokens)


def _default(column: Column) -> str | None:
    """As the server spells it: a string with the type that it has."""
    if column.default is None:
        return None
    text = column.default.sql.strip()
    tokens = tokens_of(text)
    plain = replace(column.type, modifiers=(), name=long_name(column.type.name))
    return f"{text}::{plain}" if len(tokens) == 2 and tokens[0].is_string else text


def _is_count(item: Cursor) -> bool:
    return item.tokens[0].word in _COUNTS


def _constant(item: Cursor) -> Any:
    """A number, string or truth that stands there; None if it is something else."""
    first, *rest = item.tokens[:-1] or item.tokens
    if rest and rest[0].word not in ("as", "::"):
        return None
    if first.kind == NUMBER:
        return int(first.text) if first.text.isdigit() else float(first.text)
    if first.kind == STRING:
        return first.value
    return {"true": True, "false": False}.get(first.word)


def _columns(items: list[Cursor]) -> list[str]:
    """What the columns are called."""
    found = []
    for item in items:
        last = item.tokens[-2] if len(item.tokens) > 1 else item.tokens[-1]
        found.append(last.name if last.is_name else item.tokens[0].word if item.tokens[0].is_name else "?column?")
    return found
