"""Small clauses that many statements share: WITH (…), COLLATE, operator classes, sequence options."""

from __future__ import annotations

from typing import Any

from ....model import DEFAULT_SCHEMA, ColumnType, CompositeType, RangeType, qualified, quote
from ....sql import read_type, signature_type
from ....sql.tokens import NUMBER, OPERATOR, whole
from ..cursor import Cursor
from ..enum_labels import EnumEntry
from ..errors import MissingError, RefusedError
from ..existence import is_built_in, lacks
from ..session import Session

#: How a schema is dropped from a name that means the same without it.
_IMPLIED = ("pg_catalog", DEFAULT_SCHEMA)


class Once(dict[str, Any]):
    """Options of a statement, of which each may be said once. A setting of a function is kept among the others."""

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self and name != "settings":
            raise RefusedError("conflicting or redundant options")
        super().__setitem__(name, value)


def storage_parameters(cursor: Cursor) -> dict[str, str]:
    """`(name = value, …)`; a name without a value is true. Names in lower case, `toast.` before them kept."""
    found: dict[str, str] = {}
    start, end = cursor.skip_group()
    for part in cursor.parts(start, end):
        if part.done:
            continue
        name = part.identifier()
        while part.accept("."):
            name = f"{name}.{part.identifier()}"
        if name in found:
            raise RefusedError(f'parameter "{name}" specified more than once', part.tokens[0])
        found[name] = parameter_value(part) if part.accept("=") else "true"
        part.finish()
    if (filled := whole(found.get("fillfactor", ""))) is not None and not 10 <= filled <= 100:
        raise RefusedError(f'value {filled} out of bounds for option "fillfactor"', cursor.tokens[start])
    return found


def generic_options(cursor: Cursor) -> dict[str, str]:
    """`(name 'value', …)` of what is foreign."""
    found = {}
    for part in cursor.items():
        name = part.identifier()
        found[name] = part.string()
        part.finish()
    return found


def parameter_value(cursor: Cursor) -> str:
    """A parameter's value: a string's contents, a number, a word."""
    if cursor.at_string:
        return cursor.string()
    sign = ""
    if cursor.token.kind == OPERATOR and cursor.word in ("-", "+"):
        sign = cursor.advance().word.replace("+", "")
    if cursor.token.kind == NUMBER or cursor.at_name:
        text = sign + cursor.token.text
        word = cursor.word
        cursor.advance()
        return word or text
    raise cursor.unexpected("a value was expected")


#: Types whose values have a collation.
_COLLATABLE = frozenset({"text", "character varying", "character", "name", "citext"})


def check_collatable(cursor: Cursor, session: Session, type_: ColumnType) -> None:
    """Raises RefusedError where COLLATE follows a type that is known to have none."""
    entry = session.catalog.types.get((type_.schema or "", type_.name))
    name = signature_type(type_)
    if isinstance(entry, EnumEntry | CompositeType | RangeType) or (
        entry is None and is_built_in(type_) and name.removesuffix("[]") not in _COLLATABLE
    ):
        raise RefusedError(f"collations are not supported by type {name}", cursor.token)


def collation(cursor: Cursor, session: Session) -> str | None:
    """The collation whose name is here; None for the database's default. Raises MissingError."""
    schema, name, token = cursor.name()
    if lacks(session, "collation", schema, name):
        raise MissingError(f'collation "{name}" for encoding "UTF8" does not exist', token)
    if name == "default":
        return None
    return name if schema in (None, *_IMPLIED) else qualified(schema, name)


def operator_class(cursor: Cursor) -> str:
    schema, name, _ = cursor.name()
    return name if schema in (None, *_IMPLIED) else f"{schema}.{name}"


def operator(cursor: Cursor) -> str:
    """`&&` or `OPERATOR(pg_catalog.&&)`; of one in a schema that is not searched all of it."""
    if cursor.accept("operator"):
        start, end = cursor.skip_group()
        *path, word = cursor.tokens[start:end] or [cursor.token]
        schema = path[0].name if path else None
        return word.word if schema in (None, *_IMPLIED) else f"OPERATOR({quote(schema)}.{word.word})"
    if cursor.token.kind != OPERATOR:
        raise cursor.unexpected("an operator was expected")
    return cursor.advance().word


def sequence_options(cursor: Cursor) -> dict[str, Any]:
    """Options of CREATE/ALTER SEQUENCE and of identity columns, by the model's field names.

    Beside those: "type", "owned_by" (parts of a name, () for NONE), "sequence_name" (schema, name). A NO MINVALUE is
    an explicit None. Whatever only moves the counter (RESTART) or is about storage is passed over.
    """
    found = Once()
    while not cursor.done:
        if not _sequence_option(cursor, found):
            break
    return found


def _sequence_option(cursor: Cursor, found: dict[str, Any]) -> bool:
    word = cursor.accept_any(
        "as", "start", "increment", "minvalue", "maxvalue", "cache", "cycle", "no", "owned", "restart", "sequence",
        "logged", "unlogged",
    )  # fmt: skip
    if word == "as":
        found["type"] = signature_type(read_type(cursor, parts=3))
    elif word in ("start", "increment"):
        cursor.accept_any("with", "by")
        found[word] = cursor.integer()
    elif word in ("minvalue", "maxvalue"):
        found["minimum" if word == "minvalue" else "maximum"] = cursor.integer()
    elif word == "cache":
        found["cache"] = cursor.integer()
    elif word == "cycle":
        found["cycle"] = True
    elif word == "no":
        which = cursor.accept_any("minvalue", "maxvalue", "cycle", "cache")
        if not which:
            raise cursor.unexpected()
        found[{"minvalue": "minimum", "maxvalue": "maximum"}.get(which, which)] = False if which == "cycle" else None
    elif word == "owned":
        cursor.expect("by")
        found["owned_by"] = _owner(cursor)
    elif word == "restart":
        cursor.accept("with")
        if cursor.token.kind in (NUMBER, OPERATOR):
            cursor.integer()
    elif word == "sequence":
        cursor.expect("name")
        found["sequence_name"] = cursor.name()[:2]
    return bool(word)


def _owner(cursor: Cursor) -> tuple[str, ...]:
    if cursor.accept("none"):
        return ()
    parts = [cursor.identifier()]
    while cursor.accept("."):
        parts.append(cursor.identifier())
    return tuple(parts)
