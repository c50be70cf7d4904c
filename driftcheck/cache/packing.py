"""Values of frozen dataclasses as bytes, and back.

The form is pickle's, which the standard library writes and reads fastest; but what is read makes nothing except values
of the classes that are allowed, and runs nothing. (It comes from nobody but this user, too: see `store`.)
"""

from __future__ import annotations

import dataclasses
import importlib
import io
import pickle
import sys
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

#: So many objects of a class are made before it is worth having code of its own for that.
_FEW = 50


def pack(value: Any) -> bytes:
    """`value`, made of dataclasses, texts of a class of their own, tuples, frozensets, dicts and what JSON has."""
    stream = io.BytesIO()
    _Packer(stream).dump(value)
    return stream.getvalue()


def unpack(data: bytes, allowed: tuple[str, ...]) -> Any:
    """The value that `pack` wrote, if its classes are of modules that are, or are in, one of `allowed`.

    Raises ValueError for anything else.
    """
    try:
        return _Unpacker(io.BytesIO(data), allowed).load()
    except Exception as error:  # whatever pickle meets in what it did not write
        raise ValueError(f"this was not packed: {error}") from error


class _Packer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, protocol=5)
        self.dispatch_table = _Reducers()


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How an object of each dataclass is written: its class, and the values of its fields."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[str, str] = {}

    def __missing__(self, cls: type) -> Callable[[Any], Any]:
        if not dataclasses.is_dataclass(cls):
            raise KeyError(cls)
        values, shared = _values(cls), self._texts.setdefault

        def reduced(value: Any) -> tuple[type, tuple[Any, ...]]:
            # Of equal texts the first one: the others are written as a word on where that is.
            return cls, tuple([shared(one, one) if type(one) is str else one for one in values(value)])

        self[cls] = reduced
        return reduced


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, allowed: tuple[str, ...]) -> None:
        super().__init__(stream)
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        if not any(module == one or module.startswith(f"{one}.") for one in self._allowed):
            raise pickle.UnpicklingError(f"{module} is not allowed")
        found = getattr(sys.modules.get(module) or importlib.import_module(module), name)
        if isinstance(found, type) and found.__module__ == module:
            if dataclasses.is_dataclass(found):
                return _maker(found)
            if issubclass(found, str):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no class of values")


def _values(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    """Gives the values of an object's fields."""
    names = [field.name for field in dataclasses.fields(cls)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


@cache
def _maker(cls: type) -> Callable[..., Any]:
    """Makes an object of the values of its fields, in their order: the class's own way takes several times as long.

    What is kept has been through that way once. From the fiftieth on by code of its own: that takes long to compile.
    """
    names = [field.name for field in dataclasses.fields(cls)]
    puts = [getattr(cls, name).__set__ for name in names]
    left = _FEW
    quick: Callable[..., Any] | None = None

    def make(*values: Any) -> Any:
        nonlocal left, quick
        if quick is not None:
            return quick(*values)
        left -= 1
        quick = None if left else _compiled(cls, names)
        self: Any = object.__new__(cls)
        for put, value in zip(puts, values, strict=True):
            put(self, value)
        return self

    return make


def _compiled(cls: type, names: list[str]) -> Callable[..., Any]:
    known = {f"set_{name}": getattr(cls, name).__set__ for name in names} | {"new": object.__new__, "cls": cls}
    sets = "".join(f"    set_{name}(self, {name})\n" for name in names)
    text = f"def make({', '.join(names)}):\n    self = new(cls)\n{sets}    return self\n"
    exec(text, known)  # noqa: S102 # of names of fields of our own classes, as `dataclasses` does it
    made: Callable[..., Any] = known["make"]
    return made
