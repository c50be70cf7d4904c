"""Columns, tables and schemas for tests, and what `normalize` makes of them."""

from __future__ import annotations

from dataclasses import replace

from driftcheck.model import (
    Column,
    Expression,
    Schema,
    Table,
)
from driftcheck.model.serial import owned_sequence
from driftcheck.normalize import normalize
from driftcheck.sql import parse_type


def column(name: str, type_: str, default: str | None = None, **facts: object) -> Column:
    expression = Expression(default) if default is not None else None
    return Column(name=name, type=parse_type(type_), default=expression, **facts)  # type: ignore[arg-type]


def table(*columns: Column, name: str = "t", **facts: object) -> Table:
    return Table(schema="public", name=name, columns=columns, **facts)  # type: ignore[arg-type]


def one(*columns: Column, schema: Schema = Schema(), **facts: object) -> Table:
    """The only table of a normalized schema."""
    return normalize(replace(schema, tables=(table(*columns, **facts),))).tables[0]


def serial(name: str = "id", type_: str = "integer", sequence: str | None = None, **options: object) -> Schema:
    made, default = owned_sequence("public", "t", name, type_)
    if sequence:
        made, default = replace(made, name=sequence), Expression(f"nextval('public.{sequence}'::regclass)")
    made = replace(made, **options)  # type: ignore[arg-type]
    held = Column(name=name, type=parse_type(type_), nullable=False, default=default)
    return Schema(tables=(table(held),), sequences=(made,))
