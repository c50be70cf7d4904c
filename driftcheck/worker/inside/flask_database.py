"""Flask-SQLAlchemy's `db`, where the package is missing: its tables get the names and the MetaData that it gives them.

What the package itself makes of a model is little and known exactly; a test compares it with the package. All that is
for a running application (sessions, engines, queries) is a stand-in.
"""

from __future__ import annotations

import re
import sys
import types
from typing import Any

import sqlalchemy
from sqlalchemy import MetaData, Table, event, orm
from sqlalchemy.orm import DeclarativeMeta

from .standins import StandIn, asked_by_project

_ROOTS: tuple[type, ...] = tuple(
    getattr(orm, name) for name in ("DeclarativeBase", "DeclarativeBaseNoMeta") if hasattr(orm, name)
)
_INTERCEPT = getattr(orm.decl_api, "DeclarativeAttributeIntercept", DeclarativeMeta)


def snake(name: str) -> str:
    """What a table is called whose class is called `name`."""
    return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name).lower().lstrip("_")


def _is_declarative(class_: type) -> bool:
    return isinstance(class_, (DeclarativeMeta, _INTERCEPT)) or issubclass(class_, _ROOTS[1:])


def _wants_name(model: type) -> bool:
    """Whether nobody named its table: an abstract model has none, and a name is inherited from mixins alone."""
    inherits = issubclass(model, _ROOTS) or any(isinstance(base, DeclarativeMeta) for base in model.__mro__[1:])
    if model.__dict__.get("__abstract__", False) or not inherits or any(base in _ROOTS for base in model.__bases__):
        return False
    for base in model.__mro__:
        if "__tablename__" in base.__dict__:
            own = base is model or isinstance(base.__dict__["__tablename__"], orm.declared_attr)
            return not own and not base.__dict__.get("__abstract__", False) and _is_declarative(base)
    return True


def _begin(model: Any, *, named: bool, bound: bool = True) -> None:
    """Before a class is mapped: the MetaData of its database, and its table's name."""
    if bound and not {"metadata", "__table__"} & model.__dict__.keys():
        metadata = model.__fsa__._metadata(getattr(model, "__bind_key__", None))
        if metadata is not model.metadata:
            model.metadata = metadata
    if named and _wants_name(model):
        model.__tablename__ = snake(model.__name__)


def _end(model: Any) -> None:
    if "__tablename__" not in model.__dict__ and model.__dict__.get("__table__", model) is None:
        del model.__table__


def _table(model: Any, *arguments: Any, **options: Any) -> Any:
    """The table of a model; none, and so its parent's, for one without a key of its own."""
    schema = options.get("schema")
    known = (arguments[0] if schema is None else f"{schema}.{arguments[0]}") in model.metadata.tables
    keyed = any(
        isinstance(one, sqlalchemy.PrimaryKeyConstraint) or (isinstance(one, sqlalchemy.Column) and one.primary_key)
        for one in arguments
    )
    if known or keyed or not any("__table__" in base.__dict__ for base in model.__mro__[1:-1]):
        return Table(*arguments, **options)
    if "__tablename__" in model.__dict__:
        del model.__tablename__
    return None


class MetaWithoutName(DeclarativeMeta):
    """The metaclass of `db.Model` where `disable_autonaming` is set."""

    named = False

    def __init__(cls, name: str, bases: Any, namespace: Any, **options: Any) -> None:  # noqa: N805 # a metaclass
        _begin(cls, named=type(cls).named)
        super().__init__(name, bases, namespace, **options)
        _end(cls)


class DefaultMeta(MetaWithoutName):
    """The metaclass of `db.Model`."""

    named = True
    __table_cls__ = _table


class _Unnamed:
    """What a `db.Model` of a DeclarativeBase inherits in the place of a metaclass."""

    _named = False

    def __init_subclass__(cls, **options: Any) -> None:
        _begin(cls, named=cls._named, bound=hasattr(cls, "__bind_key__"))
        super().__init_subclass__(**options)
        _end(cls)


class _Named(_Unnamed):
    _named = True
    __table_cls__ = classmethod(_table)


class _Query:
    """`Model.query`: whatever is asked of it is for a running application."""

    def __get__(self, _: Any, owner: Any) -> Any:
        return StandIn("flask_sqlalchemy.Query")


class Model:
    """What a project inherits for a `model_class` of its own."""

    query_class: Any = None
    query = _Query()


class SQLAlchemy:
    """`db`: SQLAlchemy's names, a base for models and its MetaData, one more for each bind."""

    def __init__(
        self,
        app: Any = None,
        *_: Any,
        metadata: Any = None,
        model_class: Any = Model,
        disable_autonaming: bool = False,
        **__: Any,
    ) -> None:
        self.metadatas: dict[Any, Any] = {} if metadata is None else {None: metadata}
        self.Model = self._base(model_class, named=not disable_autonaming)
        self.Table = self._tables()

    @property
    def metadata(self) -> Any:
        return self.metadatas[None]

    def _metadata(self, bind: Any) -> Any:
        if bind not in self.metadatas:
            first = self.metadatas.get(None)
            names = {} if first is None else {"naming_convention": first.naming_convention}
            self.metadatas[bind] = MetaData(info={"bind_key": bind}, **names)
        return self.metadatas[bind]

    def _base(self, given: Any, *, named: bool) -> Any:
        if issubclass(given, _ROOTS):
            bases = (_Named if named else _Unnamed, Model, given)
            body = {"__abstract__": True, "__fsa__": self}
            model: Any = types.new_class("Model", bases, {}, lambda own: own.update(body))
        elif isinstance(given, DeclarativeMeta):
            model = given
        else:
            meta = DefaultMeta if named else MetaWithoutName
            model = orm.declarative_base(metadata=self._metadata(None), cls=given, name="Model", metaclass=meta)
        if None in self.metadatas:
            model.metadata = self.metadatas[None]
        self.metadatas[None] = model.metadata
        model.__fsa__ = self
        return model

    def _tables(self) -> type:
        metadata_of = self._metadata

        class BoundTable(Table):
            """A Table that need not be told its MetaData."""

            inherit_cache = True

            def __new__(cls, *arguments: Any, bind_key: Any = None, **options: Any) -> Any:
                if arguments and not isinstance(arguments[1] if len(arguments) > 1 else None, MetaData):
                    arguments = (arguments[0], metadata_of(bind_key), *arguments[1:])
                return super().__new__(cls, *arguments, **options)

            def __init__(self, *arguments: Any, bind_key: Any = None, **options: Any) -> None:
                super().__init__(*arguments, **options)

        return BoundTable

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") and not asked_by_project(sys._getframe(1)):
            raise AttributeError(name)
        if name == "event":
            return event
        for module in (sqlalchemy, orm):
            if not isinstance(found := getattr(module, name, module), types.ModuleType):  # `orm.session` is a module
                return found
        return StandIn(f"flask_sqlalchemy.SQLAlchemy.{name}")


#: What `flask_sqlalchemy` and its modules give; any other name of theirs is a stand-in.
NAMES: dict[str, Any] = {
    "SQLAlchemy": SQLAlchemy,
    "Model": Model,
    "DefaultMeta": DefaultMeta,
    "DefaultMetaNoName": MetaWithoutName,
    "camel_to_snake_case": snake,
}
