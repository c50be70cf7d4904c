"""A column as Drizzle declares it: `createdAt: timestamp('created_at', { withTimezone: true }).notNull()`."""

from __future__ import annotations

import json
import re

from ...differ.serials import counts
from ...model import (
    DEFAULT_SCHEMA,
    Column,
    ColumnType,
    Expression,
    ForeignKey,
    Identity,
    PrimaryKey,
    Schema,
    Table,
    truncate,
)
from ...sql.tokens import END
from ...sql.types import without_casts
from ..spelling import Spelling
from . import sqlite_text

_PLAIN = {
    "integer": "integer", "smallint": "smallint", "boolean": "boolean", "text": "text", "real": "real",
    "double precision": "doublePrecision", "date": "date", "uuid": "uuid", "json": "json", "jsonb": "jsonb",
    "inet": "inet", "cidr": "cidr", "macaddr": "macaddr", "macaddr8": "macaddr8", "interval": "interval",
    "point": "point", "line": "line",
}  # fmt: skip

_SERIAL = {"integer": "serial", "smallint": "smallserial", "bigint": "bigserial"}

#: Types whose one modifier Drizzle calls by another word.
_SIZED = {
    "character varying": ("varchar", "length"),
    "character": ("char", "length"),
    "bit": ("bit", "dimensions"),
    "vector": ("vector", "dimensions"),
    "halfvec": ("halfvec", "dimensions"),
    "sparsevec": ("sparsevec", "dimensions"),
}


def quoted(text: str) -> str:
    """`text` as a string literal in single quotes."""
    return "'" + json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def template(expression: Expression) -> str:
    """An expression as a `sql` template."""
    text = expression.sql.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"sql`{text}`"


def options(**pairs: str | None) -> str:
    """`{ key: value, … }` of what is given; empty if nothing is."""
    given = [f"{key}: {value}" for key, value in pairs.items() if value is not None]
    return f"{{ {', '.join(given)} }}" if given else ""


def builder(column: Column, table: Table, words: Spelling) -> str:
    """The calls that make a column, under its name: all but its property."""
    parts = [type_of(column, words), ".array()" * column.type.dimensions]
    key = table.primary_key.columns if table.primary_key is not None else ()
    if key == (column.name,) and table.primary_key is not None and table.primary_key.name == f"{table.name}_pkey":
        parts.append(sqlite_text.key_of(column) if words.core == sqlite_text.CORE else ".primaryKey()")
    elif not column.nullable and not counts(column):
        parts.append(".notNull()")
    on_it = (one for one in table.foreign_keys if one.columns == (column.name,))
    own = (references(one, words) for one in on_it if said_by_column(one, table, words.core))
    return "".join([*parts, filling(column, words), *own])


def said_by_column(key: ForeignKey, table: Table, core: str) -> bool:
    """Whether `.references()` says all of `key`: it has Drizzle's own name, or none in an engine that gives none."""
    names = (table.name, *key.columns, key.target_table, *key.target_columns, "fk")
    return len(key.columns) == 1 and (is_nameless(key, core) or key.name == truncate("_".join(names)))


def is_nameless(key: ForeignKey | PrimaryKey, core: str) -> bool:
    return core == sqlite_text.CORE and "name" in key.unknown


def type_of(column: Column, words: Spelling) -> str:
    """The call that makes a column of the type, under its name: `varchar('email', { length: 320 })`."""
    type_, name = column.type, quoted(column.name)
    if words.core == sqlite_text.CORE:
        return sqlite_text.type_of(type_, name)
    if counts(column) and type_.name in _SERIAL:
        mode = ", { mode: 'number' }" if type_.name == "bigint" else ""
        return f"{_SERIAL[type_.name]}({name}{mode})"
    if type_.schema is not None or type_.quoted or is_enum(type_, words.schema):
        return f"{_own(type_, words)}({name})"
    if type_.name == "interval" and type_.modifiers:
        return f"interval({name}, {{ precision: {type_.modifiers[0]} }})"
    function, given = _built_in(type_)
    return f"{function}({name}{', ' + given if given else ''})"


def _built_in(type_: ColumnType) -> tuple[str, str]:
    """The function that makes a column of the type, and the options it is given."""
    sizes = type_.modifiers
    if type_.name in _PLAIN:
        return _PLAIN[type_.name], ""
    if type_.name == "bigint":
        return "bigint", "{ mode: 'number' }"
    if type_.name == "numeric":
        precision, scale = (*sizes, None, None)[:2]
        return "numeric", options(precision=precision, scale=scale)
    if type_.name.startswith(("timestamp ", "time ")):
        zone = "true" if type_.name.endswith("with time zone") else None
        return type_.name.split()[0], options(precision=sizes[0] if sizes else None, withTimezone=zone)
    if type_.name in _SIZED:
        function, word = _SIZED[type_.name]
        return function, options(**{word: sizes[0] if sizes else None})
    return f"customType({{ dataType: () => {quoted(str(type_.element))} }})", ""


def is_enum(type_: ColumnType, schema: Schema) -> bool:
    """Whether the type, apart from an array's elements, is an enum that the schema declares."""
    return any((one.schema, one.name) == (type_.schema or DEFAULT_SCHEMA, type_.name) for one in schema.enums)


def _own(type_: ColumnType, words: Spelling) -> str:
    if is_enum(type_, words.schema):
        return words.enum((type_.schema or DEFAULT_SCHEMA, type_.name))
    return f"customType({{ dataType: () => {quoted(str(type_.element))} }})"


def filling(column: Column, words: Spelling) -> str:
    """The call that says what fills the column: what it is generated as, its identity, its default; or nothing."""
    is_sqlite = words.core == sqlite_text.CORE
    if column.generated is not None and is_sqlite:
        return sqlite_text.filled(column, template(column.generated.expression))
    if column.generated is not None:
        return f".generatedAlwaysAs({template(column.generated.expression)})"
    if column.identity is not None:
        return "" if is_sqlite else _identity(column.identity)
    if column.default is not None and not counts(column):
        return default_of(column, words)
    return ""


def _identity(identity: Identity) -> str:
    given = options(
        name=quoted(identity.sequence_name) if identity.sequence_name is not None else None,
        startWith=_number(identity.start),
        increment=_number(identity.increment),
        minValue=_number(identity.minimum),
        maxValue=_number(identity.maximum),
        cache=_number(identity.cache),
        cycle="true" if identity.cycle else None,
    )
    return f".generated{'Always' if identity.always else 'ByDefault'}AsIdentity({given})"


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


#: Types whose values Drizzle has as strings.
_STRINGS = frozenset({"text", "character varying", "character", "numeric", "uuid", "inet", "cidr", "macaddr", "date"})


def default_of(column: Column, words: Spelling) -> str:
    """The call that sets the column's default; empty if it has none."""
    default, type_ = column.default, column.type
    if default is None:
        return ""
    if words.core == sqlite_text.CORE:
        string = sqlite_text.string(column)
        value = quoted(string) if string is not None else sqlite_text.constant(column)
        return f".default({value if value is not None else template(sqlite_text.in_brackets(default))})"
    text = default.sql.strip()
    if text.lower() in ("now()", "current_timestamp") and type_.name.startswith(("timestamp", "date", "time ")):
        return ".defaultNow()"
    if text.lower() == "gen_random_uuid()" and type_.name == "uuid":
        return ".defaultRandom()"
    value = _value(text, type_, words.schema)
    return f".default({value if value is not None else template(default)})"


def _value(text: str, type_: ColumnType, schema: Schema) -> str | None:
    """A constant as a value of TypeScript; None if only SQL can say it."""
    whole = re.fullmatch(r"('?)(-?\d+)(?:\.0+)?\1", text)
    if whole and type_.name in ("integer", "smallint", "bigint") and not type_.dimensions:
        return whole[2]
    if re.fullmatch(r"-?\d+(\.\d+)?", text) and type_.name in ("real", "double precision"):
        return text
    if re.fullmatch(r"-?\d+(\.\d+)?", text) and type_.name == "numeric":
        return f"'{text}'"
    if text.lower() in ("true", "false"):
        return text.lower()
    bare = without_casts(text)
    if not (bare.at_string and bare.peek().kind == END):
        return None
    inside = bare.token.value
    if type_.dimensions:
        return "[]" if inside == "{}" else None
    if type_.name in ("json", "jsonb"):
        return _json(inside)
    return quoted(inside) if type_.name in _STRINGS or is_enum(type_, schema) else None


def _json(text: str) -> str | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else None


def references(key: ForeignKey, words: Spelling) -> str:
    """The call that says a foreign key of one column."""
    target = key.target_schema, key.target_table
    column = words.property(target, key.target_columns[0]) if key.target_columns else "id"
    typed, given = ": AnyPgColumn" if words.leads_back(key) else "", actions(key)
    return f".references((){typed} => {words.table(target)}.{column}{', ' + given if given else ''})"


def actions(key: ForeignKey) -> str:
    return options(
        onDelete=quoted(key.on_delete) if key.on_delete != "no action" else None,
        onUpdate=quoted(key.on_update) if key.on_update != "no action" else None,
    )
