"""Random schemas: tables with every kind of key, check and index, and types of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from driftcheck.model import (
    Attribute,
    Check,
    Column,
    CompositeType,
    Domain,
    Enum,
    Exclusion,
    ExclusionElement,
    ForeignKey,
    Index,
    IndexKey,
    PrimaryKey,
    RangeType,
    Schema,
    Table,
    Unique,
)
from driftcheck.sql import parse_type

from .mutations import EVERYTHING, e

TYPES = ["text", "integer", "numeric(10,2)", "timestamp with time zone", "uuid", "boolean", "jsonb", "text[]"]
DEFAULTS = [None, e("now()"), e("0"), e("'x'")]


@st.composite
def columns(draw: Any, number: int) -> tuple[Column, ...]:
    """Two key columns, two that others refer to, some that nothing touches, and one of a type of its own."""
    made = [Column(name=f"id_{i}", type=parse_type("integer"), nullable=False) for i in range(2)]
    made += [Column(name=f"ref_{i}", type=parse_type("integer"), nullable=draw(st.booleans())) for i in range(2)]
    for i in range(draw(st.integers(1, 4))):
        default = draw(st.sampled_from(DEFAULTS)) if i else e("now()")
        type_ = parse_type(draw(st.sampled_from(TYPES)))
        made.append(Column(name=f"plain_{i}", type=type_, nullable=draw(st.booleans()), default=default))
    return (*made, Column(name="plain_only", type=parse_type(f"point_{number}")))


@st.composite
def tables(draw: Any, number: int) -> Table:
    name = f"t{number}"
    return Table(
        schema=draw(st.sampled_from(["public", "app"])) if number else "public",
        name=name,
        columns=draw(columns(number)),
        primary_key=PrimaryKey(name=f"{name}_pkey", columns=("id_0", "id_1")[: draw(st.integers(1, 2))]),
        foreign_keys=(
            ForeignKey(
                name=f"{name}_fk",
                columns=("ref_0",),
                target_schema="public",
                target_table="t0",
                target_columns=("id_0",),
                on_delete=draw(st.sampled_from(["no action", "cascade", "set null"])),
            ),
        ),
        uniques=(Unique(name=f"{name}_key", columns=("ref_0", "ref_1")),),
        exclusions=(Exclusion(name=f"{name}_excl", elements=(ExclusionElement(e("ref_1"), "="),)),),
        checks=(Check(name=f"{name}_check", expression=e("ref_0 > 0")), Check(name=f"{name}_c", expression=e("f(1)"))),
        indexes=draw(_indexes(name)),
    )


@st.composite
def _indexes(draw: Any, name: str) -> tuple[Index, ...]:
    made = [
        Index(
            name=f"{name}_index", keys=(IndexKey(column="ref_0"), IndexKey(column="ref_1")), unique=draw(st.booleans())
        )
    ]
    if draw(st.booleans()):
        made.append(Index(name=f"{name}_twin_a", keys=(IndexKey(column="ref_1"),)))
        made.append(Index(name=f"{name}_twin_b", keys=(IndexKey(column="ref_1"),)))
    return tuple(made)


@st.composite
def schemas(draw: Any) -> Schema:
    """A schema in which every mutation finds something to change."""
    count = draw(st.integers(1, 3))
    return replace(
        EVERYTHING,
        tables=tuple(draw(tables(number)) for number in range(count)),
        enums=(Enum(schema="public", name="mood", values=("sad", "ok", "happy")[: draw(st.integers(2, 3))]),),
        domains=(
            Domain(
                schema="public",
                name="email",
                type=parse_type("text"),
                checks=(Check(name="email_check", expression=e("value like '%@%'")),),
            ),
        ),
        composites=(CompositeType(schema="public", name="pair", attributes=(Attribute("a", parse_type("text")),)),),
        ranges=(RangeType(schema="public", name="span", subtype=parse_type("numeric")),),
    )


@st.composite
def shuffled(draw: Any, schema: Schema) -> Schema:
    """`schema` with everything in another order, apart from columns and labels, whose order means something."""
    collections = ("namespaces", "enums", "views", "policies", "functions", "triggers")
    inner = ("foreign_keys", "uniques", "checks", "indexes", "exclusions")
    mixed = [
        replace(table, **{name: tuple(draw(st.permutations(getattr(table, name)))) for name in inner})
        for table in draw(st.permutations(schema.tables))
    ]
    others = {name: tuple(draw(st.permutations(getattr(schema, name)))) for name in collections}
    return replace(schema, tables=tuple(mixed), **others)
