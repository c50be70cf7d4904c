"""A table as SQLAlchemy's Inspector describes one, for a program whose statements are being replayed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import Check, Column, ForeignKey, Index, PrimaryKey, Unique
from .entries import TableEntry, ViewEntry
from .enum_labels import EnumEntry
from .session import Session


def table(session: Session, schema: str | None, name: str) -> dict[str, Any] | None:
    """A table or view; None if there is none."""
    found = session.find(schema, name)
    if isinstance(found, ViewEntry):
        return {"columns": [], "primary_key": {"constrained_columns": [], "name": None}, "foreign_keys": [],
                "uniques": [], "checks": [], "indexes": [], "comment": None}  # fmt: skip
    if not isinstance(found, TableEntry):
        return None
    items = list(found.constraints.values())
    key = found.primary_key
    return {
        "columns": [_column(session, found, column) for column in found.columns.values()],
        "primary_key": {"constrained_columns": list(key.columns) if key else [], "name": key.name if key else None},
        "foreign_keys": [_foreign_key(item) for item in items if isinstance(item, ForeignKey)],
        "uniques": [_unique(item) for item in items if isinstance(item, Unique)],
        "checks": [{"name": item.name, "sqltext": item.expression.sql} for item in items if isinstance(item, Check)],
        "indexes": list(_indexes(found)),
        "comment": found.comment,
    }


def _column(session: Session, owner: TableEntry, column: Column) -> dict[str, Any]:
    type_ = column.type
    key = session.type_key(type_.schema, type_.name)
    entry = session.catalog.types.get(key) if key is not None else None
    required = any(isinstance(one, PrimaryKey) and column.name in one.columns for one in owner.constraints.values())
    generated, identity = column.generated, column.identity
    return {
        "name": column.name,
        "type": long_name(type_.name),
        "arguments": list(type_.modifiers),
        "dimensions": type_.dimensions,
        "type_schema": key[0] if key is not None and key[0] != "public" else None,
        "labels": list(entry.values) if isinstance(entry, EnumEntry) else None,
        "nullable": column.nullable and not required,
        "default": column.default.sql if column.default is not None else None,
        "comment": column.comment,
        "computed": {"sqltext": generated.expression.sql, "persisted": bool(generated.stored)} if generated else None,
        "identity": {"always": identity.always} if identity else None,
    }


#: What the catalog calls types that SQLAlchemy writes shortly.
_LONG = {
    "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "bool": "boolean", "float8":
    "double precision", "float4": "real", "varchar": "character varying", "char": "character", "decimal": "numeric",
    "timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone", "time":
    "time without time zone", "timetz": "time with time zone", "float": "double precision",
}  # fmt: skip


def long_name(name: str) -> str:
    """The type's name as `format_type` writes it."""
    return _LONG.get(name, name)


def _foreign_key(item: ForeignKey) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if item.on_delete != "no action":
        options["ondelete"] = item.on_delete.upper()
    if item.on_update != "no action":
        options["onupdate"] = item.on_update.upper()
    if item.deferrable:
        options["deferrable"] = True
    if item.initially_deferred:
        options["initially"] = "DEFERRED"
    return {
        "name": item.name,
        "constrained_columns": list(item.columns),
        "referred_schema": item.target_schema if item.target_schema != "public" else None,
        "referred_table": item.target_table,
        "referred_columns": list(item.target_columns),
        "options": options,
        "comment": None,
    }


def _unique(item: Unique) -> dict[str, Any]:
    return {"name": item.name, "column_names": list(item.columns), "comment": None}


def _indexes(owner: TableEntry) -> Iterator[dict[str, Any]]:
    """Those of unique constraints among them, as PostgreSQL lists them."""
    for item in owner.indexes.values():
        yield _index(item)
    for constraint in owner.constraints.values():
        if isinstance(constraint, Unique):
            yield {"name": constraint.name, "column_names": list(constraint.columns), "unique": True,
                   "duplicates_constraint": constraint.name, "include_columns": [],
                   "dialect_options": {"postgresql_include": []}}  # fmt: skip


def _index(item: Index) -> dict[str, Any]:
    options: dict[str, Any] = {"postgresql_include": list(item.include)}
    if item.method != "btree":
        options["postgresql_using"] = item.method
    if item.predicate is not None:
        options["postgresql_where"] = item.predicate.sql
    found: dict[str, Any] = {
        "name": item.name,
        "unique": item.unique,
        "column_names": [key.column for key in item.keys],
        "include_columns": list(item.include),
        "dialect_options": options,
    }
    if any(key.column is None for key in item.keys):
        found["expressions"] = [key.column or (key.expression.sql if key.expression else "") for key in item.keys]
    return found
