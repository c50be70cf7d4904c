"""Tables that the models lack: a class, or a call of `Table`, in the style of the last one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...findings import Edit
from ...model import Table
from ..drift import Drift
from .context import Context
from .elements import ElementWriter
from .lists import PythonFile
from .names import Word
from .sites import COLUMN_CALLS, TableSite
from .table_args import NAME, options_alone
from .types import CORE, Unplaced
from .whole_columns import ColumnWriter, attribute_of, table_name

#: Among insertions at one place, those of whole tables come last.
_BEHIND_COLUMNS = 1_000_000
#: More base classes than any model has, one behind the other.
_DEEPEST = 8


def table_missing(context: Context, drift: Drift) -> list[Edit]:
    """A class, or a call of `Table`, behind the last one of the file that holds most of them. Raises Unplaced."""
    table: Table = drift.expected
    if table.partition_of is not None or table.inherits or table.of_type is not None:
        raise Unplaced("SQLAlchemy has no word for partitions, children and tables of a type")
    model = pattern(context)
    word = _NewTable(context, drift, model, table).word()
    return [*word.edits, standing_behind(model, word.text)]


def pattern(context: Context) -> TableSite:
    """The last table of the file that holds most of them. Raises Unplaced."""
    home = context.between.other.reading.home
    found = [site for one in context.between.actual.tables if (site := context.sites.table(one)) is not None]
    if home is not None:
        found = [one for one in found if one.file.path == home.path] or found
    if not found:
        raise Unplaced("there is no table beside which it could stand")
    top = [one for one in found if one.file.holders.get(one.node) is one.file.tree] or found
    return max(top, key=lambda one: one.node.lineno)


def standing_behind(model: TableSite, text: str) -> Edit:
    """A statement of the module behind that of a table, and behind what is added to the table itself."""
    file = model.file
    top = next(one for one in [model.node, *file.around(model.node)] if file.holders.get(one) is file.tree)
    at = file.behind(top) if isinstance(top, ast.stmt) else None
    if at is None:
        raise Unplaced("there is no class or call of Table beside which it could stand")
    gap = "\n\n\n" if model.class_ is not None or text.startswith("class ") else "\n\n" if "\n" in text else "\n"
    return replace(file.edit(at, at, f"{gap}{file.with_tabs(text)}"), rank=_BEHIND_COLUMNS)


def metadata_of(context: Context, model: TableSite) -> str:
    """How the file calls the MetaData of its tables. Raises Unplaced."""
    if isinstance(model.node, ast.Call):
        if len(model.node.args) < 2:
            raise Unplaced("the metadata of tables cannot be told from the last one")
        return model.file.source(model.node.args[1])
    return f"{bases_of(context, model)[-1]}.metadata"


def bases_of(context: Context, model: TableSite) -> list[str]:
    """The base classes of a model that bring no columns, or those that they come from. Raises Unplaced."""
    assert model.class_ is not None
    found = list(dict.fromkeys(_plain_bases(context, model.file, model.class_, _DEEPEST)))
    for name in found:
        if name.partition(".")[0] not in model.names.bound:
            raise Unplaced(f"its class would need {name}, which {model.file.path} does not import")
    if not found:
        raise Unplaced("all base classes of the last model bring columns of their own")
    return found


def _plain_bases(context: Context, file: PythonFile, class_: ast.ClassDef, depth: int) -> Iterator[str]:
    for base in class_.bases:
        if not _brings_columns(context, file, base, depth):
            yield file.source(base)
        elif (found := context.sites.definition(file, base)) is not None and depth:
            yield from _plain_bases(context, found[0], found[1], depth - 1)


def makes_fields(context: Context, file: PythonFile, class_: ast.ClassDef, depth: int = _DEEPEST) -> bool:
    """Whether SQLAlchemy makes a dataclass of a mapped class."""
    names = context.sites.names(file)
    if any("mapped_as_dataclass" in file.source(one) for one in class_.decorator_list):
        return True
    bases = [(base, context.sites.definition(file, base)) for base in class_.bases]
    return any(
        names.original(base) == "MappedAsDataclass"
        or (
            found is not None
            and isinstance(found[1], ast.ClassDef)
            and depth
            and makes_fields(context, *found, depth - 1)
        )
        for base, found in bases
    )


def _brings_columns(context: Context, file: PythonFile, base: ast.expr, depth: int) -> bool:
    found = context.sites.definition(file, base)
    if found is None or not isinstance(found[1], ast.ClassDef) or not depth:
        return False
    there, class_ = found
    names = context.sites.names(there)
    for statement in class_.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.FunctionDef)):
            called = {names.called(one) for one in ast.walk(statement)}
            mapped = isinstance(statement, ast.AnnAssign) and "Mapped" in there.source(statement.annotation)
            if called & COLUMN_CALLS or (mapped and "ClassVar" not in there.source(statement)):
                return True
    return any(_brings_columns(context, there, one, depth - 1) for one in class_.bases)


class _NewTable:
    """One table as the file of `model` would have it."""

    def __init__(self, context: Context, drift: Drift, model: TableSite, table: Table) -> None:
        self._context, self._model, self._table = context, model, table
        # A mapped class needs a primary key, a table does not.
        self._is_class = model.class_ is not None and table.primary_key is not None
        self._columns = ColumnWriter(context, drift, model, table, style=None if self._is_class else "Table")
        self._elements = ElementWriter(context, model.file, model.names, table)

    def word(self) -> Word:
        """The whole statement."""
        table, columns = self._table, []
        for one in table.columns:
            keys = [key for key in table.foreign_keys if key.columns == (one.name,)]
            columns.append(self._columns.line(one, keys))
        beside = [self._elements.whole(one) for one in self._beside()]
        made = [*beside, *columns]
        maker = None if self._is_class else self._model.names.word(CORE, "Table")
        text = self._class(columns, beside) if maker is None else self._call(maker.text, [*columns, *beside])
        return Word(text, tuple(edit for word in [*made, *([maker] if maker else [])] for edit in word.edits))

    def _beside(self) -> Iterator[Any]:
        table, key = self._table, self._table.primary_key
        in_order = tuple(one.name for one in table.columns if key is not None and one.name in key.columns)
        if key is not None and not (key.columns == in_order and self._elements.is_servers(key)):
            yield key
        for one in (*table.uniques, *table.checks, *table.exclusions, *table.foreign_keys, *table.indexes):
            if not self._columns.said_inline(one):
                yield one

    def _options(self) -> dict[str, str]:
        table = self._table
        options = {"schema": table.schema if table.schema != "public" else None, "comment": table.comment}
        options["postgresql_partition_by"] = table.partition_by
        return {name: self._model.file.quoted(value) for name, value in options.items() if value is not None}

    def _call(self, maker: str, parts: Sequence[Word]) -> str:
        file, names = self._model.file, self._model.names
        inside = [file.quoted(self._table.name), metadata_of(self._context, self._model), *(one.text for one in parts)]
        inside += [f"{name}={value}" for name, value in self._options().items()]
        variable = attribute_of(self._table.name)
        variable = f"{variable}_table" if variable in names.bound else variable
        return "\n".join([f"{variable} = {maker}(", *(f"    {one}," for one in inside), ")"])

    def _class(self, columns: Sequence[Word], beside: Sequence[Word]) -> str:
        model, file, class_ = self._model, self._model.file, self._model.class_
        assert class_ is not None
        given = bases_of(self._context, model)
        given += [f"{one.arg}={file.source(one.value)}" for one in class_.keywords if one.arg in ("table", "metaclass")]
        name = class_name(_singular(model, self._table.name))
        name = f"{name}Table" if name in model.names.bound else name
        lines = [f"class {name}({', '.join(given)}):", f"    __tablename__ = {file.quoted(self._table.name)}"]
        arguments = [one.text for one in beside]
        if options := self._options():
            entries = ", ".join(f"{file.quoted(key)}: {value}" for key, value in options.items())
            arguments.append(f"{{{entries}}}")
        if beside:
            lines += [f"    {NAME} = (", *(f"        {one}," for one in arguments), "    )"]
        elif arguments:
            lines.append(f"    {NAME} = {options_alone(file, arguments[0][1:-1])}")
        return "\n".join([*lines, "", *(f"    {one.text}" for one in columns)])


def _singular(model: TableSite, table: str) -> str:
    """The table's name in the singular, if the class beside it has it so: `Profile` of `profiles`."""
    class_, name = model.class_, table_name(model)
    plain = class_ is None or name is None or class_name(name) == class_.name
    if plain or not table.endswith("s") or table.endswith("ss"):
        return table
    return f"{table[:-3]}y" if table.endswith("ies") else table[:-1]


def class_name(table: str) -> str:
    """The class for a table: `order_items` → `OrderItems`."""
    words = [word for word in re.split(r"\W|_", table) if word] or ["Table"]
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name.isidentifier() else f"T{re.sub(r'[^0-9A-Za-z_]', '_', name)}"
