"""Which of PostgreSQL's own types become which by themselves (pg_cast), by `format_type`'s names without modifiers."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import ColumnType, Domain
from ...sql import signature_type
from .entries import Key, UserType
from .session import BUILT_IN

_WHOLE = frozenset({"smallint", "integer", "bigint"})
_NUMBERS = _WHOLE | {"numeric", "real", "double precision"}
TEXTS = frozenset({"text", "character varying", "character"})
_MOMENTS = ("timestamp without time zone", "timestamp with time zone")

#: Type → what it becomes anywhere (`castcontext = 'i'`).
_IMPLICIT: Mapping[str, frozenset[str]] = {
    "smallint": frozenset({"integer", "bigint", "numeric", "real", "double precision", "oid"}),
    "integer": frozenset({"bigint", "numeric", "real", "double precision", "oid"}),
    "bigint": frozenset({"numeric", "real", "double precision", "oid"}),
    "numeric": frozenset({"real", "double precision"}),
    "real": frozenset({"double precision"}),
    "text": frozenset({"character varying", "character", "name"}),
    "character varying": frozenset({"text", "character", "name"}),
    "character": frozenset({"text", "character varying", "name"}),
    "name": frozenset({"text"}),
    "date": frozenset(_MOMENTS),
    "timestamp without time zone": frozenset({"timestamp with time zone"}),
    "time without time zone": frozenset({"interval", "time with time zone"}),
    "cidr": frozenset({"inet"}),
    "bit": frozenset({"bit varying"}),
    "bit varying": frozenset({"bit"}),
    "macaddr": frozenset({"macaddr8"}),
    "macaddr8": frozenset({"macaddr"}),
}
#: Type → what it becomes where it is stored, beyond that (`castcontext = 'a'`).
_ASSIGNED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_WHOLE, _NUMBERS | {"money", "oid"}),
    **dict.fromkeys(_NUMBERS - _WHOLE, _NUMBERS),
    "numeric": _NUMBERS | {"money"},
    "money": frozenset({"numeric"}),
    "oid": frozenset({"integer", "bigint"}),
    "timestamp with time zone": frozenset({"date", "time without time zone", "time with time zone", _MOMENTS[0]}),
    "timestamp without time zone": frozenset({"date", "time without time zone"}),
    "time with time zone": frozenset({"time without time zone"}),
    "interval": frozenset({"time without time zone"}),
    "inet": frozenset({"cidr"}),
    "json": frozenset({"jsonb"}),
    "jsonb": frozenset({"json"}),
    "box": frozenset({"polygon"}),
    "path": frozenset({"polygon"}),
    "polygon": frozenset({"path"}),
    "point": frozenset({"box"}),
}
#: Types of one family, whose values compare with each other by an operator of their own.
_FAMILIES = (_WHOLE, frozenset({"real", "double precision"}), frozenset({"date", *_MOMENTS}), TEXTS | {"name"})

#: Types that are known here well enough to say what they do not become.
_KNOWN = frozenset(
    """
    uuid bytea xml boolean oid money json jsonb inet cidr macaddr macaddr8 bit interval date point line lseg box path
    polygon circle tsvector tsquery int4range int8range numrange tsrange tstzrange daterange
    """.split()
) | _NUMBERS | TEXTS | {"bit varying", "time without time zone", "time with time zone", *_MOMENTS}  # fmt: skip

#: A type as it is compared here: the name of a built-in one, or the key of one of these files' own; None if not known.
Kind = str | Key | None


def kind_of_type(type_: ColumnType, types: Mapping[Key, UserType]) -> Kind:
    """What `type_` is, a domain as what it is made of."""
    for _ in range(20):
        entry = types.get((type_.schema or "", type_.name))
        if not isinstance(entry, Domain):
            break
        type_ = entry.type
    if type_.dimensions:
        return None
    if entry is not None:
        return entry.schema, entry.name
    plain = not type_.quoted and type_.schema in (None, "pg_catalog")
    name = signature_type(type_)
    return name if plain and (type_.name in BUILT_IN or " " in type_.name) and name in _KNOWN else None


def are_comparable(key: Kind, target: Kind) -> bool | None:
    """Whether a foreign key of one type can point at a unique key of the other; None if that is not known."""
    if key is None or target is None:
        return None
    if key == target:
        return True
    if isinstance(key, str) and isinstance(target, str):
        return any(key in family and target in family for family in _FAMILIES) or target in _IMPLICIT.get(key, ())
    return False


def is_assignable(source: Kind, target: Kind) -> bool | None:
    """Whether values of one type are stored as the other without an explicit cast; None if that is not known.

    Everything becomes text; what a type is made of (an array, a row) is not looked into.
    """
    if source is None or target is None:
        return None
    if source == target or target in TEXTS:
        return True
    if isinstance(source, str) and isinstance(target, str):
        return target in _IMPLICIT.get(source, ()) or target in _ASSIGNED.get(source, ())
    return False
