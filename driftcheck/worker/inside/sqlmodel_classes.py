"""SQLModel, where the package is missing: its classes get the tables that it gives them.

What it makes of a class is little and known exactly; a test compares it with the package. Whatever a running
application asks of its classes (validation, JSON) is a stand-in.
"""

from __future__ import annotations

import abc
import os
import types
from typing import Any

import sqlalchemy
from sqlalchemy import orm
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeMeta, declared_attr, registry

from .pins import version_of
from .repository import finder
from .sqlmodel_fields import UNDEFINED, Annotation, AutoString, FieldInfo, annotations_of, column_of, field_of, is_field
from .standins import RECORD, StandIn

#: What a class has of pydantic's, for applications.
_OF_PYDANTIC = frozenset(
    """model_rebuild model_validate model_validate_json model_json_schema model_construct model_dump model_dump_json
    model_copy update_forward_refs parse_obj parse_raw from_orm validate construct schema schema_json dict json copy
    sqlmodel_update""".split()
)


class RelationshipInfo:
    """What `Relationship(…)` gives: no part of a table."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass


def _version() -> tuple[int, ...] | None:
    """The version of SQLModel that the project uses, as far as it says so."""
    place = finder()
    folders = [*RECORD.roots, *map(os.path.dirname, RECORD.roots)]
    top = None if place is None else place.repository
    inside = [folder for folder in folders if top is None or (folder + os.sep).startswith(top + os.sep)]
    return version_of("sqlmodel", list(dict.fromkeys(inside)))


class SQLModelMetaclass(DeclarativeMeta, abc.ABCMeta):
    """Makes columns of the fields of a class, its own and inherited ones, if it is a table."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **options: Any) -> Any:
        own = annotations_of(body, str(body.get("__module__")))
        hidden = {key for key in own if key.startswith("_") and not key.startswith("__")}
        related = {key for key, value in body.items() if isinstance(value, RelationshipInfo)}
        annotated = {key: value for key, value in own.items() if is_field(key, value)}
        values = {key: body[key] for key in annotated if key in body}
        without = {"__annotations__", "__annotate__", "__annotate_func__", "__conditional_annotations__"}
        config = body.get("model_config")
        if isinstance(config, StandIn):
            without.add("model_config")
        made: Any = super().__new__(
            cls,
            name,
            bases,
            {key: value for key, value in body.items() if key not in {*without, *annotated, *related, *hidden}},
        )
        said = {key: (annotated[key], values.get(key, UNDEFINED)) for key in annotated if key not in related}
        type.__setattr__(made, "_driftcheck_fields", said)
        wanted = config.get("table") if isinstance(config, dict) else None
        table = options.get("table", wanted) is True or any(_is_table(base) for base in bases)
        type.__setattr__(made, "_driftcheck_table", table)
        if (given := options.get("registry")) is not None:
            for key, value in (("_sa_registry", given), ("metadata", given.metadata), ("__abstract__", True)):
                type.__setattr__(made, key, value)
        return made

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **_: Any) -> None:  # a metaclass
        if not _is_table(cls) or any(_is_table(base) for base in bases):
            type.__init__(cls, name, bases, body)
            return
        version = _version()
        for key, (annotation, value) in _fields(cls).items():
            found = Annotation(annotation)
            type.__setattr__(cls, key, column_of(field_of(value, found), found, version))
        DeclarativeMeta.__init__(cls, name, bases, body)

    @property
    def model_fields(cls) -> dict[str, FieldInfo]:  # as above
        """The fields of a class, its own and inherited ones."""
        return {key: field_of(value, Annotation(annotation)) for key, (annotation, value) in _fields(cls).items()}

    def __getattr__(cls, name: str) -> Any:  # as above
        if name in _OF_PYDANTIC:
            return StandIn(f"sqlmodel.SQLModel.{name}")
        raise AttributeError(name)


def _is_table(class_: Any) -> bool:
    return bool(getattr(class_, "_driftcheck_table", False))


def _fields(class_: Any) -> dict[str, tuple[Any, Any]]:
    """name → (annotation, value) of all fields, those of the farthest base first."""
    found: dict[str, tuple[Any, Any]] = {}
    for base in reversed(class_.__mro__):
        said = base.__dict__.get("_driftcheck_fields")
        if said is None:  # a class of the project's that is no SQLModel
            own = annotations_of(base.__dict__, base.__module__) if base.__module__ != "builtins" else {}
            said = {
                key: (value, base.__dict__.get(key, UNDEFINED)) for key, value in own.items() if is_field(key, value)
            }
        found = {key: value for key, value in found.items() if key not in said} | said
    return found


class SQLModel(metaclass=SQLModelMetaclass, registry=registry()):
    """The base of all classes."""

    __allow_unmapped__ = True
    __module__ = "sqlmodel.main"

    def __init__(self, **data: Any) -> None:
        for name, value in data.items():
            setattr(self, name, value)

    @declared_attr
    def __tablename__(cls: Any) -> Any:  # noqa: N805 # SQLAlchemy's
        return str(cls.__name__).lower()


def _field(default: Any = UNDEFINED, **given: Any) -> FieldInfo:
    return FieldInfo(default, **{name: value for name, value in given.items() if value is not UNDEFINED})


def names() -> dict[str, Any]:
    """What `sqlmodel` and its modules give; any other name of theirs is a stand-in."""
    found = {
        name: value
        for module in (sqlalchemy, sqltypes)
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    return found | {
        "Field": _field,
        "Relationship": RelationshipInfo,
        "RelationshipInfo": RelationshipInfo,
        "FieldInfo": FieldInfo,
        "SQLModel": SQLModel,
        "SQLModelMetaclass": SQLModelMetaclass,
        "SQLModelConfig": dict,
        "default_registry": SQLModel._sa_registry,
        "AutoString": AutoString,
        "GUID": postgresql.UUID,
        "Session": orm.Session,
        "col": lambda column: column,
    }
