"""Edits of columns, in the CREATE TABLE that declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ...differ.serials import is_serial
from ...findings import Edit
from ...model import Column, PrimaryKey
from ...sql import Token
from ...writers.sql import tables, types
from ...writers.sql.gate import column_type, default, grouped
from ...writers.sql.text import collate
from ..drift import Drift
from ..sql.recreate_dependents import policies_on, triggers_on
from . import keys
from .alterations import counted, defaulted, later, retyped
from .document import Unplaced
from .lists import Listed, Option, Parts, options_of
from .renames import speaking_of
from .room import Room, on_column, place_of

_SERIALS = {"smallint": "smallserial", "integer": "serial", "bigint": "bigserial"}
_SERIAL_WORDS = frozenset({*_SERIALS.values(), "serial2", "serial4", "serial8"})


class _Site:
    """A column where it is declared: its type and options."""

    def __init__(self, room: Room, drift: Drift) -> None:
        place = place_of(drift.actual)
        self.document = room.document(place.path)
        self.statement = self.document.statement(place)
        self.part = self._declaration(room.parts(drift.actual), self.document.offset(place))
        self.later = list(later(self.document, self.statement, drift))
        self.options = list(options_of(self.part))
        if not self.options or self.options[0].kind != "type":
            raise Unplaced("its declaration has no type")

    def _declaration(self, parts: Parts, offset: int) -> list[Token]:
        """Its part of the list of a CREATE TABLE, or of the action that adds it."""
        part = parts.part(offset)
        part = part[next((at for at, token in enumerate(part) if token.start == offset), len(part)) :]
        if not part or not Listed.is_column(part):
            raise Unplaced("it is not declared in a CREATE TABLE or by ADD COLUMN")
        return part

    def option(self, kind: str) -> Option | None:
        return next((one for one in self.options if one.kind == kind), None)

    @property
    def type(self) -> Option:
        return self.options[0]

    @property
    def is_serial(self) -> bool:
        return self.type.tokens[0].word in _SERIAL_WORDS

    def after_type(self) -> int:
        """Where the type ends, with its collation."""
        return max(one.end for one in self.options if one.kind in ("type", "collate"))

    def demand_last(self) -> None:
        if self.later:
            raise Unplaced(f"a later ALTER TABLE changes {self.part[0].name}, too")

    def inserted(self, text: str, at: int | None = None) -> Edit:
        place = self.after_type() if at is None else at
        return self.document.edit(place, place, " " + self.document.in_style(text, self.statement.tokens))

    def taken_out(self, option: Option) -> Edit:
        """An option with the blanks before it, unless a comment is there."""
        before = self.part[self.part.index(option.tokens[0]) - 1]
        return self.document.option_taken_out(before, option.tokens)

    def set(self, option: Option | None, now: str, wanted: str) -> Iterator[Edit]:
        """An option that is to say `wanted`: changed, inserted, or if that is empty taken out."""
        self.demand_last()
        if option is not None and wanted:
            yield from self.document.changed(option.tokens, now, wanted)
        elif option is not None:
            yield self.taken_out(option)
        elif wanted:
            yield self.inserted(wanted)


def _type(room: Room, drift: Drift) -> Iterator[Edit]:
    site = _Site(room, drift)
    if site.later:
        yield from retyped(site.document, site.later[-1], drift)
        return
    if site.is_serial:
        word = _SERIALS.get(str(drift.expected.type))
        if word is None:
            raise Unplaced("a serial column counts, and is to be no integer")
        token = site.type.tokens[0]
        yield site.document.edit(token.start, token.end, site.document.in_style(word, site.statement.tokens))
        return
    yield from site.document.changed(site.type.tokens, column_type(drift.actual.type), column_type(drift.expected.type))


def _nullable(room: Room, drift: Drift) -> Iterator[Edit]:
    site = _Site(room, drift)
    if site.later:
        yield site.later[-1].swapped(site.document, "drop" if drift.expected.nullable else "set")
    else:
        yield from _null(site, drift.expected.nullable)


def _null(site: _Site, nullable: bool) -> Iterator[Edit]:
    said, other = site.option("not"), site.option("null")
    if nullable:
        if said is None:
            raise Unplaced("nothing in its declaration says NOT NULL")
        yield site.taken_out(said)
    elif other is not None:
        yield from site.document.changed(other.tokens, "NULL", "NOT NULL")
    elif said is None:
        yield site.inserted("NOT NULL")


def _default(room: Room, drift: Drift) -> Iterator[Edit]:
    site, wanted, now = _Site(room, drift), drift.expected, drift.actual
    if (wanted.default is not None and is_serial(wanted)) or site.is_serial:
        site.demand_last()
        yield from _serial(site, drift)
        return
    texts = [f"DEFAULT {default(one.default)}" if one.default is not None else "" for one in (now, wanted)]
    if site.later and drift.code == "DR205":
        yield from defaulted(site.document, site.later[-1], *texts)
        return
    yield from site.set(site.option("default"), *texts)
    if wanted.nullable != now.nullable and drift.code == "DR207":
        yield from _null(site, wanted.nullable)


def _serial(site: _Site, drift: Drift) -> Iterator[Edit]:
    """`serial` stands for a type, NOT NULL, a default, and a sequence."""
    wanted, token = drift.expected, site.type.tokens
    to_serial = wanted.default is not None and is_serial(wanted)
    word = _SERIALS.get(str(wanted.type)) if to_serial else str(column_type(wanted.type))
    if word is None:
        raise Unplaced("a column that counts is an integer")
    yield site.document.edit(token[0].start, token[-1].end, site.document.in_style(word, site.statement.tokens))
    for kind in ("default", "generated") if to_serial else ():
        if (option := site.option(kind)) is not None:
            yield site.taken_out(option)
    if not to_serial:
        if wanted.identity is not None:
            yield site.inserted(types.identity(wanted.identity))
        elif wanted.default is not None:
            yield site.inserted(f"DEFAULT {default(wanted.default)}")
        if not wanted.nullable and site.option("not") is None and site.option("primary") is None:
            yield site.inserted("NOT NULL")


def _identity(room: Room, drift: Drift) -> Iterator[Edit]:
    site, wanted, now = _Site(room, drift), drift.expected, drift.actual
    if site.later and now.identity is not None and wanted.identity is not None:
        yield from counted(site.document, site.later[-1], types.identity(now.identity), types.identity(wanted.identity))
        return
    site.demand_last()
    if site.is_serial or (wanted.default is not None and is_serial(wanted)):
        yield from _serial(site, drift)
        return
    texts = [types.identity(one.identity) if one.identity is not None else "" for one in (now, wanted)]
    yield from site.set(site.option("generated"), *texts)
    if (option := site.option("default")) is not None and wanted.identity is not None:
        yield site.taken_out(option)
    if wanted.default is not None and now.identity is not None:
        yield site.inserted(f"DEFAULT {default(wanted.default)}")


def _generated(room: Room, drift: Drift) -> Iterator[Edit]:
    site, wanted, now = _Site(room, drift), drift.expected, drift.actual
    yield from site.set(site.option("generated"), _computed(now), _computed(wanted))
    if (option := site.option("default")) is not None and wanted.generated is not None:
        yield site.taken_out(option)


def _computed(column: Column) -> str:
    if column.generated is None:
        return ""
    kind = "VIRTUAL" if column.generated.stored is False else "STORED"
    return f"GENERATED ALWAYS AS {grouped(column.generated.expression)} {kind}"


def _collation(room: Room, drift: Drift) -> Iterator[Edit]:
    site = _Site(room, drift)
    texts = [str(collate(one.collation)).strip() for one in (drift.actual, drift.expected)]
    yield from site.set(site.option("collate"), *texts)


def _add(room: Room, drift: Drift) -> Iterator[Edit]:
    listed, column = room.listed(drift), drift.expected
    if column.default is not None and is_serial(column) and str(column.type) in _SERIALS:
        bare = replace(column, default=None, nullable=True)
        text = str(tables.column(bare)).removesuffix(str(column_type(column.type))) + _SERIALS[str(column.type)]
    else:
        text = tables.column(column)
    others = [thing for _, thing in drift.following if not isinstance(thing, PrimaryKey)]
    inline, others = keys.inline(room, drift, others, column.name)
    text = listed.document.in_style("".join([text, *(f" {one}" for one in inline)]), listed.statement.tokens)
    yield from listed.added(text, column=True)
    for thing in others:
        yield from keys.added(room, drift, thing)
    if (key := drift.key_change) is not None and not key.loses_columns:
        yield from keys.primary_key(room, key)
    if column.comment is not None and drift.between.scope.fact("column", "comment"):
        comment = tables.comment_on_column(drift.key, column.name, column.comment)
        yield keys.appended(room, drift, f"{comment};", 90)


def _remove(room: Room, drift: Drift) -> Iterator[Edit]:
    name, listed = drift.actual.name, room.parts(drift.actual)
    part = listed.part(listed.document.offset(place_of(drift.actual)))
    key = drift.key_change
    if key is None and drift.table.primary_key is not None and name in drift.table.primary_key.columns:
        raise Unplaced("the primary key changes first")
    if key is not None:
        yield from keys.changed_primary_key(room, key)
    gone = [listed.statement.start]
    for one in later(listed.document, listed.statement, drift, of_all=True):
        gone.append(one.parts.statement.start)
        yield from one.parts.removed(one.part)
    for thing in on_column(drift.table, name):
        start, edits = keys.taken_along(room, drift, thing, part)
        gone.append(start)
        yield from edits
    # PostgreSQL lets no column go from under them; `--to-sql` drops them along with it, too.
    for thing in (*policies_on(drift, drift.key, name), *triggers_on(drift, drift.key, name)):
        place = place_of(thing)
        if place.path == listed.document.path:
            statement = listed.document.statement(place)
            gone.append(statement.start)
            if not drift.remade(thing):
                yield from listed.document.without_statement(statement)
    for document in room.documents(drift):
        for statement in speaking_of(document, drift.key[1], name):
            if document is listed.document and statement.start in gone:
                continue
            if [token.word for token in statement.tokens[:3]] != ["comment", "on", "column"]:
                raise document.named_at(statement)
            yield from document.without_statement(statement)
    yield from listed.removed(part)


EDITS: dict[str, Callable[[Room, Drift], Iterator[Edit]]] = {
    "DR201": _add,
    "DR202": _remove,
    "DR203": _type,
    "DR204": _nullable,
    "DR205": _default,
    "DR206": _generated,
    "DR207": _identity,
    "DR208": _collation,
    "DR211": _default,
    "DR214": _type,
}
