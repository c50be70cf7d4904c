"""The fields of SQLModel's classes, where the package is missing: what an annotation and a `Field` make of a column.

Follows `get_column_from_field` of sqlmodel/main.py, without pydantic. What it says of a moment depends on its version.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import ipaddress
import pathlib
import sys
import types
import typing
import uuid
from typing import Any

from sqlalchemy import Column, ForeignKey
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import postgresql

from .shims import UnknownType
from .standins import StandIn

#: `Union[int, None]` and `int | None`.
_UNIONS = tuple(filter(None, (typing.Union, getattr(types, "UnionType", None))))
_NONE = type(None)
#: SQLModel's releases since which a moment has a time zone, pydantic 2 says what may be null, and an enum that is text
#: is an enum.
_AWARE, _PYDANTIC_2, _ENUMS_FIRST = (0, 0, 45), (0, 0, 14), (0, 0, 9)
#: Types of pydantic's that are these for SQLModel.
_OF_PYDANTIC = {
    "EmailStr": str, "StrictStr": str, "PositiveInt": int, "NegativeInt": int, "NonNegativeInt": int,
    "NonPositiveInt": int, "StrictInt": int, "PositiveFloat": float, "NonNegativeFloat": float, "StrictBool": bool,
    "FilePath": pathlib.Path, "DirectoryPath": pathlib.Path, "UUID1": uuid.UUID, "UUID3": uuid.UUID,
    "UUID4": uuid.UUID, "UUID5": uuid.UUID,
}  # fmt: skip


_LIMITS = ("max_length", "max_digits", "decimal_places")


class UndefinedType:
    """What is not said."""

    def __bool__(self) -> bool:
        return False


UNDEFINED = UndefinedType()


class FieldInfo:
    """What `Field(…)` gives: a default and the rest of what was said."""

    def __init__(self, default: Any = UNDEFINED, **given: Any) -> None:
        self.default: Any = UNDEFINED if default is ... else default
        self.required = default is ...
        self.default_factory = given.pop("default_factory", None)
        self.given = given

    def get(self, name: str) -> Any:
        """What was said under `name`; UNDEFINED if nothing was."""
        return self.given.get(name, UNDEFINED)


class AutoString(sqltypes.TypeDecorator):  # type: ignore[type-arg] # generic only since SQLAlchemy 2.0
    """SQLModel's own name for text."""

    impl = sqltypes.String
    cache_ok = True


class Annotation:
    """What a field is annotated with: a type, what `Annotated` adds, and whether it may be None."""

    def __init__(self, value: Any) -> None:
        self.more: list[Any] = []
        while hasattr(value, "__metadata__"):
            self.more = [*value.__metadata__, *self.more]
            value = value.__origin__
        self.optional = value is None or value is _NONE
        self.type: Any = value
        while True:
            arguments = typing.get_args(self.type)
            if hasattr(self.type, "__metadata__"):
                self.type = self.type.__origin__
            elif typing.get_origin(self.type) in _UNIONS and len(arguments) == 2 and _NONE in arguments:
                self.optional = True
                self.type = arguments[0] if arguments[1] is _NONE else arguments[1]
            else:
                break


def is_field(name: str, annotation: Any) -> bool:
    """Whether what is annotated so is a field: no private attribute, no variable of the class."""
    origin = typing.get_origin(annotation) or annotation
    return not name.startswith("_") and name != "model_config" and origin is not typing.ClassVar


def evaluated(annotation: Any, module: str) -> Any:
    """An annotation that may be text; a stand-in for one that says nothing yet."""
    text = getattr(annotation, "__forward_arg__", annotation)
    if not isinstance(text, str):
        return annotation
    try:
        return evaluated(eval(text, dict(vars(sys.modules[module]))), module)  # noqa: S307 # as pydantic does
    except Exception:  # noqa: BLE001 # a name that only type checkers have
        unknown: Any = StandIn(text)
        return (unknown | None) if "None" in text or "Optional" in text else unknown


def field_of(value: Any, annotation: Annotation) -> FieldInfo:
    """The field of an annotated name with the value `value` (UNDEFINED: none)."""
    parts = [part for part in map(_as_field, annotation.more) if part is not None]
    own = _as_field(value)
    parts.append(FieldInfo(value) if own is None else own)
    merged = FieldInfo()
    for part in parts:
        merged.given.update(part.given)
        merged.required = part.required or merged.required
        merged.default_factory = part.default_factory or merged.default_factory
        if part.default is not UNDEFINED:
            merged.default = part.default
    return merged


def _as_field(value: Any) -> FieldInfo | None:
    """`Field(…)` of SQLModel's, or of pydantic's, or what stands for it."""
    if isinstance(value, FieldInfo):
        return value
    if type(value).__name__ == "FieldInfo" and hasattr(value, "metadata"):
        limits = {name: getattr(one, name) for one in value.metadata for name in _LIMITS if hasattr(one, name)}
        default = value.default if type(value.default).__name__ != "PydanticUndefinedType" else UNDEFINED
        return FieldInfo(default, default_factory=value.default_factory, **limits)
    if isinstance(value, StandIn) and value._driftcheck_name in ("pydantic.Field()", "pydantic.fields.Field()"):
        return FieldInfo(value, unread=True)
    return None


def column_of(field: FieldInfo, annotation: Annotation, version: tuple[int, ...] | None) -> Any:
    """The column of a field, as SQLModel of that `version` makes it; None if that is not known."""
    given = field.get("sa_column")
    if isinstance(given, Column):
        return given
    type_ = UnknownType(str(given)) if isinstance(given, StandIn) else _type(field, annotation, version)
    key = bool(field.get("primary_key"))
    nullable = field.get("nullable")
    if nullable is UNDEFINED:
        nullable = not key and _is_noneable(field, annotation, version)
    options: dict[str, Any] = {"primary_key": key, "nullable": nullable}
    options |= {name: bool(field.get(name)) for name in ("index", "unique")}
    if field.default_factory:
        options["default"] = field.default_factory
    elif field.default is not UNDEFINED:
        options["default"] = field.default
    parts = []
    if target := field.get("foreign_key"):
        parts.append(ForeignKey(target, ondelete=field.get("ondelete") or None))
    parts += field.get("sa_column_args") or ()
    options |= field.get("sa_column_kwargs") or {}
    return Column(*parts, type_=type_, **options)


def _is_noneable(field: FieldInfo, annotation: Annotation, version: tuple[int, ...] | None) -> bool:
    if version is not None and version < _PYDANTIC_2:
        return not field.required and (annotation.optional or field.default is None)
    return annotation.optional


def _type(field: FieldInfo, annotation: Annotation, version: tuple[int, ...] | None) -> Any:
    given = field.get("sa_type")
    if given is not UNDEFINED:
        return given
    python = annotation.type
    name = str(getattr(python, "_driftcheck_name", f"{getattr(python, '__module__', '')}.{python}"))
    if name.startswith("pydantic."):
        python = _OF_PYDANTIC.get(str(python.__name__), python)
    limits = _limits(field, annotation)
    enums, *others = _TYPES
    ordered = [*others, enums] if version is not None and version < _ENUMS_FIRST else _TYPES
    for maker, classes in ordered:
        if isinstance(python, type) and issubclass(python, classes):
            if limits is None and maker in (_text, _number):
                return UnknownType(f"{python.__name__}, with what pydantic says of it,")
            return maker(python, limits or {}, version)
    return UnknownType(str(getattr(python, "_driftcheck_name", python)))


def _limits(field: FieldInfo, annotation: Annotation) -> dict[str, Any] | None:
    """The limits of a value; None if a stand-in says them."""
    if field.get("unread") or any(isinstance(one, StandIn) for one in annotation.more):
        return None
    found = {name: getattr(one, name) for one in annotation.more for name in _LIMITS if getattr(one, name, None)}
    return found | {name: field.given[name] for name in _LIMITS if field.given.get(name) is not None}


def _text(_: type, limits: dict[str, Any], __: Any) -> Any:
    return AutoString(length=limits.get("max_length")) if limits.get("max_length") else AutoString()


def _number(_: type, limits: dict[str, Any], __: Any) -> Any:
    return sqltypes.Numeric(precision=limits.get("max_digits"), scale=limits.get("decimal_places"))


def _moment(_: type, __: dict[str, Any], version: tuple[int, ...] | None) -> Any:
    if version is None:
        return UnknownType("datetime (with a time zone since SQLModel 0.0.45; nothing says which version is used)")
    return sqltypes.DateTime(timezone=version >= _AWARE)


def _plain(made: type) -> Any:
    return lambda *_: made()


_TYPES: list[tuple[Any, tuple[type, ...]]] = [
    (lambda python, *_: sqltypes.Enum(python), (enum.Enum,)),
    (
        _text,
        (
            *(str, pathlib.Path, ipaddress.IPv4Address, ipaddress.IPv4Network),
            *(ipaddress.IPv6Address, ipaddress.IPv6Network),
        ),
    ),
    (_plain(sqltypes.Float), (float,)),
    (_plain(sqltypes.Boolean), (bool,)),
    (_plain(sqltypes.Integer), (int,)),
    (_moment, (datetime.datetime,)),
    (_plain(sqltypes.Date), (datetime.date,)),
    (_plain(sqltypes.Interval), (datetime.timedelta,)),
    (_plain(sqltypes.Time), (datetime.time,)),
    (_plain(sqltypes.LargeBinary), (bytes,)),
    (_number, (decimal.Decimal,)),
    (_plain(getattr(sqltypes, "Uuid", postgresql.UUID)), (uuid.UUID,)),
]


def annotations_of(namespace: Any, module: str) -> dict[str, Any]:
    """name → annotation of what the body of a class annotates itself: of `__dict__`, or of what becomes one."""
    found = namespace.get("__annotations__")
    if found is None and sys.version_info >= (3, 14):
        import annotationlib

        annotate = annotationlib.get_annotate_from_class_namespace(namespace)
        found = annotate and annotationlib.call_annotate_function(annotate, annotationlib.Format.FORWARDREF)
    return {name: evaluated(value, module) for name, value in (found or {}).items()}
