"""JSON values as the frozen dataclasses that describe them, checked: their author may be a stranger."""

from __future__ import annotations

import dataclasses
import reprlib
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from .location import Location

T = typing.TypeVar("T")
Convert = Callable[[Any], Any]
#: The largest bigint: no number of a schema is larger.
_MOST = 2**63 - 1


class Misfit(ValueError):
    """A value that is not what its place wants; the message begins with the place: `tables[2].name: 7 is no str`."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place.removeprefix('.')}: {message}" if place else message)
        self.message, self.place = message, place

    def within(self, part: str) -> Misfit:
        """The same, seen from the object or list that holds it as `part`."""
        return Misfit(self.message, part + self.place)


def decode(cls: type[T], value: Any) -> T:
    """`value` as a `cls`: tuples of lists, frozensets, unions with None, dataclasses of objects. Raises Misfit."""
    convert: Convert = _converter(cls)  # type: ignore[arg-type] # mypy does not see that classes are hashable
    return typing.cast(T, convert(value))


def misfit(value: Any, wanted: str) -> Misfit:
    return Misfit(f"{reprlib.repr(value)} is no {wanted}")


@cache  # the hints of a class are taken apart once, not for each of its objects
def _converter(hint: Any) -> Convert:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return lambda value: value
    if origin in (typing.Union, types.UnionType):
        (inner,) = (_converter(item) for item in arguments if item is not type(None))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return _items(_converter(arguments[0]))
    if origin is tuple:
        return _row([_converter(part) for part in arguments])
    if origin is frozenset:
        items = _items(_converter(arguments[0]))
        return lambda value: frozenset(items(value))
    if origin is Mapping:
        return _mapping(_converter(arguments[1]))
    if origin is typing.Literal:
        return _word(arguments)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    return _scalar(hint)


def _scalar(cls: type) -> Convert:
    def convert(value: Any) -> Any:
        if type(value) is not cls:
            raise misfit(value, cls.__name__)
        if isinstance(value, int) and not -_MOST <= value <= _MOST:
            raise misfit(value, "number that is allowed here")
        return value

    return convert


def _word(words: tuple[Any, ...]) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, str) or value not in words:
            raise Misfit(f"{reprlib.repr(value)} is not one of {', '.join(map(repr, words))}")
        return value

    return convert


def _items(convert_item: Convert) -> Convert:
    def convert(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise misfit(value, "list")
        number = 0
        try:
            found = []
            for number, item in enumerate(value):  # noqa: B007 # of the item that does not fit
                found.append(convert_item(item))
            return tuple(found)
        except Misfit as error:
            raise error.within(f"[{number}]") from None

    return convert


def _row(parts: list[Convert]) -> Convert:
    def convert(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(parts):
            raise misfit(value, f"list of {len(parts)}")
        return tuple(part(item) for part, item in zip(parts, value, strict=True))

    return convert


def _mapping(convert_item: Convert) -> Convert:
    def convert(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise misfit(value, "object")
        found, name = {}, ""
        try:
            for name, item in value.items():
                found[name] = convert_item(item)
            return found
        except Misfit as error:
            raise error.within(f"[{reprlib.repr(name)}]") from None

    return convert


def _object(cls: type) -> Convert:
    hints = typing.get_type_hints(cls)
    fields = {field.name: _converter(hints[field.name]) for field in dataclasses.fields(cls)}
    required = [
        field.name
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]

    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            raise misfit(value, cls.__name__)
        found, name = {}, ""
        try:
            for name, item in value.items():
                found[name] = fields[name](item)
        except Misfit as error:
            raise error.within(f".{name}") from None
        except KeyError:
            raise Misfit(f"{cls.__name__} has no {reprlib.repr(name)}") from None
        if missing := [name for name in required if name not in found]:
            raise Misfit(f"{cls.__name__} lacks {', '.join(missing)}")
        made = cls(**found)
        if isinstance(made, Location) and min(made.line, made.column, made.end_line or 1) < 1:
            raise misfit(value, "place: lines and columns count from 1")
        return made

    return convert
