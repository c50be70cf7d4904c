"""The types of pgvector, geoalchemy2 and sqlalchemy_utils, as those packages write them on PostgreSQL.

Only what is known exactly: everything else of these packages stays a stand-in, and a column of such a type unknown.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.base import SchemaEventTarget


class UnknownType(sqltypes.UserDefinedType):  # type: ignore[type-arg] # generic only since SQLAlchemy 2.0
    """The type of a missing package: compiles to nothing, and says why."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: Any) -> str:
        raise TypeError(f"its type {self.name} comes from a package that is not installed")


class _Sized(sqltypes.UserDefinedType):  # type: ignore[type-arg] # as above
    cache_ok = True
    word = ""

    def __init__(self, dim: int | None = None) -> None:
        self.dim = dim

    def get_col_spec(self, **_: Any) -> str:
        return self.word if self.dim is None else f"{self.word}({int(self.dim)})"


def _sized(word: str) -> type:
    return type(word, (_Sized,), {"word": word.upper()})


class _Spatial(SchemaEventTarget, sqltypes.UserDefinedType):  # type: ignore[type-arg] # as above
    """geoalchemy2's Geometry and Geography: a GiST index comes with the column unless it is declined."""

    cache_ok = True
    word = ""

    def __init__(
        self,
        geometry_type: str | None = "GEOMETRY",
        srid: int = -1,
        dimension: int | None = None,
        spatial_index: bool = True,
        use_N_D_index: bool = False,  # noqa: N803 # geoalchemy2's own name
        **_: Any,
    ) -> None:
        self.geometry_type, self.srid = geometry_type, srid
        self.spatial_index, self.several = spatial_index, use_N_D_index

    def get_col_spec(self, **_: Any) -> str:
        return f"{self.word}({self.geometry_type},{self.srid})" if self.geometry_type else self.word

    def _set_parent(self, parent: Any, **_: Any) -> None:
        if self.spatial_index:
            parent._on_table_attach(self._add_index)

    def _add_index(self, column: Any, table: Any) -> None:
        name = f"idx_{table.name}_{column.name}"
        if any(index.name == name for index in table.indexes):
            return
        ops = {"postgresql_ops": {column.key: "gist_geometry_ops_nd"}} if self.several else {}
        index: Any = Index
        index(name, column, postgresql_using="gist", **ops)


def _as(make: Any) -> type:
    """A type that is on PostgreSQL what `make` gives for its arguments."""

    class Shim(sqltypes.TypeDecorator):  # type: ignore[type-arg] # as above
        impl = sqltypes.Unicode
        cache_ok = True

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__()
            self.made = make(*arguments, **options)

        def load_dialect_impl(self, dialect: Any) -> Any:
            return self.made

    return Shim


def _always(make: Any) -> type:
    """A type that takes any arguments and always comes to the same."""
    return _as(lambda *_, **__: make())


def _text(length: int) -> type:
    """Text of the given length, unless another one is asked for."""
    return _as(
        lambda given=length, **options: sqltypes.Unicode(options.get("max_length", options.get("length", given)))
    )


def _uuid(binary: bool = True, native: bool = True) -> Any:
    if native:
        return postgresql.UUID()
    return sqltypes.BINARY(16) if binary else sqltypes.CHAR(32)


def _choice(choices: Any, impl: Any = None) -> Any:
    return sqltypes.Unicode(255) if impl is None else (impl() if isinstance(impl, type) else impl)


class _Timestamp:
    """sqlalchemy_utils.models.Timestamp: two columns that application code fills."""

    created = Column(sqltypes.DateTime, default=lambda: None, nullable=False)
    updated = Column(sqltypes.DateTime, default=lambda: None, nullable=False)


_VECTORS = {
    "Vector": _sized("vector"),
    "VECTOR": _sized("vector"),
    "HALFVEC": _sized("halfvec"),
    "SPARSEVEC": _sized("sparsevec"),
}
_SPATIAL = {
    "Geometry": type("Geometry", (_Spatial,), {"word": "geometry"}),
    "Geography": type("Geography", (_Spatial,), {"word": "geography"}),
}
_UTILS = {
    "UUIDType": _as(_uuid),
    "ChoiceType": _as(_choice),
    "EmailType": _text(255),
    "IPAddressType": _text(50),
    "TimezoneType": _always(lambda: sqltypes.Unicode(50)),
    "LocaleType": _always(lambda: sqltypes.Unicode(10)),
    "URLType": _always(sqltypes.UnicodeText),
    "ScalarListType": _always(sqltypes.UnicodeText),
    "JSONType": _always(sqltypes.JSON),
    "ArrowType": _always(sqltypes.DateTime),
    "TSVectorType": _always(postgresql.TSVECTOR),
    "CountryType": _always(lambda: sqltypes.String(2)),
    "CurrencyType": _always(lambda: sqltypes.String(3)),
    "Timestamp": _Timestamp,
}


def of(module: str) -> dict[str, Any]:
    """The names that are known of `module`."""
    top = module.partition(".")[0]
    if top == "flask_sqlalchemy":
        from . import flask_database

        return dict(flask_database.NAMES)
    if top == "pgvector":
        return dict(_VECTORS)
    return dict(_SPATIAL) if top == "geoalchemy2" else dict(_UTILS)
