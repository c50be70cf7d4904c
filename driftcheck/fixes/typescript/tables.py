"""A table's call: the object of its columns, its third argument, and what is called on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...findings import Around
from ...model import Table
from ..edits import Edit
from ..spelling import camel
from .chains import Chain, chain_of
from .document import Document, Unplaced, bare, elements
from .lists import added_to_one
from .room import Room, returned

if TYPE_CHECKING:
    from tree_sitter import Node


#: What a third argument gives, said where nothing can be inferred from it.
TYPE = ": PgTableExtraConfigValue[]"


@dataclass(frozen=True)
class TableSite:
    """`pgTable('name', columns, extras)`. `document` is the file of its columns and its own."""

    document: Document
    chain: Chain
    columns: Node
    #: What precedes the functions of columns: `t.` where they are those of a callback's parameter, `pg.` of a module.
    qualifier: str

    @cached_property
    def _third(self) -> Node | None:
        members = elements(self.chain.arguments)
        return bare(members[2]) if len(members) > 2 else None

    @cached_property
    def extras(self) -> Node | None:
        """The array or object of keys and indexes; None if there is none. Raises Unplaced."""
        if self._third is None:
            return None
        found = returned(self._third) if self._third.type in ("arrow_function", "function_expression") else self._third
        if found.type not in ("array", "object"):
            raise Unplaced("its keys and indexes are put together by code")
        return found

    @cached_property
    def owner(self) -> str:
        """What its keys and indexes call the table's columns by."""
        return parameter(self.document, self._third) if self._third is not None else "t"

    def adding(self, room: Room, text: str, name: str) -> list[Edit]:
        """A new key, check or index. `name` is its own, for the property it is under where there are properties."""
        extras = self.extras
        if extras is not None:
            if extras.type == "object":
                text = f"{self._property(extras, name)}: {text}"
            return added_to_one(self.document, extras, text)
        end = elements(self.chain.arguments)[-1].end_byte
        margin = self.document.margin(self.chain.head.start_byte)
        inner = margin + self.document.indent
        typed, imports = room.written(self.document, TYPE if room.is_circular(self.key) else "")
        around = Around(f", (t){typed} => [\n{inner}", f",\n{inner}", f",\n{margin}]")
        return [*imports, self.document.edit(end, end, text, around)]

    def typed(self, room: Room) -> list[Edit]:
        """The type of what the third argument gives, where it says none: then nothing is inferred from it."""
        document, function = self.document, self._third
        if function is None or function.child_by_field_name("return_type") is not None:
            return []
        as_object = self.extras is not None and self.extras.type == "object"
        said, imports = room.written(document, ": PgTableExtraConfig" if as_object else TYPE)
        given = function.child_by_field_name("parameters")
        if given is not None:
            return [*imports, document.edit(given.end_byte, given.end_byte, said)]
        one = function.child_by_field_name("parameter")
        return [*imports, document.replace(one, f"({document.text(one)}){said}")] if one is not None else []

    def _property(self, extras: Node, name: str) -> str:
        keys = [member.child_by_field_name("key") for member in elements(extras)]
        taken = {self.document.text(key).strip("'\"") for key in keys if key is not None}
        word = camel(name)
        return next(one for one in (word, *(f"{word}{n}" for n in range(2, 1_000))) if one not in taken)

    def column_members(self, room: Room) -> Iterator[tuple[Node, str]]:
        """The members of the columns' object, each with the column's name."""
        for column in room.between.actual_tables[self.key].columns:
            try:
                site = room.site(column)
            except Unplaced:
                continue
            if site.document is self.document and site.pair.parent == self.columns:
                yield site.pair, column.name

    key: tuple[str, str] = ("", "")


def table_site(room: Room, table: Table) -> TableSite:
    """Where a table is made. Raises Unplaced where that is not one call that names its columns."""
    if table.location is None:
        raise Unplaced(f"the table {table} is not declared in this source")
    place = table.location
    document = room.document(place.path)
    chain = chain_of(document, document.node_at(place, "call_expression"))
    members = elements(chain.arguments)
    if len(members) < 2:
        raise Unplaced(f"what makes it at {place} does not name its columns")
    given = bare(members[1])
    qualifier = ""
    if given.type == "identifier":
        other, given = room.value_of(document, given)
        if other is not document:
            raise Unplaced(f"its columns are declared in {other.path}")
    if given.type in ("arrow_function", "function_expression"):
        qualifier = f"{parameter(document, given)}."
        given = returned(given)
    if given.type != "object":
        raise Unplaced("its columns are put together by code")
    return TableSite(document, chain, given, qualifier, table.key)


def parameter(document: Document, function: Node) -> str:
    """The name of a function's first parameter. Raises Unplaced if it has none, or takes it apart."""
    one = function.child_by_field_name("parameter")
    if one is None:
        given = function.child_by_field_name("parameters")
        members = elements(given) if given is not None else []
        one = members[0].child_by_field_name("pattern") if members else None
    if one is None or one.type != "identifier":
        raise Unplaced("the function of its keys and indexes takes no parameter with a name")
    return document.text(one)
