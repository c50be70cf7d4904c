"""Whole columns in the style of the table that they come to, or of those beside it."""

from __future__ import annotations

import ast
import keyword as keywords
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from ...findings import Edit
from ...model import Column, ForeignKey, Table, Unique
from ..drift import Drift
from .calls import call_at
from .column_types import FIELD_TYPES, type_of_another
from .columns import computed, identity, is_own_serial, server_default
from .context import Context
from .elements import ElementWriter
from .names import Word
from .sites import COLUMN_CALLS, ColumnSite, TableSite
from .types import TypeWriter, Unplaced, python_name, python_type


class ColumnWriter:
    """Whole columns in the style of a table, or of those beside it."""

    def __init__(
        self, context: Context, drift: Drift, place: TableSite, table: Table | None = None, style: str | None = None
    ) -> None:
        self._context, self._drift, self._place = context, drift, place
        self._file, self._names = place.file, place.names
        self._types = TypeWriter(place.file, place.names, drift.schema)
        self._table = table or drift.expected_table
        self.style = style or _style(place)
        #: Whether the column comes to a class of which SQLAlchemy makes a dataclass, with fields of its own order.
        self.among_fields = False

    def line(self, column: Column, keys: Sequence[ForeignKey]) -> Word:
        """The column as a statement of a class, or as an argument of `Table`."""
        if self.style == "Field" and (word := self._plain_field(column, keys)) is not None:
            return word
        given, options, edits = self._parts(column, keys)
        if self.style == "Table":
            maker = self._names.word("sqlalchemy", "Column")
            text = _call(maker.text, [self._file.quoted(column.name), *given], options)
            return Word(text, (*maker.edits, *edits))
        attribute = attribute_of(column.name)
        named = [] if attribute == column.name else [self._file.quoted(column.name)]
        if self.style == "Column":
            maker = self._names.word("sqlalchemy", "Column")
            return Word(self._fitted(f"{attribute} = {maker.text}", [*named, *given], options), (*maker.edits, *edits))
        python = python_type(column.type, self._names)
        hint = self._optional(python, column)
        if self.among_fields:
            options |= _as_field(column)
        if self.style == "Field":
            return self._field(column, attribute, given, options, Word(hint.text, (*edits, *hint.edits)))
        maker, mapped = (
            self._names.word("sqlalchemy.orm", "mapped_column"),
            self._names.word("sqlalchemy.orm", "Mapped"),
        )
        text = self._fitted(f"{attribute}: {mapped.text}[{hint.text}] = {maker.text}", [*named, *given], options)
        return Word(text, (*maker.edits, *mapped.edits, *hint.edits, *edits))

    def _optional(self, python: Word, column: Column) -> Word:
        if not column.nullable:
            return python
        text = self._file.text
        if "Optional[" in text and "| None" not in text:
            word = self._names.word("typing", "Optional")
            return Word(f"{word.text}[{python.text}]", (*python.edits, *word.edits))
        return Word(f"{python.text} | None", python.edits)

    def _field(self, column: Column, attribute: str, given: list[str], options: dict[str, str], hint: Word) -> Word:
        """SQLModel takes a column of SQLAlchemy as it is."""
        maker, inner = self._names.word("sqlmodel", "Field"), self._names.word("sqlalchemy", "Column")
        if not column.nullable and "primary_key" not in options:
            options = {"nullable": "False", **options}
        made = _call(inner.text, [self._file.quoted(column.name), *given], options)
        default = ["default=None"] if column.nullable else []
        text = _call(f"{attribute}: {hint.text} = {maker.text}", [*default, f"sa_column={made}"], {})
        return Word(text, (*maker.edits, *inner.edits, *hint.edits))

    def _plain_field(self, column: Column, keys: Sequence[ForeignKey]) -> Word | None:
        """A field that needs no column of SQLAlchemy's own; None where SQLModel cannot say all of it."""
        elements = ElementWriter(self._context, self._file, self._names, self._drift.table)
        named = [name for key in keys for name, word in elements.options(key).items() if word and name != "ondelete"]
        special = column.generated or column.identity or column.collation or self._has_key_beside()
        if special or named or len(keys) > 1 or attribute_of(column.name) != column.name:
            return None
        _, options, _ = self._parts(column, keys)
        hint = self._optional(python_type(column.type, self._names), column)
        limits, type_ = self._limits(column)
        given: dict[str, str] = {}
        if column.nullable or (options.get("primary_key") and is_own_serial(column)):
            given["default"] = "None"
            hint = hint if column.nullable else self._optional(hint, replace(column, nullable=True))
        if keys:
            given["foreign_key"] = self._file.quoted(elements.target(keys[0], elements.target_columns(keys[0])[0]))
            action = elements.options(keys[0])["ondelete"]
            given |= {"ondelete": action.text} if action is not None else {}
        given |= {name: options[name] for name in ("primary_key", "unique") if name in options}
        given |= limits | ({"sa_type": type_.text} if type_ is not None else {})
        rest = {name: options[name] for name in ("autoincrement", "server_default", "comment") if name in options}
        entries = ", ".join(f"{self._file.quoted(name)}: {value}" for name, value in rest.items())
        given |= {"sa_column_kwargs": f"{{{entries}}}"} if entries else {}
        default = server_default(self._file, self._names, column) if "server_default" in options else None
        words = [hint, *(one for one in (type_, default) if one is not None)]
        if given in ({}, {"default": "None"}):
            text = f"{column.name}: {hint.text}" + (" = None" if given else "")
        else:
            maker = self._names.word("sqlmodel", "Field")
            words.append(maker)
            text = self._fitted(f"{column.name}: {hint.text} = {maker.text}", [], given)
        return Word(text, tuple(edit for word in words for edit in word.edits))

    def _limits(self, column: Column) -> tuple[dict[str, str], Word | None]:
        """What Field says of the type that the annotation does not: limits, or a type of SQLAlchemy's."""
        name = python_name(column.type)[1]
        names = {"str": ("max_length",), "Decimal": ("max_digits", "decimal_places")}.get(name, ())
        modifiers = column.type.modifiers
        if FIELD_TYPES.get(name) == column.type.name and name != "datetime" and len(modifiers) <= len(names):
            return dict(zip(names, modifiers, strict=False)), None
        return {}, self._type(column)

    def _fitted(self, function: str, given: list[str], options: dict[str, str]) -> str:
        text = _call(function, given, options)
        if len(text) + 4 <= self._file.widest:
            return text
        lines = [*given, *(f"{name}={value}" for name, value in options.items())]
        unit = self._file.unit
        return "\n".join([f"{function}(", *(f"{unit}{unit}{one}," for one in lines), f"{unit})"])

    def _parts(self, column: Column, keys: Sequence[ForeignKey]) -> tuple[list[str], dict[str, str], tuple[Edit, ...]]:
        elements = ElementWriter(self._context, self._file, self._names, self._drift.table)
        words = [self._type(column), *(elements.inline(key) for key in keys)]
        site = ColumnSite(self._file, self._names, None, None, None)
        words += [one for one in (computed(site, column.generated), identity(site, column.identity)) if one is not None]
        own = self._table.primary_key is not None and column.name in self._table.primary_key.columns
        counting = is_own_serial(column)
        default = server_default(self._file, self._names, column) if not counting else None
        if counting and not own:
            raise Unplaced("SQLAlchemy lets only a primary key count by itself")
        key = self._table.primary_key
        has_key = self._has_key_beside()
        explicit = counting and key is not None and (len(key.columns) > 1 or bool(keys) or has_key)
        alone = key is not None and len(key.columns) == 1 and not keys
        uncounted = alone and own and not counting and column.identity is None and column.type.name in _COUNTING
        options = {
            "primary_key": "True" if own and not has_key else None,
            "autoincrement": "False" if uncounted else "True" if explicit else None,
            "nullable": "False" if self._says_not_null and not (column.nullable or (own and not has_key)) else None,
            "server_default": default.text if default is not None else None,
            "unique": "True" if self._unique(column) else None,
            "comment": self._file.quoted(column.comment) if column.comment is not None else None,
        }
        edits = [edit for word in [*words, *([default] if default is not None else [])] for edit in word.edits]
        return [word.text for word in words], {k: v for k, v in options.items() if v is not None}, tuple(edits)

    @cached_property
    def _says_not_null(self) -> bool:
        """Whether a column says so where its annotation does not, or does not alone."""
        return self.style in ("Column", "Table") or "nullable=False" in self._file.source(self._place.node)

    def _has_key_beside(self) -> bool:
        """Whether the table's key is written beside its columns, where the new one is added to it."""
        table = self._drift.table
        key = table.primary_key if self._table.key == table.key else None
        return key is not None and call_at(self._context, table, key) is not None

    def _type(self, column: Column) -> Word:
        site = ColumnSite(self._file, self._names, None, None, None)
        known = type_of_another(self._context, self._drift, site, column)
        if known is not None and self._types.enum(column.type.element) is not None:
            return known
        try:
            return self._types.text(column.type, column.collation)
        except Unplaced:
            if known is None:
                raise
            return known

    def _unique(self, column: Column) -> bool:
        return any(self.said_inline(one) and one.columns == (column.name,) for one in self._uniques())

    def _uniques(self) -> list[Unique]:
        return [one for one in self._table.uniques if isinstance(one, Unique)]

    def said_inline(self, thing: Any) -> bool:
        """Whether the column's own line says it."""
        if isinstance(thing, ForeignKey):
            return len(thing.columns) == 1
        if not isinstance(thing, Unique) or len(thing.columns) != 1:
            return False
        elements = ElementWriter(self._context, self._file, self._names, self._drift.table)
        plain = all(word is None for word in elements.options(thing).values())
        return plain and elements.is_servers(thing)


def _as_field(column: Column) -> dict[str, str]:
    """What lets a column be a field of a dataclass in any place, and leaves to the server what it fills in."""
    if column.default is not None or column.identity is not None or column.generated is not None:
        return {"init": "False"}
    return {"default": "None", "kw_only": "True"} if column.nullable else {"kw_only": "True"}


_COUNTING = ("integer", "bigint", "smallint")


def attribute_of(name: str) -> str:
    """The attribute for a column: its name, made one that Python takes and SQLAlchemy leaves free."""
    found = name if name.isidentifier() else re.sub(r"\W", "_", name) or "column"
    if found.startswith("__"):
        found = f"column{found}"  # Python and SQLAlchemy keep such names for themselves
    found = f"_{found}" if found[:1].isdigit() else found
    return f"{found}_" if keywords.iskeyword(found) or found in ("metadata", "registry") else found


def _call(function: str, given: Sequence[str], options: dict[str, str]) -> str:
    return f"{function}({', '.join([*given, *(f'{name}={value}' for name, value in options.items())])})"


def _style(place: TableSite) -> str:
    """How columns are made: as most of this table's are, else as most of the file's."""
    if isinstance(place.node, ast.Call):
        return "Table"
    for node in (place.node, place.file.tree):
        found = [place.names.called(one) for one in ast.walk(node) if place.names.called(one) in COLUMN_CALLS]
        if found:
            kinds = set(found)
            return "Field" if "Field" in kinds else max(sorted(kinds), key=found.count)
        if node is place.node and any(one.arg == "table" for one in node.keywords):
            return "Field"
    return "mapped_column" if "Mapped" in place.file.text or "DeclarativeBase" in place.file.text else "Column"


def table_name(place: TableSite) -> str | None:
    """The name of a table as its class or call writes it."""
    named = own_constants(place)
    return str(named[0].value) if named else None


def own_constants(place: TableSite) -> list[ast.Constant]:
    """The strings that name a table."""
    if isinstance(place.node, ast.Call):
        given: list[ast.expr] = place.node.args[:1]
    else:
        given = [
            one.value
            for one in place.node.body
            if isinstance(one, (ast.Assign, ast.AnnAssign)) and one.value is not None
            and any(isinstance(n, ast.Name) and n.id == "__tablename__" for n in ast.walk(one))
        ]  # fmt: skip
    return [one for one in given if isinstance(one, ast.Constant)]
