"""Every field of the model is written: change one, and the DDL changes."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from driftcheck import model
from driftcheck.model import Expression, Identity, Location
from driftcheck.writers.sql import write

from .example import EXAMPLE

Field = tuple[str, str]

#: What the DDL cannot say, and why.
NOT_WRITTEN: dict[Field, str] = {
    **{(cls.__name__, name): "where a thing is written is no part of it"
       for cls in model.Located.__subclasses__()
       if cls.__module__.startswith(model.__name__)
       for name in ("location", "places")},
    ("Expression", "canonical"): "it is for comparing; `sql` is written",
    ("Expression", "as_text"): "it says how `canonical` was made",
    ("Column", "application_default"): "application code fills it in, the database does not know",
    ("Column", "application_onupdate"): "application code fills it in, the database does not know",
    ("Identity", "autoincrement"): "it is SQLite's, whose own writer writes it",
    ("Function", "signature"): "the types are in `arguments`, as written",
}  # fmt: skip


def _classes() -> Iterator[type]:
    """Every dataclass that a Schema is made of."""
    seen: set[type] = set()
    queue: list[Any] = [model.Schema]
    while queue:
        hint = queue.pop()
        queue += typing.get_args(hint)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint not in (*seen, Location):
            seen.add(hint)
            queue += typing.get_type_hints(hint).values()
            yield hint


FIELDS = sorted((cls.__name__, field.name) for cls in _classes() for field in dataclasses.fields(cls))


def _changed(value: Any, hint: Any) -> Any:
    """Another value of the type `hint`."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return None if value is not None else _changed(None, next(item for item in arguments if item is not type(None)))
    if origin is typing.Literal:
        return next(word for word in arguments if word != value)
    if origin is tuple:
        return value[:-1] if value else (_example(arguments[0]),)
    if origin is frozenset:
        return frozenset({"something"})
    return {bool: lambda: not value, int: lambda: (value or 0) + 1, str: lambda: f"{value or ''}x"}.get(
        hint, lambda: _another(hint, value)
    )()


def _another(cls: type, value: Any) -> Any:
    if cls is Expression:
        return Expression("other")
    if value is not None and dataclasses.is_dataclass(cls):
        name = "name" if "name" in typing.get_type_hints(cls) else dataclasses.fields(cls)[0].name
        return dataclasses.replace(value, **{name: _changed(getattr(value, name), typing.get_type_hints(cls)[name])})
    return _example(cls)


def _example(hint: Any) -> Any:
    if typing.get_origin(hint) is tuple:
        return tuple(_example(item) for item in typing.get_args(hint) if item is not Ellipsis)
    if hint is str:
        return "something"
    if hint is Identity:
        return Identity()
    return next((item for _, item in _objects(EXAMPLE, ()) if isinstance(item, hint)), None)


def _objects(item: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every dataclass in `item` with the fields and positions that lead to it."""
    if dataclasses.is_dataclass(item):
        yield path, item
        for field in dataclasses.fields(item):
            yield from _objects(getattr(item, field.name), (*path, field.name))
    elif isinstance(item, tuple):
        for position, child in enumerate(item):
            yield from _objects(child, (*path, position))


def _with(item: Any, path: tuple[Any, ...], value: Any) -> Any:
    """`item` with `value` at the end of `path`."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(item, tuple):
        return (*item[:step], _with(item[step], rest, value), *item[step + 1 :])
    return dataclasses.replace(item, **{step: _with(getattr(item, step), rest, value)})


def _variants(cls: str, name: str) -> Iterator[model.Schema]:
    """The example with the field changed, in one object after the other."""
    for path, item in _objects(EXAMPLE, ()):
        if type(item).__name__ == cls:
            hint = typing.get_type_hints(type(item))[name]
            yield _with(EXAMPLE, path, dataclasses.replace(item, **{name: _changed(getattr(item, name), hint)}))


@pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[".".join(field) for field in FIELDS])
def test_a_changed_field_changes_the_ddl(cls: str, name: str) -> None:
    original = write(EXAMPLE)
    differs = any(write(variant) != original for variant in _variants(cls, name))
    assert differs != ((cls, name) in NOT_WRITTEN)


def test_every_exception_is_a_field() -> None:
    assert set(NOT_WRITTEN) <= set(FIELDS)


def test_the_example_has_every_class() -> None:
    missing = {cls.__name__ for cls in _classes()} - {type(item).__name__ for _, item in _objects(EXAMPLE, ())}
    assert not missing
