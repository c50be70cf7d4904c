"""A column as `drizzle-orm/sqlite-core` declares it: `createdAt: integer('created_at').notNull().default(sql`…`)`."""

from __future__ import annotations

import re

from ...dialects.sqlite.text import default as written_default
from ...dialects.sqlite.types import affinity
from ...model import Column, ColumnType, Expression

CORE = "sqlite-core"

#: The functions that generated text calls to make a column.
COLUMNS = frozenset({"integer", "text", "real", "numeric", "blob"})
#: What is called otherwise than in pg-core.
NAMES = {
    "pgTable": "sqliteTable",
    "AnyPgColumn": "AnySQLiteColumn",
    "PgTableExtraConfig": "SQLiteTableExtraConfig",
    "PgTableExtraConfigValue": "SQLiteTableExtraConfigValue",
}


def type_of(type_: ColumnType, name: str) -> str:
    """The call that makes a column of the type's affinity; `name` is in quotes."""
    kind = affinity(type_)
    sized = kind == "text" and len(type_.modifiers) == 1 and type_.modifiers[0].isdigit()
    return f"{kind}({name}{f', {{ length: {type_.modifiers[0]} }}' if sized else ''})"


def is_said(type_: ColumnType) -> bool:
    """Whether a function says the type by its very word."""
    return type_.name in COLUMNS and (not type_.modifiers or type_.name == "text")


def key_of(column: Column) -> str:
    """The call that makes a column the primary key."""
    return ".primaryKey({ autoIncrement: true })" if column.identity is not None else ".primaryKey()"


def filled(column: Column, template: str) -> str:
    """The call that says what the column is computed as."""
    assert column.generated is not None
    mode = "stored" if column.generated.stored else "virtual"
    return f".generatedAlwaysAs({template}, {{ mode: '{mode}' }})"


def constant(column: Column) -> str | None:
    """The default as a value of TypeScript, if it is a constant that one can be; text is left to who quotes."""
    text = column.default.sql.strip() if column.default is not None else ""
    number = re.fullmatch(r"('?)([+-]?\d+(?:\.\d+)?)\1", text)
    if number and affinity(column.type) in ("integer", "real"):
        return number[2].removeprefix("+")
    if number and affinity(column.type) == "numeric":
        return f"'{number[2]}'"
    if affinity(column.type) == "integer" and text.lower() in ("true", "false"):
        return "1" if text.lower() == "true" else "0"
    return None


def string(column: Column) -> str | None:
    """What a default of text says."""
    text = column.default.sql.strip() if column.default is not None else ""
    if affinity(column.type) == "text" and re.fullmatch(r"'(?:[^']|'')*'", text):
        return text[1:-1].replace("''", "'")
    return None


def in_brackets(default: Expression) -> Expression:
    """As SQLite takes it behind DEFAULT."""
    return Expression(written_default(default))


def value_in_mode(value: str, function: str, mode: str) -> str | None:
    """A value as the application has those of a column in that mode; None if only SQL can say it."""
    if mode == "boolean":
        return {"1": "true", "0": "false"}.get(value)
    if mode == "bigint":
        return value.strip("'") + "n" if re.fullmatch(r"'?-?\d+'?", value) else None
    if function == "numeric" and mode == "number":
        return value.strip("'")
    return value if mode in ("", "number", "text", "string") and function != "blob" else None
