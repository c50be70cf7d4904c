"""Operator classes and collations that PostgreSQL would take anyway.

The defaults are those of `pg_opclass` (opcdefault); a test reads them from the server.
"""

from __future__ import annotations

from ..model import ColumnType, Table
from .expressions import Site
from .names import bare
from .types import UserTypes

#: What operator classes call the types that they are named after.
STEMS = {
    "bigint": "int8", "integer": "int4", "smallint": "int2", "boolean": "bool", "bytea": "bytea", "real": "float4",
    "double precision": "float8", "numeric": "numeric", "money": "money", "text": "text", "name": "name",
    "character varying": "text", "character": "bpchar", "bpchar": "bpchar", "char": "char", "bit": "bit",
    "bit varying": "varbit", "date": "date", "interval": "interval", "time without time zone": "time",
    "time with time zone": "timetz", "timestamp without time zone": "timestamp",
    "timestamp with time zone": "timestamptz", "inet": "inet", "cidr": "inet", "macaddr": "macaddr",
    "macaddr8": "macaddr8", "uuid": "uuid", "jsonb": "jsonb", "oid": "oid", "tsvector": "tsvector",
    "tsquery": "tsquery", "pg_lsn": "pg_lsn", "xid": "xid", "xid8": "xid8", "tid": "tid", "citext": "citext",
    "ltree": "ltree", "hstore": "hstore",
}  # fmt: skip
#: Types that a method serves though not by `stem_ops`, or not at all.
_MISSING = {
    "hash": {"money", "bit", "bit varying", "tsvector", "tsquery", "hstore"},
    "btree": {"xid"},
    "brin": {"boolean", "money", "jsonb", "tsvector", "tsquery", "xid", "xid8", "citext", "ltree", "hstore"},
}
#: Methods with few default classes.
_FEW = {
    "gin": {"jsonb": "jsonb_ops", "tsvector": "tsvector_ops", "hstore": "gin_hstore_ops"},
    "gist": {
        "box": "box_ops", "circle": "circle_ops", "point": "point_ops", "polygon": "poly_ops",
        "tsquery": "tsquery_ops", "tsvector": "tsvector_ops", "geometry": "gist_geometry_ops_2d",
        "geography": "gist_geography_ops", "ltree": "gist_ltree_ops", "hstore": "gist_hstore_ops",
    },
    "spgist": {
        "box": "box_ops", "inet": "inet_ops", "cidr": "inet_ops", "point": "quad_point_ops", "polygon": "poly_ops",
        "text": "text_ops", "character varying": "text_ops",
    },
    "ivfflat": {"vector": "vector_l2_ops"},
}  # fmt: skip
_RANGES = frozenset("int4range int8range numrange tsrange tstzrange daterange".split())
_MULTIRANGES = frozenset(name.replace("range", "multirange") for name in _RANGES)


def default_opclass(method: str, type_: ColumnType, enums: UserTypes) -> str | None:
    """The operator class that an index of `method` takes for the canonical `type_`; None if none is known."""
    if type_.dimensions:
        return "array_ops" if method in ("btree", "hash", "gin") else None
    if type_.schema is not None or (type_.name in enums and type_.name not in STEMS):
        return "enum_ops" if method in ("btree", "hash") and type_.name in enums else None
    if method in _FEW and type_.name in _FEW[method]:
        return _FEW[method][type_.name]
    if type_.name in _RANGES:
        return {"brin": "range_inclusion_ops", "gin": None}.get(method, "range_ops")
    if type_.name in _MULTIRANGES:
        return "multirange_ops" if method in ("btree", "hash", "gist") else None
    if type_.name == "box":
        return "box_inclusion_ops" if method == "brin" else None
    stem = STEMS.get(type_.name)
    if stem is None or type_.name in _MISSING.get(method, ()):
        return None
    if method == "brin":
        return "inet_inclusion_ops" if stem == "inet" else f"{stem}_minmax_ops"
    return f"{stem}_ops" if method in ("btree", "hash") else None


def canonical_opclass(opclass: str | None, method: str, type_: ColumnType | None, enums: UserTypes) -> str | None:
    """`opclass` without quotes or a schema that everybody searches, None if it is the default for `type_`."""
    if opclass is None:
        return None
    name = bare(opclass.replace('"', ""))
    return None if type_ is not None and default_opclass(method, type_, enums) == name else name


def canonical_collation(collation: str | None, column: str | None = None, table: Table | None = None) -> str | None:
    """`collation` without quotes and `pg_catalog`; None for the default one and for `column`'s own."""
    if collation is None:
        return None
    name = collation
    for schema in ("pg_catalog.", '"pg_catalog".', "public."):
        name = name.removeprefix(schema)
    name = name[1:-1].replace('""', '"') if name.startswith('"') and name.endswith('"') and len(name) > 2 else name
    if name == "default":
        return None
    own = table.column(column) if table is not None and column is not None else None
    return None if own is not None and own.collation == name else name


def type_of_key(sql: str, site: Site) -> ColumnType | None:
    """The type of a key's expression, where it is known."""
    try:
        return site.analyse(sql).type
    except (ValueError, RecursionError):
        return None
