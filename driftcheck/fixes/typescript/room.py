"""All drifts of a Drizzle source, the documents in which it is written, and who shares what in them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from ...location import Location
from ...model import DEFAULT_SCHEMA, Column, ForeignKey, Located, Table
from ..drift import Drift
from ..edits import Edit, Editing
from ..spelling import Key, Spelling, camel
from .chains import Chain, chain_of
from .document import Document, Unplaced, bare, elements
from .imports import FUNCTIONS, Imports, relative

if TYPE_CHECKING:
    from tree_sitter import Node

#: Words that no variable may have as its name (ECMA-262, 12.7.2), and what schemas import.
_RESERVED = frozenset(
    """
    arguments await break case catch class const continue debugger default delete do else enum eval export extends false
    finally for function if implements import in instanceof interface let new null package private protected public
    return sql static super switch this throw true try typeof undefined var void while with yield
    """.split()
)

#: Functions that call functions that call …: nobody writes columns deeper than this.
_DEEPEST = 5


@dataclass(frozen=True)
class Site:
    """Where a column is written: its pair in an object, and its chains, from that in the pair to the innermost.

    The second one is what the function returns that is the head of the first, and so on.
    """

    document: Document
    pair: Node
    chains: tuple[Chain, ...]

    @property
    def head(self) -> Chain:
        return self.chains[-1]


class Room:
    """What the edits of one comparison are made with. All methods raise Unplaced where something is not found."""

    def __init__(self, editing: Editing) -> None:
        self.files = editing.files
        self.drifts = editing.drifts
        self.between = editing.drifts[0].between
        self._documents: dict[str, Document | Unplaced] = {}
        self._imports: dict[str, Imports] = {}
        self.words = Words(self)

    def document(self, path: str) -> Document:
        if path not in self._documents:
            self._documents[path] = self._parsed(path)
        found = self._documents[path]
        if isinstance(found, Unplaced):
            raise found
        return found

    def _parsed(self, path: str) -> Document | Unplaced:
        data = self.files.data(path)
        if data is None:
            return Unplaced(f"{path} cannot be read")
        if "node_modules/" in path:
            return Unplaced(f"{path} is a package's")
        try:
            return Document(path, data, self.files)
        except Unplaced as error:
            return error

    def imports(self, document: Document) -> Imports:
        if document.path not in self._imports:
            self._imports[document.path] = Imports(document, self.between.dialect.core)
        return self._imports[document.path]

    @staticmethod
    def placed(thing: Any) -> Location:
        """Where something is declared."""
        location: Location | None = thing.location if thing is not None else None
        if location is None:
            raise Unplaced("nobody knows where it is declared")
        return location

    # -- Columns ----------------------------------------------------------------------------------------------------

    def site(self, column: Column) -> Site:
        place = self.placed(column)
        document = self.document(place.path)
        pair = document.node_at(place, "pair", "shorthand_property_identifier")
        value = pair.child_by_field_name("value") if pair.type == "pair" else pair
        if value is None:
            raise Unplaced(f"nothing that can be edited is at {place}")
        return Site(document, pair, tuple(self._chains(document, value)))

    def _chains(self, document: Document, value: Node, depth: int = 0) -> Iterator[Chain]:
        value = bare(value)
        if value.type in ("identifier", "shorthand_property_identifier"):
            document, value = self._declared(document, document.text(value))
        found = chain_of(document, value)
        yield found
        if found.qualifier or depth >= _DEEPEST:
            return
        try:
            document, function = self._declared(document, found.name)
        except Unplaced:
            return
        returned = _returned(function)
        if returned is not None:
            yield from self._chains(document, returned, depth + 1)

    def _declared(self, document: Document, name: str, depth: int = 0) -> tuple[Document, Node]:
        """The value of a name of the top level, in this file or in one that it imports."""
        if (found := document.variables.get(name)) is not None:
            value = found.child_by_field_name("value") if found.type == "variable_declarator" else found
            if value is not None:
                return document, bare(value)
        imported = self.imports(document).modules_of(name)
        if imported is not None and imported[0].startswith(".") and depth < _DEEPEST:
            return self._declared(self.document(self._module(document, imported[0])), imported[1], depth + 1)
        raise Unplaced(f"{name} is declared where no edit reaches it")

    def value_of(self, document: Document, node: Node) -> tuple[Document, Node]:
        """An expression, or what the variable holds that it names."""
        node = bare(node)
        return self._declared(document, document.text(node)) if node.type == "identifier" else (document, node)

    def _module(self, document: Document, module: str) -> str:
        base = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), module))
        base = re.sub(r"\.[cm]?js$", "", base)
        for ending in ("", ".ts", ".tsx", ".mts", ".js", "/index.ts", "/index.js"):
            if re.search(r"\.[cm]?[jt]sx?$", base + ending) and self.files.data(base + ending) is not None:
                return base + ending
        raise Unplaced(f"{module} is declared where no edit reaches it")

    # -- Who shares what --------------------------------------------------------------------------------------------

    @cached_property
    def _by_place(self) -> dict[tuple[str, int, int], list[tuple[Table, Any]]]:
        found: dict[tuple[str, int, int], list[tuple[Table, Any]]] = {}
        for table in self.between.actual.tables:
            for thing in parts(table):
                if thing.location is not None:
                    place = thing.location
                    found.setdefault((place.path, place.line, place.column), []).append((table, thing))
        return found

    def at(self, place: Location) -> list[tuple[Table, Any]]:
        """All that is declared at a place, with the table that it is in."""
        return self._by_place.get((place.path, place.line, place.column), [])

    @cached_property
    def _by_head(self) -> dict[tuple[str, int], list[tuple[Table, Any]]]:
        """The columns that each function makes, by the place of what it returns."""
        found: dict[tuple[str, int], list[tuple[Table, Any]]] = {}
        for table in self.between.actual.tables:
            for column in table.columns:
                try:
                    site = self.site(column)
                except Unplaced:
                    continue
                for one in site.chains[1:]:
                    found.setdefault((one.document.path, one.head.start_byte), []).append((table, column))
        return found

    def made_by(self, chain: Chain) -> list[tuple[Table, Any]]:
        """The columns whose inner chain this is."""
        return self._by_head.get((chain.document.path, chain.head.start_byte), [])

    @cached_property
    def new_tables(self) -> frozenset[Key]:
        """The tables that the truth has and this source does not, and that get one now."""
        return frozenset(drift.expected.key for drift in self.drifts if drift.code == "DR101")

    def has_table(self, key: Key) -> bool:
        return key in self.between.actual_tables or key in self.new_tables

    def before(self, key: Key) -> Table | None:
        """Of the tables that precede one in the truth, the last that this source has."""
        return self._before.get(key)

    @cached_property
    def _before(self) -> dict[Key, Table | None]:
        found: dict[Key, Table | None] = {}
        last = None
        for table in self.between.expected.tables:
            found[table.key] = last
            last = self.between.actual_tables.get(table.key, last)
        return found

    @cached_property
    def _reached(self) -> dict[Key, frozenset[Key]]:
        """The tables that each table of the truth refers to."""
        found: dict[Key, set[Key]] = {}
        for table in self.between.expected.tables:
            found.setdefault(table.key, set()).update((k.target_schema, k.target_table) for k in table.foreign_keys)
        return {key: frozenset(targets) for key, targets in found.items()}

    def is_circular(self, key: Key) -> bool:
        """Whether a table of the truth refers to another that refers to it."""
        table = self.between.expected_tables.get(key)
        keys = table.foreign_keys if table is not None else ()
        return any((one.target_schema, one.target_table) != key and self.leads_back(one) for one in keys)

    def leads_back(self, key: ForeignKey) -> bool:
        """Whether the tables that a key leads to refer to its own: TypeScript could not infer their types."""
        starts = [table.key for table in self.between.expected.tables if key in table.foreign_keys]
        waiting, seen = [(key.target_schema, key.target_table)], set[Key]()
        while waiting:
            one = waiting.pop()
            if one in starts:
                return True
            if one not in seen:
                seen.add(one)
                waiting.extend(self._reached.get(one, ()))
        return False

    # -- Text -------------------------------------------------------------------------------------------------------

    def written(self, document: Document, text: str, qualifier: str = "") -> tuple[str, list[Edit]]:
        """Generated text as the file says it, with the imports that it needs: of functions, and of other files."""
        text = _CUSTOM.sub(lambda found: _custom_of(document, found[1]) or found[0], text)
        said, edits = self.imports(document).written(text, qualifier)
        for name in dict.fromkeys(re.findall(r"[A-Za-z_$][\w$]*", re.sub(r"'[^']*'|\"[^\"]*\"", "", text))):
            if name in self.words.homeless:
                raise Unplaced(f"{name} has to be declared first, and is not: {self.words.homeless[name]}")
            home = self.words.homes.get(name)
            known = name in document.variables or name in self.imports(document).names
            if home is not None and home != document.path and not known:
                edits += self.importing(document, home, name)
        return said, edits

    def importing(self, document: Document, home: str, name: str) -> list[Edit]:
        """The import of a variable that another file exports."""
        imports = self.imports(document)
        return [] if name in imports.names else imports.adding(relative(imports, home), name)


#: A type that Drizzle has no function for, as generated text makes it.
_CUSTOM = re.compile(r"customType\(\{ dataType: \(\) => '((?:[^'\\]|\\.)*)' \}\)")


def _custom_of(document: Document, type_: str) -> str | None:
    """The variable of a file that makes columns of a type of its own."""
    says = re.compile(rf"customType\b.*dataType\b[^'\"`]*(['\"`]){re.escape(type_)}\1", re.DOTALL)
    return next((name for name, node in document.variables.items() if says.search(document.text(node))), None)


class Words(Spelling):
    """The names that the source has for its tables and enums, and those that new ones get."""

    def __init__(self, room: Room) -> None:
        between = room.between
        super().__init__(between.expected, between.actual, room.files.lines)
        self._room = room
        self.core = between.dialect.core
        self._known: dict[tuple[str, Key], str] = {}
        self._properties: dict[Key, dict[str, str]] = {}
        self._new: dict[tuple[str, Key], str] = {}
        #: The file in which each variable of a table or enum is.
        self.homes: dict[str, str] = {}
        #: Why new ones have none.
        self.homeless: dict[str, str] = {}
        self._taken: set[str] = set()
        for kind, things in (("table", between.actual.tables), ("enum", between.actual.enums)):
            for thing in things:
                name = self._variable(thing)
                if name is not None and thing.location is not None:
                    self.homes[name] = thing.location.path
                    self._known[kind, (thing.schema, thing.name)] = name
        self._taken.update(self._known.values())

    def _variable(self, thing: Located | None) -> str | None:
        """From the syntax, where what makes it may be on another line than its name."""
        if thing is None or thing.location is None:
            return None
        try:
            document = self._room.document(thing.location.path)
            return document.variable_of(document.node_at(thing.location, "call_expression"))
        except Unplaced:
            return None

    def table(self, key: Key) -> str:
        return self._known.get(("table", key)) or self._named("table", key)

    def enum(self, key: Key) -> str:
        return self._known.get(("enum", key)) or self._named("enum", key)

    def leads_back(self, key: ForeignKey) -> bool:
        return self._room.leads_back(key)

    def property(self, table: Key, column: str) -> str:
        """Of a new column one that no other has, and that is none of JavaScript's own."""
        known = self._properties.get(table)
        if known is None:
            now = self._tables[table].columns if table in self._tables else ()
            known = self._properties[table] = {one.name: super(Words, self).property(table, one.name) for one in now}
        if column not in known:
            word, taken = self.wanted_property(table, column), {*known.values(), "__proto__"}
            numbered = (f"{word}{number}" for number in range(2, 10_000))
            known[column] = next(one for one in chain((word,), numbered) if one not in taken)
        return known[column]

    def wanted_property(self, table: Key, column: str) -> str:
        """The property that a column would have if no other had it."""
        return super().property(table, column)

    def namespace(self, name: str) -> str:
        """The variable that holds a schema."""
        return self._named("schema", (name, name))

    def _named(self, kind: str, key: Key) -> str:
        """A name for what is not there yet, which nothing else has."""
        if (kind, key) not in self._new:
            whole = camel(f"{key[0]}_{key[1]}")
            own = (camel(key[1]), whole) if key[0] in (DEFAULT_SCHEMA, key[1]) else (whole,)
            choices = (*own, camel(f"{key[1]}_{kind}"))
            numbered = (f"{choices[-1]}{number}" for number in range(2, 1_000))
            free = next((one for one in (*choices, *numbered) if self._is_free(one, key)), choices[0])
            self._new[kind, key] = free
            self._taken.add(free)
        return self._new[kind, key]

    def _is_free(self, name: str, key: Key) -> bool:
        documents = (one for one in self._room._documents.values() if isinstance(one, Document))
        taken = self._taken | _RESERVED | FUNCTIONS
        return name not in taken and not any(
            name in one.variables or name in self._room.imports(one).names for one in documents
        )


def parts(table: Table) -> Iterator[Any]:
    """The columns, keys, checks and indexes of a table."""
    yield from table.columns
    if table.primary_key is not None:
        yield table.primary_key
    yield from (*table.foreign_keys, *table.uniques, *table.checks, *table.indexes)


def _returned(function: Node) -> Node | None:
    """What a function gives, if its body is one expression or one return."""
    if function.type not in ("arrow_function", "function_declaration", "function_expression"):
        return None
    body = function.child_by_field_name("body")
    if body is None or body.type != "statement_block":
        return bare(body) if body is not None else None
    statements = [child for child in body.named_children if child.type != "comment"]
    last = statements[-1] if statements else None
    if last is None or last.type != "return_statement" or not last.named_children:
        return None
    return bare(elements(last)[0])


def returned(function: Node) -> Node:
    """Likewise. Raises Unplaced."""
    found = _returned(function)
    if found is None:
        raise Unplaced("it is put together by a function of several statements")
    return found


__all__: Sequence[str] = ("Drift", "Room", "Site", "Words", "parts", "returned")
