"""Types, columns and conditions as a revision of Alembic writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ...differ.serials import counts
from ...model import (
    Check,
    Column,
    ColumnType,
    Exclusion,
    ForeignKey,
    Index,
    IndexKey,
    PrimaryKey,
    Schema,
    Table,
    Unique,
)

#: What SQLAlchemy would take for a parameter in a text of SQL.
_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w)")
_TYPES = {
    "integer": "sa.Integer", "bigint": "sa.BigInteger", "smallint": "sa.SmallInteger", "boolean": "sa.Boolean",
    "text": "sa.Text", "character varying": "sa.String", "character": "sa.CHAR", "numeric": "sa.Numeric",
    "real": "sa.REAL", "double precision": "postgresql.DOUBLE_PRECISION", "date": "sa.Date",
    "uuid": "postgresql.UUID", "json": "postgresql.JSON", "jsonb": "postgresql.JSONB", "bytea": "postgresql.BYTEA",
    "inet": "postgresql.INET", "cidr": "postgresql.CIDR", "macaddr": "postgresql.MACADDR",
    "tsvector": "postgresql.TSVECTOR", "interval": "postgresql.INTERVAL", "oid": "postgresql.OID",
    "money": "postgresql.MONEY", "bit": "postgresql.BIT",
}  # fmt: skip
#: Types that take what is in their brackets in the order in which PostgreSQL writes it.
_SIZED = frozenset({"character varying", "character", "numeric", "bit"})


class Unspoken(Exception):
    """What no call of Alembic or SQLAlchemy says, as a clause."""


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def sql_text(text: str) -> str:
    """A text of SQL as SQLAlchemy takes it: a colon before a word is no parameter."""
    return quoted(_PARAMETER.sub(r"\\:", text))


def call(function: str, *given: str, **named: str | None) -> str:
    words = [*given, *(f"{name}={value}" for name, value in named.items() if value is not None)]
    return f"{function}({', '.join(words)})"


def listed(names: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, names))}]"


def schema(name: str) -> str | None:
    return None if name == "public" else quoted(name)


def type_of(type_: ColumnType, among: Schema) -> str:
    """Raises Unspoken for a type that SQLAlchemy does not bring."""
    if type_.dimensions:
        return f"postgresql.ARRAY({type_of(type_.element, among)})"
    if any((enum.schema, enum.name) == (type_.schema or "public", type_.name) for enum in among.enums):
        return call("postgresql.ENUM", name=quoted(type_.name), schema=schema(type_.schema or "public"),
                    create_type="False")  # fmt: skip
    if type_.name.startswith(("timestamp ", "time ")):
        made = "postgresql.TIMESTAMP" if type_.name.startswith("timestamp") else "postgresql.TIME"
        zone = "True" if type_.name.endswith("with time zone") else None
        return call(made, timezone=zone, precision=type_.modifiers[0] if type_.modifiers else None)
    made = _TYPES.get(type_.name, "")
    if not made or type_.schema is not None or (type_.modifiers and type_.name not in _SIZED):
        raise Unspoken(f"SQLAlchemy has no type for {type_}")
    return call(made, *type_.modifiers)


def default(column: Column) -> str | None:
    return None if column.default is None or counts(column) else f"sa.text({sql_text(column.default.sql)})"


def column(one: Column, among: Schema, *, counting: bool = True, key: bool = False) -> str:
    """`sa.Column(…)`; what counts by itself does so only where it is the `key` of its table."""
    if counts(one) and not counting:
        raise Unspoken("a serial column is made with its table, or as SQL")
    given = [quoted(one.name), type_of(one.type, among)]
    if one.identity is not None:
        identity = one.identity
        numbers = {"start": identity.start, "increment": identity.increment, "minvalue": identity.minimum,
                   "maxvalue": identity.maximum, "cache": identity.cache}  # fmt: skip
        said = {name: str(value) for name, value in numbers.items() if value is not None}
        given.append(call("sa.Identity", always=str(identity.always), **said, cycle="True" if identity.cycle else None))
    if one.generated is not None:
        given.append(call("sa.Computed", sql_text(one.generated.expression.sql), persisted=str(one.generated.stored)))
    if one.collation is not None or one.storage is not None or one.compression is not None:
        raise Unspoken("its collation or storage is written as SQL only")
    return call("sa.Column", *given, nullable=None if one.nullable else "False", server_default=default(one),
                autoincrement="False" if key and not counts(one) and one.identity is None else None,
                comment=quoted(one.comment) if one.comment is not None else None)  # fmt: skip


def _timing(key: PrimaryKey | ForeignKey | Unique | Exclusion) -> dict[str, str | None]:
    return {
        "deferrable": "True" if key.deferrable else None,
        "initially": '"DEFERRED"' if key.initially_deferred else None,
    }


def foreign_key(key: ForeignKey, table: Table) -> str:
    if key.delete_columns or key.period or not key.enforced or not key.validated or not key.target_columns:
        raise Unspoken("this foreign key is written as SQL only")
    return call(
        "op.create_foreign_key", quoted(key.name), quoted(table.name), quoted(key.target_table), listed(key.columns),
        listed(key.target_columns), ondelete=_action(key.on_delete), onupdate=_action(key.on_update), **_timing(key),
        match='"FULL"' if key.match == "full" else None, source_schema=schema(table.schema),
        referent_schema=schema(key.target_schema),
    )  # fmt: skip


def _action(action: str) -> str | None:
    return None if action == "no action" else quoted(action.upper())


def unique(key: Unique, table: Table) -> str:
    if key.without_overlaps:
        raise Unspoken("WITHOUT OVERLAPS is written as SQL only")
    return call(
        "op.create_unique_constraint", quoted(key.name), quoted(table.name), listed(key.columns), **_timing(key),
        schema=schema(table.schema), postgresql_include=listed(key.include) if key.include else None,
        postgresql_nulls_not_distinct=None if key.nulls_distinct else "True",
    )  # fmt: skip


def check(one: Check, table: Table) -> str:
    if one.no_inherit or not one.validated or not one.enforced:
        raise Unspoken("this check is written as SQL only")
    given = (f"op.f({quoted(one.name)})", quoted(table.name), sql_text(one.expression.sql))
    return call("op.create_check_constraint", *given, schema=schema(table.schema))


def primary_key(key: PrimaryKey, table: Table) -> str:
    if key.include or key.without_overlaps:
        raise Unspoken("this key is written as SQL only")
    given = (quoted(key.name), quoted(table.name), listed(key.columns))
    return call("op.create_primary_key", *given, schema=schema(table.schema), **_timing(key))


def index(one: Index, table: Table) -> str:
    if one.only or one.tablespace or any(key.opclass_options or key.collation for key in one.keys):
        raise Unspoken("this index is written as SQL only")
    if any(key.opclass and key.column is None for key in one.keys):
        raise Unspoken("an operator class of an expression is written as SQL only")
    classes = ", ".join(f"{quoted(key.column or '')}: {quoted(key.opclass)}" for key in one.keys if key.opclass)
    return call(
        "op.create_index", quoted(one.name), quoted(table.name), f"[{', '.join(map(_key, one.keys))}]",
        unique="True" if one.unique else None, schema=schema(table.schema),
        postgresql_using=quoted(one.method) if one.method != "btree" else None,
        postgresql_ops=f"{{{classes}}}" if classes else None,
        postgresql_include=listed(one.include) if one.include else None,
        postgresql_where=f"sa.text({sql_text(one.predicate.sql)})" if one.predicate is not None else None,
        postgresql_with=repr(dict(one.options)) if one.options else None,
        postgresql_nulls_not_distinct=None if one.nulls_distinct else "True",
    )  # fmt: skip


def _key(key: IndexKey) -> str:
    if key.column is not None and not key.descending and not key.nulls_first:
        return quoted(key.column)
    text = (
        f"sa.text({sql_text('(' + key.expression.sql + ')')})"
        if key.expression
        else f"sa.column({quoted(key.column or '')})"
    )
    text += ".desc()" if key.descending else ""
    if key.nulls_first != key.descending:
        text += ".nulls_first()" if key.nulls_first else ".nulls_last()"
    return text


def table(one: Table, among: Schema) -> tuple[str, ...]:
    """`op.create_table(…)` with columns and primary key. Raises Unspoken for a table that only SQL makes."""
    plain = (one.partition_by, one.partition_of, one.of_type, one.tablespace)
    if any(plain) or one.inherits or one.unlogged or one.options or one.exclusions or one.row_security:
        raise Unspoken("this table is written as SQL only")
    own = one.primary_key.columns if one.primary_key is not None else ()
    lines = [quoted(one.name)]
    for each in one.columns:
        counting = own == (each.name,)
        lines.append(column(each, among, counting=counting, key=counting))
    if (key := one.primary_key) is not None:
        if key.include or key.without_overlaps or key.deferrable:
            raise Unspoken("this key is written as SQL only")
        lines.append(call("sa.PrimaryKeyConstraint", *map(quoted, key.columns), name=quoted(key.name)))
    if one.schema != "public":
        lines.append(f"schema={quoted(one.schema)}")
    if one.comment is not None:
        lines.append(f"comment={quoted(one.comment)}")
    return ("op.create_table(", *(f"    {line}," for line in lines), ")")
