"""What a new foreign key refers to: a table of this source, one that is about to be made, or a stand-in for another's.

A key to a table that nobody here declares (`auth.users`) needs one to name all the same: it is declared and not
exported, so that drizzle-kit would not create it.
"""

from __future__ import annotations

import re

from ...findings import Around
from ...model import ForeignKey
from ..edits import Edit
from .column_text import quoted, type_of
from .document import Document
from .room import Room


def target_edits(room: Room, document: Document, key: ForeignKey) -> list[Edit]:
    """The declarations that the target of `key` needs in the file."""
    target = key.target_schema, key.target_table
    if room.has_table(target):
        return []
    variable = room.words.table(target)
    if variable in document.variables:
        return []
    made, maker = schema_edits(room, document, target[0])
    columns = [
        f"{room.words.property(target, name)}: {_column(room, key, at, name)}"
        for at, name in enumerate(key.target_columns or ("id",))
    ]
    text = f"const {variable} = {maker}({quoted(target[1])}, {{ {', '.join(columns)} }})"
    said, imports = room.written(document, text)
    return [*imports, *made, above(document, said)]


def _column(room: Room, key: ForeignKey, at: int, name: str) -> str:
    """Of the type that refers to it."""
    for table in room.between.expected.tables:
        if key in table.foreign_keys and (column := table.column(key.columns[at])) is not None:
            call = type_of(column, room.words)
            own = quoted(column.name)
            return call.replace(f"({own}", f"({quoted(name)}", 1) + (".primaryKey()" if len(key.columns) == 1 else "")
    return f"text({quoted(name)})"


def schema_edits(room: Room, document: Document, schema: str) -> tuple[list[Edit], str]:
    """The declaration of a schema, if it needs one, and the function that makes a table in it.

    It is exported only if the truth creates the schema, too.
    """
    if schema == "public":
        return [], "pgTable"
    for one in room.between.actual.namespaces:
        if one.name == schema and one.location is not None:
            found = room.document(one.location.path)
            name = found.variable_of(found.node_at(one.location, "call_expression"))
            if name is not None:
                edits = [] if found is document else room.importing(document, found.path, name)
                return edits, f"{name}.table"
    variable = room.words.namespace(schema)
    exported = any(one.name == schema for one in room.between.expected.namespaces)
    if variable in document.variables:
        return [], f"{variable}.table"
    said, imports = room.written(document, f"const {variable} = pgSchema({quoted(schema)})")
    return [*imports, above(document, f"export {said}" if exported else said)], f"{variable}.table"


#: What a statement calls that is no function of Drizzle's: a schema that the file declares.
_CALLED = re.compile(r"= (\w+)\.\w+\(")


def above(document: Document, text: str) -> Edit:
    """A statement below the imports, or the schema that it needs, where every other of the file can use it."""
    found = _CALLED.search(text)
    needed = document.variables.get(found[1]) if found is not None else None
    imports = [node for node in document.root.named_children if node.type == "import_statement"]
    last = document.statement_of(needed) if needed is not None else imports[-1] if imports else None
    ending = document.semicolon
    if last is not None:
        end = document.line_end(last.end_byte)
        below = document.data.find(b"\n", end) + 1
        if below and needed is None:  # behind imports that are yet to come
            return document.edit(below, below, text + ending, Around("\n", "\n", "\n"))
        return document.edit(end, end, text + ending, Around("\n" if needed is not None else "\n\n", "\n", ""))
    return document.edit(0, 0, text + ending, Around("", "\n", "\n\n"))
