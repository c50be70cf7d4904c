"""A column as CREATE TABLE and ADD COLUMN write it."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from ....frozen import dataclass
from ....model import Check, Column, ColumnType, Expression, Generated, Identity, Location, PrimaryKey, Unique
from ....model.naming import free_name
from ....model.sequences import Sequence
from ....model.serial import integer_of, owned_sequence
from ....sql import signature_type
from ....sql.tokens import OPERATOR, WORD
from ..cursor import Cursor
from ..entries import SYSTEM_COLUMNS, TableEntry
from ..errors import DuplicateError, MissingError, RefusedError
from ..named_rules import GENERATED, check_default, check_expression
from ..sequence_rules import check_sequence
from ..session import BUILT_IN, Session
from ..type_rules import column_type
from ..words import new_name
from .constraints import Draft, attributes, index_clauses, nulls_distinct, read_references
from .options import check_collatable, collation, sequence_options

#: Words at which a column's default ends; an expression has them only in parentheses or after IS.
_AFTER_DEFAULT = (
    "constraint", "not", "null", "check", "unique", "primary", "references", "default", "generated", "collate",
    "deferrable", "initially", "storage", "compression", "options", "enforced",
)  # fmt: skip
#: First words of options that are fields of the column.
_FACTS = frozenset({"not", "null", "default", "generated", "collate", "storage", "compression", "options"})
PSEUDO_TYPES = frozenset(
    {
        *(name for name in BUILT_IN if name.startswith("any")),
        "record",
        "trigger",
        "void",
        "cstring",
        "internal",
        "event_trigger",
        "unknown",
    }
)
_CONFLICTING = "conflicting NULL/NOT NULL declarations"
_IDENTITY = ("start", "increment", "minimum", "maximum", "cache", "cycle")


@dataclass(slots=True)
class ColumnDraft:
    """A column with what comes along with it: constraints without a name yet, and a sequence."""

    column: Column
    drafts: list[Draft] = field(default_factory=list)
    sequence: Sequence | None = None
    of_identity: bool = False


def read_column(cursor: Cursor, session: Session, table: TableEntry) -> ColumnDraft:
    """`name type options…`, to its end."""
    first = cursor.token
    place = cursor.location(first, cursor.tokens[-1])
    name = new_name(cursor)
    if name in SYSTEM_COLUMNS:
        raise DuplicateError(f'column name "{name}" conflicts with a system column name', first)
    type_ = column_type(cursor, session, serial=True)
    if type_.name in PSEUDO_TYPES and type_.schema is None:
        raise RefusedError(f'column "{name}" has pseudo-type {type_.name}', cursor.tokens[1])
    draft = ColumnDraft(_typed(session, table, name, type_, place))
    draft.sequence = _serial_sequence(session, table, draft, type_, place)
    _Options(cursor, session, table, draft).read_all()
    return draft


def read_overrides(cursor: Cursor, session: Session, table: TableEntry) -> ColumnDraft:
    """`name [WITH OPTIONS] options…`, for a column that a partition or typed table has already."""
    token = cursor.token
    name = cursor.identifier()
    if name not in table.columns:
        raise MissingError(f'column "{name}" does not exist', token)
    cursor.accept("with", "options")
    draft = ColumnDraft(replace(table.columns[name], location=cursor.location(token)))
    _Options(cursor, session, table, draft).read_all()
    return draft


def check_values(session: Session, table: TableEntry, column: Column) -> None:
    """Raises RefusedError for a default, or a generated value, that the column of `table` cannot have."""
    check_default(session, table, column)
    if column.generated is not None:
        check_expression(session, column.generated.expression, GENERATED, table)


def add_column_sequence(session: Session, table: TableEntry, draft: ColumnDraft) -> None:
    """Puts the sequence of a serial or identity column into the catalog."""
    assert draft.sequence is not None
    session.catalog.add_sequence(draft.sequence, of_identity=draft.of_identity, temporary=table.temporary)


def _typed(session: Session, table: TableEntry, name: str, type_: ColumnType, place: Location) -> Column:
    serial = _integer(type_)
    if serial is None:
        return Column(name=name, type=type_, location=place)
    return Column(name=name, type=ColumnType(serial), nullable=False, location=place)


def _integer(type_: ColumnType) -> str | None:
    plain = not type_.dimensions and not type_.modifiers and type_.schema is None
    return integer_of(type_.name) if plain else None


def _serial_sequence(
    session: Session, table: TableEntry, draft: ColumnDraft, type_: ColumnType, place: Location
) -> Sequence | None:
    if _integer(type_) is None:
        return None
    taken = session.catalog.taken(table.schema)
    sequence, default = owned_sequence(
        table.schema, table.name, draft.column.name, draft.column.type.name, taken=taken, location=place
    )
    draft.column = replace(draft.column, default=default)
    return sequence


class _Options:
    """Reads what follows a column's type, option by option."""

    def __init__(self, cursor: Cursor, session: Session, table: TableEntry, draft: ColumnDraft) -> None:
        self.cursor, self.session, self.table, self.draft = cursor, session, table, draft
        self.name, self.begins = "", cursor.token
        self.values: dict[str, Any] = {}
        self.declared = frozenset({"not null", "default"}) if draft.sequence is not None else frozenset[str]()

    def read_all(self) -> None:
        cursor = self.cursor
        while not cursor.done:
            self.name, self.begins = "", cursor.token
            if cursor.accept("constraint"):
                self.begins = cursor.token
                self.name = cursor.identifier()
            if not (self._fact() or self._constraint()):
                raise cursor.unexpected()
        self._take()

    @property
    def place(self) -> Location:
        """Where the option at hand begins."""
        return self.cursor.location(self.begins)

    def _set(self, **values: Any) -> None:
        self.values |= values

    def _take(self) -> None:
        """Gives the column the values that were set so far."""
        if self.values:
            self.draft.column, self.values = replace(self.draft.column, **self.values), {}

    def _fact(self) -> bool:
        """An option that is a field of the column."""
        cursor = self.cursor
        if cursor.word not in _FACTS:
            return False
        if cursor.accept("not", "null"):
            cursor.accept("no", "inherit")
            self._declare("not null", "null", _CONFLICTING)
            self._set(nullable=False)
            if self.name:
                self.table.not_nulls[self.name] = self.draft.column.name
            if cursor.at("deferrable") or cursor.at("not", "deferrable") or cursor.at("initially"):
                word = "INITIALLY " + cursor.peek().word if cursor.at("initially") else cursor.word
                raise RefusedError(f"misplaced {word.upper()} clause", cursor.token)
        elif cursor.accept("null"):
            self._declare("null", "not null", _CONFLICTING)
            self._set(nullable=True)
        elif cursor.accept("default"):
            self._declare("default", "default", "multiple default values specified")
            self._declare("default", "identity", "both default and identity specified")
            self._declare("default", "generated", "both default and generation expression specified")
            self._set(default=read_default(cursor))
        elif cursor.accept("generated"):
            self._take()
            self._generated()
        elif cursor.accept("collate"):
            self._collate()
        elif cursor.at("storage") and cursor.peek().kind == WORD:
            cursor.advance()
            self._set(storage=storage_mode(cursor))
        elif cursor.accept("compression"):
            self._set(compression=cursor.identifier())
        elif cursor.accept("options"):
            cursor.skip_group()
            self.session.unmodelled["options of foreign columns"] += 1
        else:
            return False
        return True

    def _declare(self, what: str, against: str, why: str) -> None:
        """Notes that `what` is declared. Raises RefusedError if `against` is already."""
        if against in self.declared:
            column = f'column "{self.draft.column.name}" of table "{self.table.name}"'
            raise RefusedError(f"{why} for {column}", self.cursor.tokens[self.cursor.pos - 1])
        self.declared |= {what}

    def _collate(self) -> None:
        if "collate" in self.declared:
            raise RefusedError("multiple COLLATE clauses not allowed", self.cursor.token)
        self.declared |= {"collate"}
        check_collatable(self.cursor, self.session, self.draft.column.type)
        self._set(collation=collation(self.cursor, self.session))

    def _constraint(self) -> bool:
        cursor, column = self.cursor, self.draft.column.name
        if cursor.accept("check"):
            draft = Draft(Check(name=self.name, expression=cursor.condition(), location=self.place), self.place)
        elif cursor.accept("primary", "key"):
            include = index_clauses(cursor, self.session)
            key = PrimaryKey(name=self.name, columns=(column,), include=include, location=self.place)
            draft = Draft(key, self.place)
        elif cursor.accept("unique"):
            distinct = nulls_distinct(cursor)
            include = index_clauses(cursor, self.session)
            unique = Unique(
                name=self.name, columns=(column,), nulls_distinct=distinct, include=include, location=self.place
            )
            draft = Draft(unique, self.place)
        elif cursor.at("references"):
            key = read_references(cursor, self.session, self.table, self.name, (column,), self.place)  # type: ignore[assignment]
            draft = Draft(key, self.place)
        else:
            return False
        attributes(cursor, draft)
        self.draft.drafts.append(draft)
        return True

    def _generated(self) -> None:
        """`ALWAYS AS (expression) STORED | VIRTUAL`, or `ALWAYS | BY DEFAULT AS IDENTITY (options)`."""
        cursor = self.cursor
        always = cursor.accept("always")
        if not always:
            cursor.expect("by", "default")
        cursor.expect("as")
        if not cursor.at("identity"):
            if not always:
                raise RefusedError("for a generated column, GENERATED ALWAYS must be specified", cursor.token)
            self._declare("generated", "generated", "multiple generation clauses specified")
            self._declare("generated", "default", "both default and generation expression specified")
            self._declare("generated", "identity", "both identity and generation expression specified")
            expression = cursor.condition()
            stored = cursor.accept("stored") or not cursor.accept("virtual")
            if stored and cursor.tokens[cursor.pos - 1].word != "stored":
                stored = False
            self._set(generated=Generated(expression, stored))
            return
        self._declare("identity", "identity", "multiple identity specifications")
        self._declare("identity", "default", "both default and identity specified")
        self._declare("identity", "generated", "both identity and generation expression specified")
        self._declare("not null", "null", _CONFLICTING)
        identity, sequence = read_identity(cursor, self.session, self.table, self.draft.column, always)
        self._set(identity=identity, nullable=False)
        self.draft.sequence, self.draft.of_identity = sequence, True


def storage_mode(cursor: Cursor) -> str | None:
    """What follows STORAGE; None for DEFAULT, which is the type's own."""
    mode = cursor.identifier()
    return None if mode == "default" else mode


def read_default(cursor: Cursor) -> Expression:
    """The expression behind DEFAULT in a column definition, up to the next option."""
    start = cursor.pos
    if cursor.done:
        raise cursor.unexpected("an expression was expected")
    cursor.pos = start + (not cursor.at("(") and not cursor.at("case"))
    while True:
        cursor.skip_until(*_AFTER_DEFAULT)
        if cursor.pos > start and _wants_operand(cursor, start):
            cursor.advance()
            continue
        return cursor.expression(start, cursor.pos)


def _wants_operand(cursor: Cursor, start: int) -> bool:
    """Whether the word here is part of the expression: behind an operator, IS, IS NOT, DISTINCT FROM, or in a name."""
    before = cursor.tokens[cursor.pos - 1]
    if cursor.word not in ("not", "null"):
        return not cursor.done and (before.word in (".", "::") or cursor.peek().word == ".")
    if before.kind == OPERATOR or before.word in ("is", "from", "and", "or"):
        return True
    return before.word == "not" and cursor.pos - 1 > start


def read_identity(
    cursor: Cursor, session: Session, table: TableEntry, column: Column, always: bool
) -> tuple[Identity, Sequence]:
    """`IDENTITY [(options)]`, and the sequence behind it."""
    cursor.expect("identity")
    options: dict[str, Any] = {}
    if cursor.at("("):
        inner = cursor.part(*cursor.skip_group())
        options = sequence_options(inner)
        inner.finish()
    check_sequence(options, cursor.tokens[cursor.pos - 1], kind=signature_type(column.type), column=True)
    named = options.get("sequence_name")
    taken = session.catalog.taken(table.schema)
    name = named[1] if named else free_name(table.name, column.name, "seq", taken)
    values = {key: options[key] for key in _IDENTITY if key in options}
    sequence = Sequence(
        schema=table.schema,
        name=name,
        type=column.type.name,
        owned_by=(table.schema, table.name, column.name),
        location=column.location,
    )
    return Identity(always=always, sequence_name=name if named else None, **values), sequence
