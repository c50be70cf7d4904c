"""Edits of keys, checks and indexes: inline, in the list of a CREATE TABLE, or statements of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...findings import Edit
from ...model import Exclusion, ForeignKey, Index, PrimaryKey, Schema, Table, Unique
from ...sql import Token
from ...sql.scanner import Statement
from ...writers.sql import constraints, indexes
from ...writers.sql.gate import name
from ...writers.sql.text import qualified
from ..drift import Drift
from .document import Document, Unplaced
from .lists import CONSTRAINTS, Listed, Parts, options_of
from .room import Room, place_of

#: What is before the name in ADD COLUMN IF NOT EXISTS.
_COLUMN = frozenset({"column", "if", "not", "exists"})


def text_of(drift: Drift, thing: Any) -> str:
    """`CONSTRAINT name …` as a table has it; of an index its statement."""
    bare = Table(schema=drift.key[0], name=drift.key[1])
    if isinstance(thing, Index):
        return indexes.create(thing, qualified(*drift.key))
    if isinstance(thing, ForeignKey):
        (statement,) = constraints.foreign_keys(replace(bare, foreign_keys=(thing,)), Schema())
        return statement[statement.index("CONSTRAINT ") :]
    if isinstance(thing, PrimaryKey):
        holder = replace(bare, primary_key=thing)
    elif isinstance(thing, Unique):
        holder = replace(bare, uniques=(thing,))
    else:
        holder = replace(bare, exclusions=(thing,)) if isinstance(thing, Exclusion) else replace(bare, checks=(thing,))
    texts = list(constraints.within_table(holder, frozenset()))
    if not texts:
        raise Unplaced("a constraint that is not valid is added by a statement of its own")
    return texts[0]


class _Place:
    """Where a constraint is declared: its tokens, and what goes with them if it goes."""

    def __init__(self, room: Room, drift: Drift, thing: Any) -> None:
        place = place_of(thing)
        self.document: Document = room.document(place.path)
        self.statement: Statement = self.document.statement(place)
        self.parts: Parts | None = None
        self.inline = False
        self.tokens: Sequence[Token] = self.statement.tokens[:-1]
        if not isinstance(thing, Index):
            offset = self.document.offset(place)
            self.parts = room.parts(thing)
            self.part = self.tokens = self.parts.part(offset)
            added = self.part[0].word == "add"
            if isinstance(self.parts, Listed) and Listed.is_column(self.part):
                self._find_option(self.part, offset)
            elif not isinstance(self.parts, Listed):
                self.tokens = self.part[1:]
                if added and self.tokens[0].word not in CONSTRAINTS:
                    column = self.tokens[next(at for at, one in enumerate(self.tokens) if one.word not in _COLUMN) :]
                    self._find_option(column, offset)
                elif not added:
                    raise Unplaced("no action of its ALTER TABLE adds it")

    def _find_option(self, column: Sequence[Token], offset: int) -> None:
        found = next((one for one in options_of(column) if one.start <= offset < one.end), None)
        if found is None or found.kind == "type":
            raise Unplaced("its column does not say it")
        self.inline, self.tokens = True, found.tokens

    def removed(self) -> Iterator[Edit]:
        document, tokens = self.document, self.tokens
        if self.inline:
            yield document.option_taken_out(self.part[list(self.part).index(tokens[0]) - 1], tokens)
        elif self.parts is not None:
            yield from self.parts.removed(self.part)
        else:
            yield from document.without_statement(self.statement)


def taken_along(room: Room, drift: Drift, thing: Any, column: Sequence[Token]) -> tuple[int, list[Edit]]:
    """What goes with a column: where its statement begins, and the edits that are not made by the column's own."""
    place = _Place(room, drift, thing)
    if place.parts is not None and place.part[0].start == column[0].start:
        return place.statement.start, []
    return place.statement.start, list(place.removed())


def _change(room: Room, drift: Drift) -> Iterator[Edit]:
    """What differs is edited, if the rest stays; what its columns say goes, and is written anew."""
    wanted, now = drift.expected, drift.actual
    place = _Place(room, drift, now)
    if isinstance(wanted, Index) and not isinstance(now, Index):
        raise Unplaced("a constraint would become an index")
    if type(wanted) is not type(now):
        raise Unplaced("an index would become a constraint")
    named = replace(wanted, name=now.name)
    columns = getattr(wanted, "columns", None), getattr(now, "columns", None)
    if place.inline and columns[0] != columns[1]:
        yield from place.removed()
        yield from added(room, drift, named)
        return
    yield from place.document.changed(place.tokens, text_of(drift, now), text_of(drift, named))


def _rename(room: Room, drift: Drift) -> Iterator[Edit]:
    wanted, now = drift.expected, drift.actual
    place = _Place(room, drift, now)
    new = name(wanted.name)
    if isinstance(now, Index):
        yield from place.document.changed(
            place.tokens, text_of(drift, now), text_of(drift, replace(now, name=wanted.name))
        )
    elif place.tokens[0].word == "constraint":
        yield place.document.edit(place.tokens[1].start, place.tokens[1].end, new)
    else:
        start = place.tokens[0].start
        text = place.document.in_style("CONSTRAINT x", place.statement.tokens).removesuffix("x")
        yield place.document.edit(start, start, f"{text}{new} ")


def _remove(room: Room, drift: Drift) -> Iterator[Edit]:
    yield from _Place(room, drift, drift.actual).removed()


def _add(room: Room, drift: Drift) -> Iterator[Edit]:
    yield from added(room, drift, drift.expected)


def changed_primary_key(room: Room, drift: Drift) -> Iterator[Edit]:
    """The key of columns that are there. Raises Unplaced."""
    if drift.awaited_column is not None:
        raise Unplaced(f"its table has no column {drift.awaited_column} yet")
    yield from primary_key(room, drift)


def primary_key(room: Room, drift: Drift) -> Iterator[Edit]:
    """The primary key made, changed or taken out."""
    if drift.expected is None:
        yield from _remove(room, drift)
    elif drift.actual is None:
        yield from _add(room, drift)
    else:
        yield from _change(room, drift)


def added(room: Room, drift: Drift, thing: Any) -> Iterator[Edit]:
    """In the list of the table; what needs what is made later, and an index, in a statement of its own at the end."""
    listed, text = room.listed(drift), text_of(drift, thing)
    if isinstance(thing, Index):
        yield appended(room, drift, f"{text};", 60)
    elif isinstance(thing, ForeignKey) and not _is_there(room, drift, thing, listed):
        yield appended(room, drift, f"ALTER TABLE {qualified(*drift.key)} ADD {text};", 70)
    else:
        yield from listed.added(listed.document.in_style(text, listed.statement.tokens), column=False)


def _is_there(room: Room, drift: Drift, key: ForeignKey, listed: Listed) -> bool:
    """Whether the table that a key refers to is made before its own."""
    target = drift.between.actual_tables.get((key.target_schema, key.target_table))
    if target is None or target.location is None or target.location.path != listed.document.path:
        return False
    return listed.document.offset(target.location) <= listed.statement.end


def appended(room: Room, drift: Drift, statement: str, rank: int) -> Edit:
    """A statement behind all others of the file in which the table is."""
    document = room.at(drift.table)
    return at_end(document, statement, rank)


def at_end(document: Document, statement: str, rank: int) -> Edit:
    from ...findings import Around

    text = document.in_style_of_statement(statement)
    end = len(document.text)
    opening = "" if not document.text or document.text.endswith("\n") else "\n"
    return Edit(document.path, document.byte(end), document.byte(end), text, Around(opening, "\n", "\n"), rank)


def inline(room: Room, drift: Drift, things: Iterable[Any], column: str) -> tuple[list[str], list[Any]]:
    """What of the keys on a new column its own declaration can say, and the others."""
    listed = room.listed(drift)
    said: list[str] = []
    others: list[Any] = []
    for thing in things:
        if isinstance(thing, ForeignKey) and thing.columns == (column,) and _is_there(room, drift, thing, listed):
            text = text_of(drift, thing)
            said.append(text.replace(text[text.index("FOREIGN KEY") : text.index("REFERENCES")], "", 1))
        elif isinstance(thing, Unique) and thing.columns == (column,) and not thing.include:
            said.append(f"CONSTRAINT {text_of(drift, thing).split()[1]} UNIQUE" if not _odd(thing) else "")
            if _odd(thing):
                said.pop()
                others.append(thing)
        else:
            others.append(thing)
    return said, others


def _odd(key: Unique) -> bool:
    return not key.nulls_distinct or key.deferrable or key.without_overlaps


EDITS: dict[str, Callable[[Room, Drift], Iterator[Edit]]] = {
    "DR301": changed_primary_key,
    **dict.fromkeys(("DR311", "DR321", "DR331", "DR401", "DR501"), _add),
    **dict.fromkeys(("DR309", "DR319", "DR329", "DR339", "DR409", "DR509"), _rename),
    **dict.fromkeys(("DR312", "DR322", "DR332", "DR402", "DR502"), _remove),
    **dict.fromkeys(
        ("DR313", "DR314", "DR315", "DR316", "DR317", "DR323", "DR324", "DR326", "DR327", "DR328"), _change
    ),
    **dict.fromkeys(
        ("DR333", "DR403", "DR404", "DR503", "DR504", "DR505", "DR506", "DR507", "DR508", "DR510"), _change
    ),
}
