"""How PostgreSQL keeps long values, where a column says so: the way of its type is the same as saying nothing."""

from __future__ import annotations

from ..model import ColumnType
from .types import UserTypes

#: pg_type.typstorage of the types whose values can be long; it is plain for all others that are built in.
_MAIN = frozenset({"inet", "cidr", "numeric"})
_EXTENDED = frozenset(
    """
    text character jsonb json xml bytea bit jsonpath tsvector path polygon int4range int8range numrange tsrange
    tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange
    """.split()
) | {"character varying", "bit varying"}
_PLAIN = frozenset(
    """
    bigint smallint integer oid boolean real date uuid money macaddr macaddr8 interval point lseg box line circle name
    """.split()
) | {"double precision"}


def canonical_storage(storage: str | None, type_: ColumnType, user_types: UserTypes) -> str | None:
    """`storage` in lower case; None where the type would have it anyway."""
    word = storage.lower() if storage is not None else None
    return None if word in (_of_type(type_, user_types), "default") else word


def _of_type(type_: ColumnType, user_types: UserTypes) -> str | None:
    """The storage of the type, if that can be known: what an extension's type does, only the extension knows."""
    if type_.dimensions or type_.name in _EXTENDED:
        return "extended"
    if type_.schema is not None or type_.name in user_types:
        return None
    if type_.name in _MAIN:
        return "main"
    timed = type_.name.startswith(("time ", "timestamp ", "interval"))
    return "plain" if timed or type_.name in _PLAIN else None
