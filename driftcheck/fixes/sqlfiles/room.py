"""The SQL files of a source while edits of them are placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...differ.dependencies import depends_on
from ...location import Location
from ...model import Table
from ...sql.errors import SqlError
from ...sql.scanner import Statement
from ..drift import Drift
from ..edits import Editing
from .alterations import later
from .document import Document, Unplaced
from .lists import Actions, Listed, Parts, made_once

#: Rules of what is taken out of the list of a CREATE TABLE.
_GOING = frozenset({"DR202", "DR312", "DR322", "DR332", "DR402"})


class Room:
    """The documents, each parsed once. Knows which parts of lists go, so that commas fit whatever else is edited."""

    def __init__(self, editing: Editing, staying: Sequence[Drift] = ()) -> None:
        """Of `staying` it is known that no edit ends them."""
        self.files = editing.files
        self.drifts: Sequence[Drift] = editing.drifts
        stay = {id(drift) for drift in staying}
        for drift in self.drifts:
            if drift.code in _GOING and id(drift) not in stay:
                self._announce(drift)

    def _announce(self, drift: Drift) -> None:
        things = [drift.actual, *(_taken_along(drift) if drift.code == "DR202" else ())]
        for thing in things:
            try:
                parts = self.parts(thing)
                part = parts.part(parts.document.offset(place_of(thing)))
                is_it = thing is drift.actual and drift.code == "DR202"
                going = list(later(parts.document, parts.statement, drift, of_all=True)) if is_it else []
            except (Unplaced, SqlError):
                continue  # the edit itself will say so
            if is_it or not (isinstance(parts, Listed) and parts.is_column(part)):
                parts.document.going.update((part[0].start, *(one.part[0].start for one in going)))

    def parts(self, thing: Any) -> Parts:
        """The CREATE TABLE or ALTER TABLE that declares a column or a constraint."""
        place = place_of(thing)
        document = self.document(place.path)
        statement = document.statement(place)
        is_alter = [token.word for token in statement.tokens[:2]] == ["alter", "table"]
        return made_once(Actions if is_alter else Listed, document, statement)

    def document(self, path: str) -> Document:
        document = self.files.made(path, self._parsed)
        if document is None:
            raise Unplaced(f"{path} cannot be read")
        if isinstance(document, Unplaced):
            raise document
        return document

    def documents(self, drift: Drift) -> Iterator[Document]:
        """All files of the drifting source: any of them may name what is declared in another."""
        for path in drift.between.other.reading.files:
            yield self.document(path)

    def naming(self, drift: Drift, name: str) -> Iterator[tuple[Document, Statement]]:
        """The statements of all files that name something of that name."""
        for document in self.documents(drift):
            for statement in document.naming(name):
                yield document, statement

    def _parsed(self, path: str, data: bytes) -> Document | Unplaced:
        try:
            return Document(path, data, self.files)
        except Unplaced as error:
            return error

    def at(self, thing: Any) -> Document:
        return self.document(place_of(thing).path)

    def listed(self, drift: Drift) -> Listed:
        """The CREATE TABLE of the drifting source's table."""
        place = place_of(drift.table)
        document = self.document(place.path)
        return made_once(Listed, document, document.statement(place))


def on_column(table: Table, column: str) -> Iterator[Any]:
    """Keys, checks and indexes that go with a column."""
    for things in (table.uniques, table.checks, table.exclusions, table.indexes, table.foreign_keys):
        for thing in things:
            if depends_on(thing, (column,)):
                yield thing


def _taken_along(drift: Drift) -> Iterator[Any]:
    """What goes with a column of the drifting source, its primary key among it."""
    yield from on_column(drift.table, drift.actual.name)
    key = drift.key_change
    if key is not None and key.expected is None:
        yield key.actual


def place_of(thing: Any) -> Location:
    place = getattr(thing, "location", None)
    if not isinstance(place, Location) or not place.is_file:
        raise Unplaced("no place in a file says it")
    return place
