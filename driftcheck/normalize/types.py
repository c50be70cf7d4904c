"""Column types in PostgreSQL's own spelling, that of `format_type`.

https://www.postgresql.org/docs/current/datatype.html, src/backend/utils/adt/format_type.c
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from ..model import DEFAULT_SCHEMA, ColumnType, quote
from ..regex import lazy
from ..sql import parse_type, whole
from ..sql.types import SPELLING
from .builtin.data import categories
from .names import TRANSPARENT

#: `float` depends on its precision, and `bpchar` without a length is a type of its own.
_ALIASES = {name: shown for name, shown in SPELLING.items() if name not in ("float", "bpchar")} | {
    "serial": "integer", "serial4": "integer", "bigserial": "bigint", "serial8": "bigint",
    "smallserial": "smallint", "serial2": "smallint",
}  # fmt: skip
_BUILT_IN = frozenset(
    """
    smallint integer bigint real boolean text bytea uuid json jsonb date numeric money name oid xml
    inet cidr macaddr macaddr8 point line lseg box path polygon circle tsvector tsquery jsonpath bpchar regclass
    regproc regprocedure regoper regoperator regtype regrole regnamespace regconfig regdictionary pg_lsn xid xid8
    cid tid txid_snapshot pg_snapshot refcursor int2vector oidvector interval bit character record void trigger
    int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange
    tsmultirange tstzmultirange datemultirange anyelement anyarray event_trigger
    """.split()
) | set(_ALIASES.values())
#: Aliases that exist only in the grammar, so that between quotes they are names like any other.
_GRAMMAR_ONLY = frozenset({"char"})
_NUMBER = lazy(r"[+-]?\d+\Z")

#: Which schemas define a type of this name.
UserTypes = Mapping[str, frozenset[str]]
NO_USER_TYPES: UserTypes = {}


def canonical_type(written: ColumnType, user_types: UserTypes = NO_USER_TYPES) -> ColumnType:
    """`written` as `format_type` would print it, names of user types without the default schema."""
    found = _canonical(written, user_types)
    return written if found == written else found


def _canonical(written: ColumnType, user_types: UserTypes) -> ColumnType:
    dimensions = min(written.dimensions, 1)
    if written.schema not in (None, "pg_catalog"):
        return _user_type(written, dimensions, user_types)
    defined = user_types.get(written.name, frozenset())
    found_first = _is_built_in(written) and (not written.quoted or written.name in categories())
    if written.schema is None and defined and not found_first:
        return _user_type(written, dimensions, user_types)
    return _built_in(written, dimensions) or _user_type(written, dimensions, user_types)


def _is_built_in(written: ColumnType) -> bool:
    name = written.name.lower()
    return name in _ALIASES or name in _BUILT_IN or name.startswith(("interval ", "timestamp", "time "))


@lru_cache(maxsize=2_000)
def _built_in(written: ColumnType, dimensions: int) -> ColumnType | None:
    if written.quoted:
        return _quoted(written, dimensions)
    name = written.name.lower()
    if name.startswith("_") and _is_built_in(replace(written, name=name[1:])):
        name, dimensions = name[1:], 1
    if name == "float":
        return ColumnType(_float(written.modifiers), dimensions=dimensions)
    name = _ALIASES.get(name, name)
    if name not in _BUILT_IN and not name.startswith("interval "):
        return None
    modifiers = tuple(_number(word) for word in written.modifiers)
    if name in ("character", "bit") and not modifiers:
        modifiers = ("1",)
    elif name == "bpchar" and modifiers:
        name = "character"
    elif name == "numeric" and len(modifiers) == 1:
        modifiers = (*modifiers, "0")
    return ColumnType(name, modifiers, dimensions=dimensions)


def _quoted(written: ColumnType, dimensions: int) -> ColumnType | None:
    """A quoted name: `"char"` is a type of its own, and drizzle-kit quotes custom types whole, modifiers and all."""
    if written.name in _GRAMMAR_ONLY:
        return ColumnType(written.name, dimensions=dimensions, quoted=True)
    try:
        inner = parse_type(written.name)
    except ValueError:
        return None
    if inner.quoted or inner.schema is not None or not (_is_built_in(inner) or inner.name == "float"):
        return None
    if inner.modifiers == () == written.modifiers and inner.name == "bit":
        return None
    return _built_in(
        replace(inner, modifiers=inner.modifiers or written.modifiers), min(1, dimensions + inner.dimensions)
    )


def _user_type(written: ColumnType, dimensions: int, user_types: UserTypes) -> ColumnType:
    name, modifiers = written.name, written.modifiers
    if written.quoted and not user_types.get(name) and re.search(r"[(\[]", name):
        try:
            inner = parse_type(name)
        except ValueError:
            inner = written
        name, modifiers = inner.name, inner.modifiers or modifiers
        dimensions = min(1, dimensions + inner.dimensions)
    schema = None if written.schema in TRANSPARENT else written.schema
    defined = user_types.get(name, frozenset())
    if written.schema is None and len(defined) == 1 and DEFAULT_SCHEMA not in defined:
        (schema,) = defined
    # Without its schema, a name that PostgreSQL's own types have would mean one of those.
    collides = schema is None and name in user_types and (name in _BUILT_IN or name in categories())
    quoted = quote(name) != name or collides
    return ColumnType(name, _user_modifiers(modifiers), schema, dimensions, quoted)


def _user_modifiers(modifiers: tuple[str, ...]) -> tuple[str, ...]:
    """Modifiers of extension types: `geometry(Point,4326)`; the spatial reference 0 is the same as none."""
    words = tuple(_number(word.strip("'")).lower() for word in modifiers)
    return words[:-1] if len(words) == 2 and words[-1] == "0" and not words[0].isdigit() else words


def _number(word: str) -> str:
    number = whole(word)
    return word if number is None else str(number)


def _float(modifiers: tuple[str, ...]) -> str:
    """float(1) to float(24) is real, everything else double precision."""
    return "real" if modifiers and (whole(modifiers[0]) or 25) <= 24 else "double precision"


@lru_cache(maxsize=2_000)
def _parse(text: str) -> ColumnType | None:
    try:
        return parse_type(text)
    except ValueError:
        return None


def canonical_type_text(text: str, user_types: UserTypes = NO_USER_TYPES) -> str:
    """The type written as `text` in canonical spelling; `text` with single blanks if it is no type."""
    parsed = _parse(text)
    return " ".join(text.split()) if parsed is None else str(canonical_type(parsed, user_types))
