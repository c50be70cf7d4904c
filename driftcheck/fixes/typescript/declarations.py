"""Edits of whole declarations: tables, enums with their labels, schemas, sequences, roles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ...findings import Around
from ...model import Enum, Table
from ..drift import Drift
from ..edits import Edit
from .chains import chain_of
from .column_text import builder, quoted, template
from .document import Document, Unplaced, bare, elements
from .lists import added, removed
from .names import named
from .room import Room
from .stand_ins import above, schema_edits, target_edits
from .tables import TYPE, table_site
from .text import beside_columns, extra, policy_text, role_text, sequence_text
from .uses import without_use

if TYPE_CHECKING:
    from tree_sitter import Node


_TYPESCRIPT = (".ts", ".mts", ".cts", ".tsx")

# -- New ----------------------------------------------------------------------------------------------------------


def exported(room: Room, drift: Drift) -> list[Edit]:
    """`export` before what is declared already, and only not exported; nothing if it is not declared."""
    about = drift.finding.object
    for one in room.between.other.reading.unexported:
        if (one.kind, one.schema, one.name) == (about.kind, about.schema, about.name):
            document = room.document(one.location.path)
            statement = document.statement_of(document.node_at(one.location, "call_expression"))
            if statement.type not in ("lexical_declaration", "variable_declaration"):
                raise Unplaced(f"the files that are read do not pass on what {one.location.path} exports")
            return [document.edit(statement.start_byte, statement.start_byte, "export ")]
    return []


def announce(room: Room) -> None:
    """Says in which files the new tables and enums will be, before anything refers to them."""
    for drift in room.drifts:
        if drift.code in ("DR101", "DR601"):
            name = room.words.table if drift.code == "DR101" else room.words.enum
            variable = name((drift.expected.schema, drift.expected.name))
            try:
                room.words.homes[variable] = home(room, drift).path
            except Unplaced as error:
                room.words.homeless[variable] = error.reason


def home(room: Room, drift: Drift) -> Document:
    """The file of the table that precedes this one in the truth; else of the last one, or the source's own."""
    if not isinstance(drift.expected, Table):
        return _any_home(room)
    near = room.before(drift.expected.key)
    if near is not None and near.location is not None and near.schema == drift.expected.schema:
        return _passed_on(room, room.document(near.location.path))
    return _any_home(room)


def _any_home(room: Room) -> Document:
    tables = room.between.actual.tables
    place = tables[-1].location if tables else room.between.other.reading.home
    if place is None:
        raise Unplaced("no file of this source is known in which it would go")
    return _passed_on(room, room.document(place.path))


def _passed_on(room: Room, document: Document) -> Document:
    """A file whose new exports are read. Raises Unplaced where another one passes on some of them by their names."""
    stem = re.escape(posixpath.basename(document.path).partition(".")[0])
    named = re.compile(rf"export\s*(\{{[^}}]*\}}|\*)\s*from\s*(['\"])[^'\"]*/{stem}(?:\.\w+)?\2".encode())
    found = [
        (path, one[1])
        for path in room.between.other.reading.files
        if path != document.path and path.endswith(_TYPESCRIPT)
        for one in named.finditer(room.document(path).data)
    ]
    if found and all(what != b"*" for _, what in found):
        raise Unplaced(f"{found[0][0]} passes on by their names what {document.path} exports")
    return document


def new_table(room: Room, drift: Drift) -> list[Edit]:
    """A new statement at the end of the file, in the manner of the others."""
    table: Table = drift.expected
    if table.partition_of is not None or table.inherits:
        raise Unplaced("Drizzle has no words for partitions and inheritance")
    document = home(room, drift)
    made, maker = schema_edits(room, document, table.schema)
    for key in table.foreign_keys:
        made += target_edits(room, document, key)
    unit, words = document.indent, room.words
    lines = [f"{words.property(table.key, one.name)}: {builder(one, table, words)}," for one in table.columns]
    policies = [one for one in room.between.expected.policies if (one.schema, one.table) == table.key]
    beside = [extra(words, table, thing) for thing in beside_columns(table, words.core)] + [
        policy_text(one) for one in policies
    ]
    text = f"{maker}({quoted(table.name)}, {{\n" + "".join(f"{unit}{one}\n" for one in lines) + "}"
    if beside:
        typed = TYPE if room.is_circular(table.key) else ""
        text += f", (t){typed} => [\n" + "".join(f"{unit}{one},\n" for one in beside) + "]"
    text += ")" + (".enableRLS()" if table.row_security and not policies else "")
    said, imports = room.written(document, f"export const {words.table(table.key)} = {text}")
    return [*imports, *made, _at_the_end(document, said)]


def _at_the_end(document: Document, text: str) -> Edit:
    """A statement behind the last one; comments at the end stay there."""
    statements = [node for node in document.root.named_children if node.type != "comment"]
    end = document.line_end(statements[-1].end_byte) if statements else len(document.data)
    return document.edit(end, end, text + document.semicolon, Around("\n\n", "\n\n", ""))


def new_enum(room: Room, drift: Drift) -> list[Edit]:
    """A new statement above everything that may use it."""
    enum: Enum = drift.expected
    document = _any_home(room)
    made, maker = schema_edits(room, document, enum.schema)
    maker = "pgEnum" if maker == "pgTable" else maker.removesuffix(".table") + ".enum"
    labels = ", ".join(map(quoted, enum.values))
    name = room.words.enum((enum.schema, enum.name))
    said, imports = room.written(document, f"export const {name} = {maker}({quoted(enum.name)}, [{labels}])")
    return [*imports, *made, above(document, said)]


def new_sequence(room: Room, drift: Drift) -> list[Edit]:
    _demand_bigint(drift)
    document = _any_home(room)
    made, maker = schema_edits(room, document, drift.expected.schema)
    text = sequence_text(drift.expected)
    if maker != "pgTable":
        text = text.replace("pgSequence(", maker.removesuffix(".table") + ".sequence(", 1)
    said, imports = room.written(document, text.removesuffix(";"))
    return [*imports, *made, above(document, said)]


def _demand_bigint(drift: Drift) -> None:
    if drift.expected.type != "bigint":
        raise Unplaced(f"Drizzle has no word for a sequence AS {drift.expected.type}")


def new_role(room: Room, drift: Drift) -> list[Edit]:
    document = _any_home(room)
    said, imports = room.written(document, role_text(drift.expected).removesuffix(";"))
    return [*imports, above(document, said)]


def new_schema(room: Room, drift: Drift) -> list[Edit]:
    return schema_edits(room, _any_home(room), drift.expected.name)[0]


# -- Gone ---------------------------------------------------------------------------------------------------------


def gone(room: Room, drift: Drift) -> list[Edit]:
    """The statement, with the relations and types that are only about it. Raises Unplaced if more speaks of it."""
    place = room.placed(drift.actual)
    document = room.document(place.path)
    node = document.node_at(place, "call_expression")
    name = document.variable_of(node)
    statement = document.statement_of(node)
    if name is None or len(_declarators(statement)) != 1:
        raise Unplaced("it is declared together with others")
    going = [(document, statement)]
    edits: list[Edit] = []
    names = [name]
    for about in names:
        for path in room.between.other.reading.files:
            other = room.document(path)
            for use in _uses(other, about, going):
                around = other.statement_of(use)
                if about == name and _is_about(other, around, name):
                    going.append((other, around))
                    names += [found for found in [_named(other, around)] if found is not None and found not in names]
                else:
                    edits += without_use(room, other, use, about)
    return [*(_without_statement(one, node) for one, node in dict.fromkeys(going)), *dict.fromkeys(edits)]


def _named(document: Document, statement: Node) -> str | None:
    """What a statement declares: relations, or a type."""
    one = statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
    variables = _declarators(statement)
    found = (variables[0] if variables else one).child_by_field_name("name") if one is not None else None
    return document.text(found) if found is not None else None


def _declarators(statement: Node) -> list[Node]:
    one = statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
    return [child for child in one.named_children if child.type == "variable_declarator"] if one is not None else []


def _uses(document: Document, name: str, going: list[tuple[Document, Node]]) -> Iterator[Node]:
    """Where the name is spoken of, apart from what goes anyway. Properties of that name are others."""
    spans = [(node.start_byte, node.end_byte) for other, node in going if other is document]
    for node in document.named.get(name, ()):
        if node.type != "property_identifier" and not any(start <= node.start_byte < end for start, end in spans):
            yield node


def _is_about(document: Document, statement: Node, name: str) -> bool:
    """Whether a statement says nothing but the relations or the type of one table."""
    text = document.text(statement)
    relations = rf"(?:export\s+)?const\s+\w+\s*=\s*relations\(\s*{re.escape(name)}\s*,"
    type_ = rf"(?:export\s+)?type\s+\w+\s*=\s*typeof\s+{re.escape(name)}\.\$infer\w+\s*;?\s*\Z"
    type_too = rf"(?:export\s+)?type\s+\w+\s*=\s*Infer\w+<\s*typeof\s+{re.escape(name)}\s*>\s*;?\s*\Z"
    return any(re.match(pattern, text) for pattern in (relations, type_, type_too))


def _without_statement(document: Document, statement: Node) -> Edit:
    """With its lines, and one of the empty ones around it."""
    start, end = document.line_start(statement.start_byte), document.line_end(statement.end_byte)
    alone = not document.data[start : statement.start_byte].strip() and not document.data[
        statement.end_byte : end
    ].strip(b" \t;")
    if not alone:
        return document.edit(statement.start_byte, statement.end_byte, "")
    following = re.compile(rb"\r?\n(?:[ \t]*\r?\n)?").match(document.data, end)
    return document.edit(start, following.end() if following else end, "")


# -- Others -------------------------------------------------------------------------------------------------------


def renamed_table(room: Room, drift: Drift) -> list[Edit]:
    """The name in the database; the variable stays, by which code calls it."""
    if drift.expected.schema != drift.actual.schema:
        raise Unplaced("it would move to another schema")
    return named(room, table_site(room, drift.actual).chain, drift.expected.name, drift.actual.name)


def labels(room: Room, drift: Drift) -> list[Edit]:
    """The labels of an enum: each that is new where it belongs, each that is gone taken out, the order put right."""
    place = room.placed(drift.actual)
    document = room.document(place.path)
    chain = chain_of(document, document.node_at(place, "call_expression"))
    members = elements(chain.arguments)
    if len(members) < 2:
        raise Unplaced("its labels are not written where it is declared")
    document, array = room.value_of(document, members[1])
    array = bare(array)
    if array.type != "array" or any(bare(one).type != "string" for one in elements(array)):
        raise Unplaced("its labels are not written as an array of strings")
    return list(_labels(room, document, array, drift))


def _labels(room: Room, document: Document, array: Node, drift: Drift) -> Iterator[Edit]:
    nodes, now, wanted = elements(array), drift.actual.values, drift.expected.values
    if len(nodes) != len(now):
        raise Unplaced("its labels are not written as an array of strings")
    texts = {label: document.text(node) for label, node in zip(now, nodes, strict=True)}

    def said(label: str) -> str:
        return texts.get(label) or room.written(document, quoted(label))[0]

    if len(now) == len(wanted):
        for node, before, after in zip(nodes, now, wanted, strict=True):
            if before != after:
                yield document.replace(node, said(after))
        return
    for tag, start, end, first, last in SequenceMatcher(None, now, wanted, autojunk=False).get_opcodes():
        if tag in ("delete", "replace"):
            yield from (removed(document, array, node) for node in nodes[start:end])
        if tag in ("insert", "replace"):
            for label in wanted[first:last]:
                if start > 0 or not nodes:
                    yield from added(document, array, said(label), nodes[start - 1] if start > 0 else None)
                else:
                    yield document.edit(nodes[0].start_byte, nodes[0].start_byte, f"{said(label)}, ")


def view_query(room: Room, drift: Drift) -> list[Edit]:
    """The query of a view that is written as SQL."""
    place = room.placed(drift.actual)
    document = room.document(place.path)
    chain = chain_of(document, document.node_at(place, "call_expression"))
    link = chain.link("as")
    query = bare(elements(link.arguments)[0]) if link is not None and elements(link.arguments) else None
    if query is None or not document.text(query).startswith("sql`"):
        raise Unplaced("its query is not written as SQL")
    said, imports = room.written(document, template(drift.expected.definition))
    return [*imports, document.replace(query, said)]


def with_options(room: Room, drift: Drift) -> list[Edit]:
    """The whole call that makes a sequence or role, as the truth would have it."""
    if drift.code == "DR623":
        _demand_bigint(drift)
    place = room.placed(drift.actual)
    document = room.document(place.path)
    chain = chain_of(document, document.node_at(place, "call_expression"))
    text = sequence_text(drift.expected) if drift.code == "DR623" else role_text(drift.expected)
    call = text.partition(" = ")[2].removesuffix(";")
    return [document.replace(chain.arguments, room.written(document, call[call.index("(") :])[0])]


EDITS: dict[str, Callable[[Room, Drift], list[Edit]]] = {
    "DR101": new_table,
    "DR102": gone,
    "DR103": renamed_table,
    "DR601": new_enum,
    "DR602": gone,
    "DR603": labels,
    "DR604": labels,
    "DR621": new_sequence,
    "DR622": gone,
    "DR623": with_options,
    "DR651": new_schema,
    "DR661": new_role,
    "DR662": gone,
    "DR663": with_options,
    "DR802": gone,
    "DR803": view_query,
}
