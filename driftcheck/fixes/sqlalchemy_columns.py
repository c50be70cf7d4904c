"""A column as a SQLAlchemy model declares it: `at: Mapped[datetime] = mapped_column(DateTime(timezone=True))`."""

from __future__ import annotations

import json

from ..differ.serials import counts
from ..model import Column, ColumnType, ForeignKey, Identity, Schema, Table
from ..sql import tokens_of
from .spelling import Spelling

#: PostgreSQL's type → SQLAlchemy's, and the Python type of `Mapped[…]`.
_TYPES = {
    "integer": ("Integer", "int"), "bigint": ("BigInteger", "int"), "smallint": ("SmallInteger", "int"),
    "boolean": ("Boolean", "bool"), "text": ("Text", "str"), "character varying": ("String", "str"),
    "character": ("CHAR", "str"), "numeric": ("Numeric", "Decimal"), "real": ("REAL", "float"),
    "double precision": ("Double", "float"), "date": ("Date", "date"), "interval": ("Interval", "timedelta"),
    "uuid": ("Uuid", "UUID"), "json": ("JSON", "Any"), "jsonb": ("JSONB", "Any"), "bytea": ("LargeBinary", "bytes"),
    "inet": ("INET", "str"), "cidr": ("CIDR", "str"), "macaddr": ("MACADDR", "str"), "tsvector": ("TSVECTOR", "str"),
    "citext": ("CITEXT", "str"), "hstore": ("HSTORE", "dict[str, str]"), "vector": ("Vector", "list[float]"),
}  # fmt: skip


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def call(function: str, *positional: str, **named: str | None) -> str:
    given = [*positional, *(f"{key}={value}" for key, value in named.items() if value is not None)]
    return f"{function}({', '.join(given)})"


def line(column: Column, table: Table, words: Spelling) -> str:
    """The column's whole line, in the style of the models: `mapped_column`, `Column`, or an argument of `Table`."""
    style, attribute = words.style(table.key), words.attribute(table.key, column.name)
    given = [quoted(column.name)] if style == "Table" or attribute != column.name else []
    given.append(_collated(type_of(column.type, words.schema), column.collation))
    given += [_reference(key) for key in table.foreign_keys if key.columns == (column.name,)]
    if column.identity is not None:
        given.append(_identity(column.identity))
    if column.generated is not None:
        given.append(call("Computed", quoted(column.generated.expression.sql), persisted=str(column.generated.stored)))
    own = table.primary_key is not None and column.name in table.primary_key.columns
    named = {
        "primary_key": "True" if own else None,
        "autoincrement": "False" if own and not counts(column) and column.type.name in ("integer", "bigint") else None,
        "nullable": "False" if style != "mapped_column" and not (column.nullable or own) else None,
        "server_default": _server_default(column),
        "comment": quoted(column.comment) if column.comment is not None else None,
    }
    if style != "mapped_column":
        text = call("Column", *given, **named)
        return f"{text}," if style == "Table" else f"{attribute} = {text}"
    python = _python(column.type)
    mapped = f"{python} | None" if column.nullable else python
    return f"{attribute}: Mapped[{mapped}] = {call('mapped_column', *given, **named)}"


def _collated(type_: str, collation: str | None) -> str:
    if collation is None or type_.startswith("ARRAY"):
        return type_
    function, _, rest = type_.partition("(")
    return call(function, *([rest.removesuffix(")")] if rest else []), collation=quoted(collation))


def type_of(type_: ColumnType, schema: Schema) -> str:
    if type_.dimensions:
        return f"ARRAY({type_of(type_.element, schema)})"
    for enum in schema.enums:
        if (enum.schema, enum.name) == (type_.schema or "public", type_.name):
            return call("Enum", *map(quoted, enum.values), name=quoted(enum.name))
    if type_.name.startswith(("timestamp ", "time ")):
        function = "DateTime" if type_.name.startswith("timestamp") else "Time"
        if type_.modifiers:
            zone = "True" if type_.name.endswith("with time zone") else None
            return call(type_.name.split()[0].upper(), timezone=zone, precision=type_.modifiers[0])
        return function + ("(timezone=True)" if type_.name.endswith("with time zone") else "")
    function, _ = _TYPES.get(type_.name, (f"UserDefined({quoted(str(type_))})", ""))
    sized = type_.modifiers and type_.name in _TYPES
    return f"{function}({', '.join(type_.modifiers)})" if sized else function


def _python(type_: ColumnType) -> str:
    if type_.dimensions:
        return f"list[{_python(type_.element)}]"
    if type_.name.startswith("timestamp "):
        return "datetime"
    if type_.name.startswith("time "):
        return "time"
    return _TYPES.get(type_.name, ("", "str"))[1]


def _server_default(column: Column) -> str | None:
    if column.default is None or counts(column):
        return None
    text = column.default.sql.strip()
    if text.lower() in ("now()", "current_timestamp"):
        return "func.now()"
    token, *rest = tokens_of(text)
    if token.is_string and len(rest) == 1:
        return quoted(token.value)
    return f"text({quoted(text)})"


def _identity(identity: Identity) -> str:
    return call("Identity", **_counting(identity, always="True" if identity.always else None))


def _counting(identity: Identity, **first: str | None) -> dict[str, str | None]:
    return {
        **first,
        "start": _number(identity.start),
        "increment": _number(identity.increment),
        "minvalue": _number(identity.minimum),
        "maxvalue": _number(identity.maximum),
        "cache": _number(identity.cache),
        "cycle": "True" if identity.cycle else None,
    }


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def target(key: ForeignKey, column: str) -> str:
    schema = [] if key.target_schema == "public" else [key.target_schema]
    return quoted(".".join([*schema, key.target_table, column]))


def actions(key: ForeignKey) -> dict[str, str | None]:
    return {
        "ondelete": quoted(key.on_delete.upper()) if key.on_delete != "no action" else None,
        "onupdate": quoted(key.on_update.upper()) if key.on_update != "no action" else None,
        "deferrable": "True" if key.deferrable else None,
        "initially": '"DEFERRED"' if key.initially_deferred else None,
    }


def _reference(key: ForeignKey) -> str:
    return call("ForeignKey", target(key, (*key.target_columns, "id")[0]), name=quoted(key.name), **actions(key))
