"""Engines that look like engines and never connect.

Projects build an engine beside their models, and some call `create_all` or open a connection on import. All of that
does nothing here; only asking a live database for its tables (reflection) is refused, because models that are read
from a database declare nothing.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from sqlalchemy import inspection
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.pool import NullPool

from .entered import Entered


class ReflectionRefused(RuntimeError):
    """The models are read from a live database."""

    def __init__(self, *_: Any, **__: Any) -> None:
        super().__init__("these models are read from a live database (reflection), and driftcheck opens no connection")


class Nothing(Entered):
    """The connection, cursor or result of a statement that was not run: takes every call, holds no row."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *_: Any, **__: Any) -> Any:
        return Nothing()

    def __iter__(self) -> Any:
        return iter(())

    def __bool__(self) -> bool:
        return False

    def scalar(self, *_: Any, **__: Any) -> Any:
        return None

    fetchone = first = one_or_none = scalar_one_or_none = scalar


class UnconnectedDialect(PGDialect):
    """PostgreSQL's dialect without a driver."""

    supports_statement_cache = True

    def __init__(self, asynchronous: bool = False) -> None:
        initialize: Any = super().__init__
        initialize(paramstyle="named")
        self.is_async = asynchronous


class Unconnected(Engine):
    """An engine that runs nothing."""

    def __init__(self, url: Any, asynchronous: bool = False) -> None:
        pool = NullPool(_connect_to_nothing)
        super().__init__(pool, UnconnectedDialect(asynchronous), _url(url))

    def _nothing(self, *_: Any, **__: Any) -> Any:
        return Nothing()

    connect = begin = raw_connection = execute = scalar = _nothing
    _run_ddl_visitor = run_callable = transaction = _nothing

    def has_table(self, *_: Any, **__: Any) -> bool:
        return False

    def dispose(self, *_: Any, **__: Any) -> None:
        return None


class UnconnectedInspector:
    """What `inspect(engine)` gives: a database without tables."""

    def __init__(self, engine: Any) -> None:
        self.engine = self.bind = engine
        self.dialect = engine.dialect

    def _empty(self, *_: Any, **__: Any) -> list[Any]:
        return []

    get_table_names = get_view_names = get_schema_names = get_sequence_names = get_enums = _empty

    def has_table(self, *_: Any, **__: Any) -> bool:
        return False

    has_sequence = has_schema = has_index = has_table

    def __getattr__(self, name: str) -> Any:
        raise ReflectionRefused


inspection._inspects(Unconnected)(UnconnectedInspector)


def _connect_to_nothing(*_: Any, **__: Any) -> Any:
    raise ConnectionRefusedError("driftcheck opens no connection")


def _url(url: Any) -> URL:
    try:
        return make_url(url)
    except Exception:  # noqa: BLE001 # an unset variable, a stand-in: whatever it is, it will not be connected to
        return make_url("postgresql://")


#: The last of these makes an engine of an address, and whether it is an asynchronous one.
_makers: list[Callable[[Any, bool], Any]] = [Unconnected]


def made_by(make: Callable[[Any, bool], Any]) -> None:
    """From now on `make` makes the engines."""
    _makers.append(make)


def _make(url: Any, asynchronous: bool) -> Any:
    return _makers[-1](url, asynchronous)


def create_engine(url: Any = None, *_: Any, **__: Any) -> Any:
    return _make(url, False)


def create_mock_engine(url: Any = None, *_: Any, **__: Any) -> Any:
    return _make(url, False)


def engine_from_config(configuration: Any, prefix: str = "sqlalchemy.", **_: Any) -> Any:
    return _make(configuration.get(f"{prefix}url"), False)


def create_async_engine(url: Any = None, *_: Any, **__: Any) -> Any:
    from sqlalchemy.ext.asyncio import AsyncEngine

    return AsyncEngine(_make(url, True))


def async_engine_from_config(configuration: Any, prefix: str = "sqlalchemy.", **_: Any) -> Any:
    return create_async_engine(configuration.get(f"{prefix}url"))


class AsyncEngines:
    """Replaces the functions of `sqlalchemy.ext.asyncio` when a project imports it, and costs nothing if none does."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != "sqlalchemy.ext.asyncio.engine":
            return None
        sys.meta_path.remove(self)
        spec: Any = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Replacing(spec.loader)
        return spec


class _Replacing:
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        for function in (create_async_engine, async_engine_from_config):
            if hasattr(module, function.__name__):
                setattr(module, function.__name__, function)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)
