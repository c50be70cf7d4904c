"""Edits of whole columns: new ones, and those that go, with all that depends on them."""

from __future__ import annotations

from collections.abc import Callable

from ...model import Column, ForeignKey, PrimaryKey
from ..drift import Drift
from ..edits import Edit
from .column_text import builder, said_by_column
from .document import Unplaced, elements
from .extras import extra_edits, gone_edits
from .extras import primary_key as key_edits
from .lists import added, removed
from .room import Room
from .stand_ins import target_edits
from .tables import TableSite, table_site
from .uses import of_property, without_use


def missing_edits(room: Room, drift: Drift) -> list[Edit]:
    """A new line in the table's object, behind the column that precedes it in the truth, with all that is on it."""
    site = table_site(room, drift.table)
    columns = site.columns
    edits = column_edits(room, drift, site, drift.expected)
    members = dict(site.column_members(room))
    before = [one.name for one in drift.expected_table.columns]
    before = before[: before.index(drift.expected.name)]
    after = next((member for name in reversed(before) for member, mine in members.items() if mine == name), None)
    last = elements(columns)[-1] if elements(columns) else None
    text, imports = edits
    placed = added(site.document, columns, text, after or last)
    on_it = [thing for _, thing in drift.following if not said_on_column(thing, drift)]
    targets = [key for key in drift.expected_table.foreign_keys if key.columns == (drift.expected.name,)]
    imports += [edit for key in targets for edit in target_edits(room, site.document, key)]
    return [*imports, *placed, *(edit for thing in on_it for edit in extra_edits(room, drift, site, thing))]


def column_edits(room: Room, drift: Drift, site: TableSite, column: Column) -> tuple[str, list[Edit]]:
    """The text of a column's member, and its imports."""
    table = drift.expected_table
    words = room.words
    built = builder(column, table, words)
    property_ = _free(room, site, column.name)
    text, imports = room.written(site.document, built, site.qualifier)
    return f"{property_}: {text}", imports


def _free(room: Room, site: TableSite, column: str) -> str:
    """The property of a new column. Raises Unplaced while one has it that is to go."""
    wanted = room.words.wanted_property(site.key, column)
    going = [one.actual.name for one in room.drifts if one.code == "DR202" and one.key == site.key]
    holder = next((name for name in going if room.words.property(site.key, name) == wanted), None)
    if holder is not None:
        raise Unplaced(f"its property {wanted} is that of {holder}, which has to go first")
    return room.words.property(site.key, column)


def said_on_column(thing: object, drift: Drift) -> bool:
    """Whether the column's own line says this thing that depends on it."""
    table = drift.expected_table
    if isinstance(thing, ForeignKey):
        return said_by_column(thing, table, drift.between.dialect.core)
    if isinstance(thing, PrimaryKey):
        return len(thing.columns) == 1 and thing.name == f"{table.name}_pkey"
    return False


def extra_column_edits(room: Room, drift: Drift) -> list[Edit]:
    """A column's member taken out, with what depends on it."""
    site = room.site(drift.actual)
    container = site.pair.parent
    assert container is not None
    name = drift.actual.name
    on_it = [
        thing
        for thing in (*drift.table.foreign_keys, *drift.table.uniques, *drift.table.indexes, *drift.table.checks)
        if thing.location is not None and thing.location != drift.actual.location and uses(thing, name)
    ]
    edits = [removed(site.document, container, site.pair)]
    for thing in on_it:
        edits += gone_edits(room, drift, thing)
    key = drift.key_change
    if key is not None and key.actual.location != drift.actual.location:
        edits += key_edits(room, key)
    variable, word = room.words.table(drift.key), room.words.property(drift.key, name)
    for document, node in of_property(room, variable, word, edits):
        edits += without_use(room, document, node, f"{variable}.{word}")
    return edits


def uses(thing: object, column: str) -> bool:
    """Whether a key or index is on a column."""
    names = getattr(thing, "columns", None)
    if names is None:
        names = [key.column for key in getattr(thing, "keys", ())]
    return column in names


EDITS: dict[str, Callable[[Room, Drift], list[Edit]]] = {"DR201": missing_edits, "DR202": extra_column_edits}
