"""Edits of a file of SQLite's SQL: a part of a CREATE TABLE, or a statement, written anew in the file's manner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ...dialects.sqlite import clauses
from ...dialects.sqlite.lexer import NotSqlite
from ...dialects.sqlite.text import Refused, collation, column_type, default, grouped, name
from ...dialects.sqlite.triggers import create_trigger
from ...dialects.sqlite.writer import column as column_text
from ...dialects.sqlite.writer import constraint_text, create_index, create_table, create_view, references
from ...differ.dependencies import depends_on
from ...findings import Edit
from ...model import ForeignKey, Index, PrimaryKey, Table, Trigger, View
from ...writers.sql.absent import absent, written
from ..drift import Drift
from ..edits import Editing, Edits, NotPlaced
from .document import Unplaced
from .sqlite_document import Part, SqliteDocument, Statement, opened

#: Rules of what is taken out of the list of a CREATE TABLE.
_GOING = frozenset({"DR202", "DR312", "DR322", "DR402"})
#: Rules of what is put into one.
_GROWING = frozenset({"DR201", "DR311", "DR321", "DR401"})

Documents = dict[str, SqliteDocument]
Write = Callable[[Documents, Drift], Iterator[Edit]]


def edit(editing: Editing) -> Sequence[Edits | NotPlaced]:
    """The edits of each drift."""
    documents = Opening(editing)
    for drift in editing.drifts:
        with suppress(Unplaced):
            if drift.code in _GROWING:
                document, statement = _table(documents, drift)
                document.growing.add(statement.start)
            if drift.code in _GOING:
                document, statement, part = _part(documents, drift, drift.actual)
                document.going.add(part.start)
                if drift.code == "DR202" and (key := drift.key_change) is not None:
                    _announce_key(documents, key, document, statement)
    return [_one(documents, drift) for drift in editing.drifts]


def _announce_key(documents: Documents, key: Drift, document: SqliteDocument, statement: Statement) -> None:
    """The primary key goes with a column, or is said anew."""
    part = _part(documents, key, key.actual)[2]
    if key.expected is not None:
        document.growing.add(statement.start)
    elif not part.is_column:
        document.going.add(part.start)


class Opening(dict[str, SqliteDocument]):
    """The documents by their paths, each read when it is asked for. Raises Unplaced."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._files = editing.files

    def __missing__(self, path: str) -> SqliteDocument:
        self[path] = opened(path, self._files)
        return self[path]


def _one(documents: Documents, drift: Drift) -> Edits | NotPlaced:
    write = _EDITS.get(drift.code)
    if write is None:
        return NotPlaced("no edit of its declaration is known: --to-sql writes the script")
    if drift.expected is not None and not written(drift.expected):
        return NotPlaced(f"the truth could not be read whole ({'; '.join(absent(drift.expected))})")
    try:
        edits = tuple(dict.fromkeys(write(documents, drift)))
    except Unplaced as error:
        return NotPlaced(error.reason)
    except (Refused, NotSqlite) as error:
        return NotPlaced(f"it {error.why}")
    return Edits(edits) if edits else NotPlaced("what it says is not written where it is declared")


# -- Where things are -----------------------------------------------------------------------------------------------


def _document(documents: Documents, thing: Any) -> SqliteDocument:
    place = getattr(thing, "location", None)
    if place is None or not place.is_file:
        raise Unplaced("no place in a file says it")
    return documents[place.path]


def _statement(documents: Documents, thing: Any) -> tuple[SqliteDocument, Statement]:
    document = _document(documents, thing)
    return document, document.statement(thing.location)


def _table(documents: Documents, drift: Drift) -> tuple[SqliteDocument, Statement]:
    """The CREATE TABLE, if nothing behind it speaks of altering the table. Raises Unplaced."""
    document, statement = _statement(documents, drift.table)
    document.demand_unaltered(statement, drift.key[1])
    return document, statement


def _part(documents: Documents, drift: Drift, thing: Any) -> tuple[SqliteDocument, Statement, Part]:
    document, statement = _table(documents, drift)
    if _document(documents, thing) is not document:
        raise Unplaced("it is not declared in the CREATE TABLE of its table")
    return document, statement, document.part(statement, thing.location)


# -- Columns --------------------------------------------------------------------------------------------------------


def _add_column(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, statement = _table(documents, drift)
    followers = [thing for _, thing in drift.following if not isinstance(thing, PrimaryKey)]
    key, table = drift.key_change, drift.expected_table
    if drift.table.primary_key is not None:
        if drift.expected.identity is not None:
            raise Unplaced("its column counts, as only that of the primary key may, which changes first")
        table = replace(table, primary_key=None)
    inline = [one for one in followers if isinstance(one, ForeignKey) and len(one.columns) == 1]
    text = column_text(drift.expected, table)
    yield from document.added(statement, " ".join([text, *map(references, inline)]), is_column=True)
    for thing in followers:
        if isinstance(thing, Index):
            yield document.appended(f"{create_index(thing, drift.key[1])};")
        elif thing not in inline:
            yield from document.added(statement, constraint_text(thing, drift.expected_table), is_column=False)
    if key is None or key.loses_columns:
        return
    if key.actual is not None:
        yield from _change_key(documents, key)
    elif text == column_text(drift.expected, replace(table, primary_key=None)):
        yield from _add_key(documents, key)


def _remove_column(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, statement, part = _part(documents, drift, drift.actual)
    gone = drift.actual.name
    key, now = drift.key_change, drift.table.primary_key
    if key is None and now is not None and gone in now.columns:
        raise Unplaced("the primary key changes first")
    own = _part(documents, drift, now)[2].start if key is not None else part.start
    on_it = [_statement(documents, index)[1] for index in drift.table.indexes if depends_on(index, (gone,))]
    going = [statement, *on_it]
    spoken = [one for one in document.statements if one not in going and document.speaks(one, drift.key[1], gone)]
    inside = [
        one for one in document.parts(statement) if one.start not in (part.start, own) and document.says(one, gone)
    ]
    if spoken or inside:
        at = (spoken or inside)[0]
        raise Unplaced(f"line {document.line(at.start)} names it, too")
    yield from map(document.without, on_it)
    if key is not None and (key.expected is not None or own != part.start):
        yield from _primary_key(documents, key)
    yield from document.without_part(statement, part)


def _type(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, _, part = _part(documents, drift, drift.actual)
    yield document.option(part, "type", column_type(drift.expected.type))


def _nullable(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, _, part = _part(documents, drift, drift.actual)
    yield document.option(part, "not", "" if drift.expected.nullable else "NOT NULL")


def _default(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, _, part = _part(documents, drift, drift.actual)
    wanted = drift.expected.default
    yield document.option(part, "default", f"DEFAULT {default(wanted)}" if wanted is not None else "")


def _generated(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, _, part = _part(documents, drift, drift.actual)
    wanted = drift.expected.generated
    kind = "STORED" if wanted is not None and wanted.stored else "VIRTUAL"
    text = f"GENERATED ALWAYS AS {grouped(wanted.expression)} {kind}" if wanted is not None else ""
    yield document.option(part, "generated", text)


def _collation(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, _, part = _part(documents, drift, drift.actual)
    yield document.option(part, "collate", collation(drift.expected.collation).strip())


def _identity(documents: Documents, drift: Drift) -> Iterator[Edit]:
    """AUTOINCREMENT stands where the column says that it is the key."""
    document, _, part = _part(documents, drift, drift.actual)
    key: PrimaryKey | None = drift.table.primary_key
    if key is None or not document.has(part, "primary"):
        raise Unplaced("its table says that it is the key")
    said = clauses.conflict(drift.table.options, clauses.PRIMARY_KEY, key.columns)
    named = "" if "name" in key.unknown else f"CONSTRAINT {name(key.name)} "
    counts = " AUTOINCREMENT" if drift.expected.identity is not None else ""
    yield document.option(part, "primary", f"{named}PRIMARY KEY{said}{counts}")


# -- Keys and checks ------------------------------------------------------------------------------------------------


def _add_key(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, statement = _table(documents, drift)
    yield from document.added(statement, constraint_text(drift.expected, drift.expected_table), is_column=False)


def _remove_key(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, statement, part = _part(documents, drift, drift.actual)
    if part.is_column:
        yield document.option_at(part, drift.actual.location, "")
    else:
        yield from document.without_part(statement, part)


def _primary_key(documents: Documents, drift: Drift) -> Iterator[Edit]:
    if drift.awaited_column is not None:
        raise Unplaced(f"its table has no column {drift.awaited_column} yet")
    yield from _change_key(documents, drift)


def _change_key(documents: Documents, drift: Drift) -> Iterator[Edit]:
    if drift.expected is None:
        yield from _remove_key(documents, drift)
        return
    if drift.actual is None:
        yield from _add_key(documents, drift)
        return
    if type(drift.actual) is not type(drift.expected):
        raise Unplaced("a constraint would become an index, or an index a constraint")
    document, statement, part = _part(documents, drift, drift.actual)
    text = constraint_text(drift.expected, drift.expected_table)
    if not part.is_column:
        yield document.replaced(part, text)
    elif isinstance(drift.expected, ForeignKey) and drift.expected.columns == drift.actual.columns:
        named, _, _ = text.partition("FOREIGN KEY")
        yield document.option_at(part, drift.actual.location, f"{named}{references(drift.expected)}")
    else:
        yield document.option_at(part, drift.actual.location, "")
        yield from document.added(statement, text, is_column=False)


# -- Statements -----------------------------------------------------------------------------------------------------


def _text(drift: Drift, thing: Any) -> str:
    if isinstance(thing, Index):
        return create_index(thing, drift.key[1])
    if isinstance(thing, View):
        return create_view(thing)
    return create_trigger(thing) if isinstance(thing, Trigger) else create_table(thing)


def _add_statement(documents: Documents, drift: Drift) -> Iterator[Edit]:
    home = drift.between.other.reading.home
    if home is None:
        raise Unplaced("the source has no file")
    document = documents[home.path]
    texts = [_text(drift, drift.expected)]
    if isinstance(drift.expected, Table):
        texts += [create_index(index, drift.expected.name) for index in drift.expected.indexes]
    yield document.appended("\n".join(f"{text};" for text in texts))


def _remove_statement(documents: Documents, drift: Drift) -> Iterator[Edit]:
    document, statement = _statement(documents, drift.actual)
    if isinstance(drift.actual, Table):
        document.demand_unaltered(statement, drift.actual.name)
        others = [
            one for one in document.statements if one is not statement and document.speaks(one, drift.actual.name)
        ]
        own = {index.location.line for index in drift.actual.indexes if index.location is not None}
        for one in others:
            if document.line(one.start) not in own:
                raise Unplaced(f"line {document.line(one.start)} names it, too")
            yield document.without(one)
    yield document.without(statement)


def _change_statement(documents: Documents, drift: Drift) -> Iterator[Edit]:
    if not isinstance(drift.actual, Index | View | Trigger) or type(drift.actual) is not type(drift.expected):
        raise Unplaced("a constraint would become an index, or an index a constraint")
    document, statement = _statement(documents, drift.actual)
    yield document.rewritten(statement, _text(drift, drift.expected))


_EDITS: dict[str, Write] = {
    "DR201": _add_column,
    "DR202": _remove_column,
    **dict.fromkeys(("DR203", "DR215"), _type),
    "DR204": _nullable,
    "DR205": _default,
    "DR206": _generated,
    "DR207": _identity,
    "DR208": _collation,
    "DR301": _primary_key,
    **dict.fromkeys(("DR311", "DR321", "DR401"), _add_key),
    **dict.fromkeys(("DR312", "DR322", "DR402"), _remove_key),
    **dict.fromkeys("DR309 DR313 DR314 DR315 DR316 DR319 DR327 DR328 DR329 DR403 DR409".split(), _change_key),
    **dict.fromkeys("DR101 DR501 DR801 DR821".split(), _add_statement),
    **dict.fromkeys("DR102 DR502 DR802 DR822".split(), _remove_statement),
    **dict.fromkeys("DR503 DR504 DR506 DR509 DR803 DR823 DR829".split(), _change_statement),
}
