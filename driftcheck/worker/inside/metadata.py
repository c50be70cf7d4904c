"""Which MetaData is meant: from `module:attribute`, or what a module holds."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from . import adopted, trouble
from .trouble import Trouble


class FoundMetadata:
    """The MetaData objects, in the order of finding, each with where it was found; notes for the report."""

    def __init__(self) -> None:
        self.metadata: list[Any] = []
        self.names: list[str] = []
        self.notes: list[str] = []

    def add(self, metadata: Any, name: str) -> None:
        if not any(metadata is other for other in self.metadata):
            self.metadata.append(metadata)
            self.names.append(name)


def find(modules: list[ModuleType], attribute: str | None) -> FoundMetadata:
    """The MetaData objects that the first of `modules` or its `attribute` means. Raises Trouble if there is none.

    Of several modules, the attribute is that of the first that has it.
    """
    from sqlalchemy import MetaData

    found = FoundMetadata()
    if attribute:
        first_word = attribute.partition(".")[0].removesuffix("()")
        module = next((module for module in modules if first_word in vars(module)), modules[0])
        value = _attribute(module, attribute)
        if inspect.isfunction(value) and _takes_nothing(value):
            value = _call(value)  # an app factory, or a function that gives the metadata
        for metadata in _of(value, MetaData):
            found.add(metadata, attribute)
        _adopt(found)
        if not found.metadata:
            raise Trouble("not-metadata", attribute, type=type(value).__name__, module=module.__name__)
        _other_binds(value, found)
    else:
        _search(modules, MetaData, found)
        _adopt(found)
        if not found.metadata:
            raise Trouble("no-metadata", modules[0].__name__)
    return found


def _adopt(found: FoundMetadata) -> None:
    """Where there is no table, those of classes whose base is missing."""
    of_missing_bases = None if any(metadata.tables for metadata in found.metadata) else adopted.use()
    if of_missing_bases is not None:
        found.add(of_missing_bases, "classes whose base is not installed")


def _attribute(module: ModuleType, path: str) -> Any:
    value: Any = module
    for word in path.split("."):
        name, called = (word[:-2], True) if word.endswith("()") else (word, False)
        try:
            value = getattr(value, name)
        except AttributeError:
            raise Trouble(
                "no-attribute", path, module=module.__name__, attribute=name, names=_promising(module)
            ) from None
        if called:
            value = _call(value)
    return value


def _call(function: Any) -> Any:
    try:
        return function()
    except BaseException as error:  # an app factory may do anything, `sys.exit()` included
        raise trouble.importing(error) from error


def _promising(module: ModuleType) -> list[str]:
    """Names of `module` that would do in place of one that is not there."""
    from sqlalchemy import MetaData

    return [name for name, value in vars(module).items() if not name.startswith("_") and list(_of(value, MetaData))]


def _of(value: Any, wanted: type) -> Iterator[Any]:
    """The MetaData objects in `value`: itself, its `.metadata`, those of a list, a Flask app's, a factory's app's."""
    if isinstance(value, wanted):
        yield value
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            yield from _of(item, wanted)
    elif isinstance(_plain_attribute(value, "metadata"), wanted):
        yield value.metadata
    elif (database := _flask_database(value)) is not None:
        yield database.metadata


def _plain_attribute(value: Any, name: str) -> Any:
    try:
        return getattr(value, name, None)
    except Exception:  # noqa: BLE001 # a project's property or proxy (outside an app's context, say) may raise
        return None


def _flask_database(value: Any) -> Any:
    extensions = _plain_attribute(value, "extensions")
    database = extensions.get("sqlalchemy") if isinstance(extensions, dict) else None
    database = getattr(database, "db", database)  # Flask-SQLAlchemy 2 keeps a state object
    return database if _plain_attribute(database, "metadata") is not None else None


def _takes_nothing(function: Any) -> bool:
    return all(
        parameter.default is not parameter.empty or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        for parameter in inspect.signature(function).parameters.values()
    )


def _other_binds(value: Any, found: FoundMetadata) -> None:
    """Flask-SQLAlchemy 3 keeps a MetaData for each further database: another database, so not part of this one."""
    binds = _plain_attribute(value, "metadatas")
    if isinstance(binds, dict):
        others = sorted(str(key) for key, metadata in binds.items() if key is not None and metadata.tables)
        if others:
            found.notes.append(f"other databases (binds) are left out: {', '.join(others)}")


def _search(modules: list[ModuleType], wanted: type, found: FoundMetadata) -> None:
    """Everything in `modules` that has a MetaData; if that has no table, in their submodules too."""
    for module in modules:
        _collect(module, wanted, found)
    if not any(metadata.tables for metadata in found.metadata):
        prefix = modules[0].__name__ + "."
        for name, loaded in list(sys.modules.items()):
            if name.startswith(prefix) and isinstance(loaded, ModuleType):
                _collect(loaded, wanted, found)
    filled = [index for index, metadata in enumerate(found.metadata) if metadata.tables]
    if filled:
        found.metadata = [found.metadata[index] for index in filled]
        found.names = [found.names[index] for index in filled]
    if len(filled) > 1:
        found.notes.append(f"the tables of {len(filled)} MetaData objects are taken together: {', '.join(found.names)}")


def _collect(module: ModuleType, wanted: type, found: FoundMetadata) -> None:
    for name, value in list(vars(module).items()):
        if name.startswith("__") or inspect.isfunction(value) or isinstance(value, ModuleType):
            continue
        for metadata in _of(value, wanted):
            found.add(metadata, name)
            _other_binds(value, found)
