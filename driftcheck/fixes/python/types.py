"""Column types as SQLAlchemy writes them, and the smallest edit from one to another."""

from __future__ import annotations

import ast
import re
from dataclasses import field

from ...findings import Edit
from ...frozen import dataclass
from ...model import ColumnType, Enum, Schema
from .lists import PythonFile
from .names import Names, Word

CORE, DIALECT = "sqlalchemy", "sqlalchemy.dialects.postgresql"


class Unplaced(Exception):
    """Why an edit cannot be made, as a clause."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A type as SQLAlchemy has it. `others` are classes that mean the same; `given` their arguments, by parameter."""

    module: str
    name: str
    others: frozenset[str] = frozenset()
    given: dict[str, str | None] = field(default_factory=dict)


#: PostgreSQL's type → SQLAlchemy's class, and others that make the same.
_CLASSES: dict[str, tuple[str, str, str]] = {
    "integer": (CORE, "Integer", "INTEGER INT"), "bigint": (CORE, "BigInteger", "BIGINT"),
    "smallint": (CORE, "SmallInteger", "SMALLINT"), "boolean": (CORE, "Boolean", "BOOLEAN"),
    "text": (CORE, "Text", "TEXT UnicodeText"), "character varying": (CORE, "String", "VARCHAR Unicode AutoString"),
    "character": (CORE, "CHAR", "NCHAR"), "numeric": (CORE, "Numeric", "NUMERIC DECIMAL"), "real": (CORE, "REAL", ""),
    "double precision": (CORE, "Float", "FLOAT Double DOUBLE DOUBLE_PRECISION"), "date": (CORE, "Date", "DATE"),
    "uuid": (CORE, "Uuid", "UUID GUID"), "json": (CORE, "JSON", ""), "jsonb": (DIALECT, "JSONB", ""),
    "bytea": (CORE, "LargeBinary", "BYTEA BLOB"), "interval": (CORE, "Interval", "INTERVAL"),
    "bit": (DIALECT, "BIT", ""), "bit varying": (DIALECT, "BIT", ""), "vector": ("pgvector.sqlalchemy", "Vector", ""),
    # SQLite keeps the words as they are declared, which PostgreSQL has none of.
    "int": (CORE, "Integer", "INTEGER INT"), "varchar": (CORE, "String", "VARCHAR Unicode AutoString"),
    "char": (CORE, "CHAR", "NCHAR"), "decimal": (CORE, "DECIMAL", ""), "blob": (CORE, "LargeBinary", "BLOB"),
    "datetime": (CORE, "DateTime", "DATETIME"), "float": (CORE, "Float", "FLOAT"), "double": (CORE, "Float", ""),
}  # fmt: skip
_DIALECT = frozenset(
    """inet cidr macaddr macaddr8 money oid regclass regconfig tsvector tsquery citext hstore jsonpath
    int4range int8range numrange daterange tsrange tstzrange int4multirange int8multirange nummultirange datemultirange
    tsmultirange tstzmultirange""".split()
)
#: The parameters of classes, in their order.
_PARAMETERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("String", "VARCHAR", "Unicode", "AutoString", "CHAR", "NCHAR"), ("length", "collation")),
    **dict.fromkeys(("Text", "TEXT", "UnicodeText"), ("length", "collation")),
    **dict.fromkeys(("Numeric", "NUMERIC", "DECIMAL"), ("precision", "scale")),
    **dict.fromkeys(("Float", "FLOAT", "Double", "DOUBLE", "DOUBLE_PRECISION"), ("precision",)),
    **dict.fromkeys(("DateTime", "DATETIME", "Time", "TIMESTAMP", "TIME"), ("timezone",)),
    "BIT": ("length", "varying"), "Vector": ("dim",),
}  # fmt: skip
_WITH_PRECISION = ("timezone", "precision")


_NUMBER = re.compile(r"-?[0-9]{1,9}")


def wanted(type_: ColumnType, collation: str | None, file: PythonFile, names: Names) -> Wanted | None:
    """What makes `type_`, which is neither an array nor a type that the schema defines; None if nothing does."""
    name, modifiers = type_.name, type_.modifiers
    # What is in brackets is written as it is, and must be no more than a number.
    if type_.schema is not None or type_.quoted or not all(_NUMBER.fullmatch(word) for word in modifiers):
        return None
    if name.startswith(("timestamp", "time")):
        return _moment(name, modifiers)
    if name.startswith("interval"):
        return _interval(name, modifiers)
    if name in _DIALECT and not modifiers:
        return Wanted(DIALECT, name.upper())
    if name not in _CLASSES:
        return None
    module, class_, others = _CLASSES[name]
    if name == "uuid" and (names.word(DIALECT, "UUID").edits == () or not _is_modern(file)):
        return Wanted(DIALECT, "UUID", frozenset(["Uuid", *others.split()]), {"as_uuid": "True"} if not others else {})
    given: dict[str, str | None] = dict(zip(_PARAMETERS.get(class_, ()), [*modifiers, None, None], strict=False))
    if "collation" in given:
        given["collation"] = file.quoted(collation) if collation is not None else None
    elif collation is not None:
        return None
    if class_ == "BIT":
        given["varying"] = "True" if name == "bit varying" else None
    return Wanted(module, class_, frozenset(others.split()), given)


def _is_modern(file: PythonFile) -> bool:
    """Whether the file has what came with SQLAlchemy 2.0."""
    return any(word in file.text for word in ("mapped_column", "Mapped[", "sqlmodel", "Uuid"))


def _moment(name: str, modifiers: tuple[str, ...]) -> Wanted:
    given: dict[str, str | None] = {"timezone": "True" if name.endswith("with time zone") else None}
    class_ = "TIMESTAMP" if name.startswith("timestamp") else "TIME"
    if modifiers:
        return Wanted(DIALECT, class_, given={**given, "precision": modifiers[0]})
    plain = "DateTime" if class_ == "TIMESTAMP" else "Time"
    return Wanted(CORE, plain, frozenset({class_, "DATETIME"}), {**given, "precision": None})


def _interval(name: str, modifiers: tuple[str, ...]) -> Wanted:
    fields = name.removeprefix("interval").strip()
    if not fields and not modifiers:
        return Wanted(CORE, "Interval", frozenset({"INTERVAL"}), {"precision": None, "fields": None})
    given = {"precision": modifiers[0] if modifiers else None, "fields": f'"{fields}"' if fields else None}
    return Wanted(DIALECT, "INTERVAL", given=given)


class TypeWriter:
    """Types in one file. `known` gives the text of a type that another column of the file has."""

    def __init__(self, file: PythonFile, names: Names, schema: Schema) -> None:
        self._file, self._names, self._schema = file, names, schema

    def text(self, type_: ColumnType, collation: str | None = None) -> Word:
        """The type written anew. Raises Unplaced for what SQLAlchemy has no class for."""
        if type_.dimensions:
            inner, outer = self.text(type_.element, collation), self._names.word(CORE, "ARRAY")
            return Word(f"{outer.text}({inner.text})", outer.edits + inner.edits)
        if (enum := self.enum(type_)) is not None:
            return self.of_enum(enum)
        found = wanted(type_, collation, self._file, self._names)
        if found is None:
            raise Unplaced(f"SQLAlchemy has no class of its own for the type {type_}")
        word = self._names.word(found.module, found.name)
        if found.name == "UUID":
            return Word(f"{word.text}(as_uuid=True)", word.edits)
        order = _PARAMETERS.get(found.name, ())
        parts: list[str] = []
        for name, value in found.given.items():
            if value is not None:
                positional = name in order[: len(parts) + 1] and name not in ("timezone", "collation", "varying")
                parts.append(value if positional and len(parts) == order.index(name) else f"{name}={value}")
        return Word(f"{word.text}({', '.join(parts)})" if parts else word.text, word.edits)

    def enum(self, type_: ColumnType) -> Enum | None:
        """The enum of the truth that the type is."""
        key = type_.schema or "public", type_.name
        return next((one for one in self._schema.enums if (one.schema, one.name) == key), None)

    def of_enum(self, enum: Enum) -> Word:
        """An enum written anew."""
        quoted = self._file.quoted
        given = [*map(quoted, enum.values), f"name={quoted(enum.name)}"]
        if enum.schema != "public":
            given.append(f"schema={quoted(enum.schema)}")
        word = self._names.word(CORE, "Enum")
        return Word(f"{word.text}({', '.join(given)})", word.edits)

    def changed(self, node: ast.expr, type_: ColumnType, collation: str | None = None) -> list[Edit]:
        """The edits by which the type that `node` writes is another one."""
        names, file = self._names, self._file
        function = node.func if isinstance(node, ast.Call) else node
        if isinstance(node, ast.Call) and names.original(function) == "ARRAY" and type_.dimensions and node.args:
            return self.changed(node.args[0], type_.element, collation)
        if isinstance(node, ast.Call) and isinstance(function, ast.Attribute) and function.attr == "with_variant":
            return self._variant(node, function, type_, collation)
        found = None if type_.dimensions or self.enum(type_) else wanted(type_, collation, file, names)
        if found is not None and names.original(function) in {found.name, *found.others}:
            edits = self._adjusted(node, found)
            if edits is not None:
                return edits
        word = self.text(type_, collation)
        return [*word.edits, file.replace(node, word.text)]

    def _variant(self, node: ast.Call, function: ast.Attribute, type_: ColumnType, collation: str | None) -> list[Edit]:
        """`JSON().with_variant(JSONB(), "postgresql")`: of what PostgreSQL gets."""
        dialects = [one.value for one in node.args[1:] if isinstance(one, ast.Constant)]
        return self.changed(node.args[0] if "postgresql" in dialects else function.value, type_, collation)

    def _adjusted(self, node: ast.expr, found: Wanted) -> list[Edit] | None:
        """Arguments changed one by one; None if the class has no such argument."""
        names, file = self._names, self._file
        function = node.func if isinstance(node, ast.Call) else node
        called = names.original(function)
        order = _PARAMETERS.get(called, ())
        if "postgresql" in names.path(function) and called in ("TIMESTAMP", "TIME"):
            order = _WITH_PRECISION
        elif called == "INTERVAL":
            order = ("precision", "fields")
        given = {name: value for name, value in found.given.items() if name in order or value is not None}
        if any(name not in order for name in given):
            return None
        if not isinstance(node, ast.Call):
            return self._called(node, given, order)
        parts = file.parts(node)
        if parts is None or any(isinstance(one, ast.Starred) for one in node.args):
            return None
        edits: list[Edit] = []
        kept = len(parts.items)
        for name, value in given.items():
            now = _argument(node, order, name)
            if now is None and value is not None:
                plain = name in ("length", "dim", "precision") and not node.args and order[0] == name
                edits += file.inserted(parts, 0, value) if plain and parts.items else []
                edits += file.appended(parts, value if plain else f"{name}={value}") if not plain or not kept else []
            elif now is not None and value is None:
                index = next(at for at, one in enumerate(parts.items) if one.node in (now, file.holders[now]))
                edits += file.removed(node, parts, index)
                kept -= 1
            elif now is not None and value is not None and file.source(now) != value:
                edits.append(file.replace(now, value))
        if not kept and all(value is None for value in given.values()) and parts.items:
            return [file.edit(file.span(node.func)[1], file.span(node)[1], "")]
        return edits

    def _called(self, node: ast.expr, given: dict[str, str | None], order: tuple[str, ...]) -> list[Edit]:
        """`String` becomes `String(20)`."""
        end = self._file.span(node)[1]
        texts: list[str] = []
        for name, value in given.items():
            if value is not None:
                plain = name in ("length", "dim", "precision", "scale") and order.index(name) == len(texts)
                texts.append(value if plain else f"{name}={value}")
        return [self._file.edit(end, end, f"({', '.join(texts)})")] if texts else []


def _argument(call: ast.Call, order: tuple[str, ...], name: str) -> ast.expr | None:
    for one in call.keywords:
        if one.arg == name:
            return one.value
    index = order.index(name)
    return call.args[index] if index < len(call.args) else None


#: PostgreSQL's type → the Python type of its values.
_PYTHON: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("integer", "bigint", "smallint"), ("", "int")), "boolean": ("", "bool"),
    **dict.fromkeys(("text", "character varying", "character", "citext", "inet", "cidr", "macaddr"), ("", "str")),
    "numeric": ("decimal", "Decimal"), "real": ("", "float"), "double precision": ("", "float"),
    "date": ("datetime", "date"), "interval": ("datetime", "timedelta"), "uuid": ("uuid", "UUID"),
    "json": ("typing", "Any"), "jsonb": ("typing", "Any"), "bytea": ("", "bytes"),
    "blob": ("", "bytes"), "int": ("", "int"), **dict.fromkeys(("varchar", "char"), ("", "str")),
    "decimal": ("decimal", "Decimal"), "datetime": ("datetime", "datetime"),
    **dict.fromkeys(("float", "double"), ("", "float")),
}  # fmt: skip
#: Annotations that say no more than the type of the column does.
PLAIN = frozenset(
    "int str bool float bytes Decimal datetime date time timedelta UUID Any dict list Dict List Sequence".split()
)


def python_type(type_: ColumnType, names: Names) -> Word:
    """The annotation of a column of this type: `datetime`, `list[str]`."""
    if type_.dimensions:
        inner = python_type(type_.element, names)
        return Word(f"list[{inner.text}]", inner.edits)
    module, name = python_name(type_)
    return names.word(module, name) if module else Word(name)


def python_name(type_: ColumnType) -> tuple[str, str]:
    if type_.dimensions:
        return "", "list"
    if type_.name.startswith("timestamp"):
        return "datetime", "datetime"
    if type_.name.startswith("time "):
        return "datetime", "time"
    if type_.name.startswith("interval"):
        return "datetime", "timedelta"
    return _PYTHON.get(type_.name, ("", "str"))
