"""Objects in the place of what a missing package would give: permissive, and recognisable wherever they get to."""

from __future__ import annotations

import dis
import re
import sys
import types
import typing
from typing import Any

from .entered import Entered
from .loading import is_project_file

#: Is in every text that came from a stand-in or from a placeholder for an environment variable.
MARK = "driftcheck-stand-in"
#: What a placeholder is as a number: one that a port may be, and that no schema holds by chance.
NUMBER = 61803


#: What decorators are put on.
_DECORATED = (type, types.FunctionType, classmethod, staticmethod, property)


class Record:
    """What happened to stand-ins: classes they decorated, and the places of module or class code that asked one.

    `roots` are the project's folders; `unset` the variables that a placeholder stood for, and `numbered` says whether
    one of those was taken for a number; `passed` are the statements that raised and were passed over.
    """

    def __init__(self) -> None:
        self.unset: dict[str, None] = {}
        self.numbered = False
        self.roots: list[str] = []
        self.decorated: list[type] = []
        self.asked: list[tuple[str, int, str]] = []
        self.passed: list[tuple[str, int, str]] = []


RECORD = Record()


class PlaceholderText(str):
    """The value of a variable that is not set: a text that says so, and a number where the project wants one."""

    __slots__ = ()

    def __int__(self) -> int:
        RECORD.numbered = True
        return NUMBER

    def __float__(self) -> float:
        return float(int(self))


def is_marked(value: object) -> bool:
    """Whether a part of the answer holds what came from a stand-in or from a placeholder."""
    text = str(value)
    return MARK in text or (RECORD.numbered and re.search(rf"\b{NUMBER}\b", text) is not None)


def asked_by_project(frame: Any) -> bool:
    """Whether the code that runs in `frame` is the project's own: Python's own looks for names that need not be."""
    return is_project_file(frame.f_code.co_filename, RECORD.roots)


class StandIn(Entered):
    """A value of a missing package: has every public attribute, can be called, inherited from, used as a decorator."""

    def __init__(self, name: str) -> None:
        self.__dict__["_driftcheck_name"] = name

    @property
    def __name__(self) -> str:
        return str(self._driftcheck_name).rpartition(".")[2]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") and not asked_by_project(sys._getframe(1)):
            raise AttributeError(name)
        return StandIn(f"{self._driftcheck_name}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        if len(arguments) == 3 and isinstance(arguments[1], tuple) and isinstance(arguments[2], dict):
            return self._class(*arguments)
        if len(arguments) == 1 and not options and isinstance(arguments[0], _DECORATED):
            if isinstance(arguments[0], type):
                RECORD.decorated.append(arguments[0])
            return arguments[0]  # a decorator must not lose what it decorates
        return StandIn(f"{self._driftcheck_name}()")

    def _class(self, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
        """What a metaclass makes: a class that may have more in it."""
        made = types.new_class(name, bases, {}, lambda body: body.update(namespace))
        RECORD.decorated.append(made)
        return made

    def __prepare__(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}

    def __mro_entries__(self, _: Any) -> tuple[type, ...]:
        return (missing_base(self._driftcheck_name),)

    def __str__(self) -> str:
        return f"{MARK}:{self._driftcheck_name}"

    __repr__ = __fspath__ = __str__

    def __format__(self, _: str) -> str:
        return str(self)

    def __hash__(self) -> int:
        return id(self)

    def __get_pydantic_core_schema__(self, *_: Any) -> Any:
        return _any_schema()

    def _ask(self) -> None:
        """Code outside functions that decides by a stand-in decides what there is: remember where."""
        frame = sys._getframe(2)
        if not frame.f_code.co_flags & 1:  # CO_OPTIMIZED: set for functions only
            RECORD.asked.append((frame.f_code.co_filename, frame.f_lineno, self._driftcheck_name))

    def __bool__(self) -> bool:
        self._ask()
        return True

    def __eq__(self, other: object) -> bool:
        self._ask()
        return self is other

    def __iter__(self) -> Any:
        if wanted := _unpacked(sys._getframe(1)):
            return iter([StandIn(f"{self._driftcheck_name}[{number}]") for number in range(wanted)])
        self._ask()
        return iter(())

    def __contains__(self, _: Any) -> bool:
        self._ask()
        return False

    def __lt__(self, _: Any) -> bool:
        self._ask()
        return False

    __le__ = __gt__ = __ge__ = __lt__

    def __instancecheck__(self, _: Any) -> bool:
        return False

    __subclasscheck__ = __instancecheck__

    def __getitem__(self, key: Any) -> Any:
        return StandIn(f"{self._driftcheck_name}[]")

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __delitem__(self, key: Any) -> None:
        return None

    def _operation(self, *_: Any) -> Any:
        return StandIn(f"{self._driftcheck_name}()")

    def __or__(self, other: Any) -> Any:
        """`Missing | None` is an annotation."""
        return typing.Union[self, None] if other is None else self._operation()  # noqa: UP007

    __ror__ = __or__
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _operation
    __and__ = __rand__ = __mod__ = __neg__ = __invert__ = _operation


def _unpacked(frame: Any) -> int:
    """How many values the statement that runs in `frame` unpacks (`a, b = …`); 0 if it does something else."""
    code, at = frame.f_code.co_code, frame.f_lasti
    return int(code[at + 1]) if code[at] == dis.opmap["UNPACK_SEQUENCE"] else 0


class MissingBase:
    """What a class inherits in the place of a class of a missing package. Its instances have every attribute."""

    _driftcheck_name = ""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()
        if type(cls) is type and "__tablename__" in cls.__dict__:
            from . import adopted

            adopted.adopt(cls)

    def __class_getitem__(cls, _: Any) -> Any:
        return cls

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        return _any_schema()

    def __getattribute__(self, name: str) -> Any:
        """What a `__getattr__` of the project's own asks of itself is there, or it would ask for ever."""
        try:
            return super().__getattribute__(name)
        except AttributeError:
            if sys._getframe(1).f_code.co_name != "__getattr__":
                raise
            return StandIn(f"{type(self).__name__}.{name}")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") and not asked_by_project(sys._getframe(1)):
            raise AttributeError(name)
        return StandIn(f"{type(self).__name__}.{name}")


def _any_schema() -> Any:
    """pydantic's word for a field that takes anything."""
    import importlib

    return importlib.import_module("pydantic_core.core_schema").any_schema()


def missing_base(name: str) -> type:
    """A base class of its own for each missing class, so that two of them can be inherited together."""
    return type(name.rpartition(".")[2] or "Missing", (MissingBase,), {"_driftcheck_name": name})


def missing_bases(class_: type) -> list[str]:
    """The names of the missing classes that `class_` inherits."""
    return [base.__dict__["_driftcheck_name"] for base in class_.__mro__ if base.__dict__.get("_driftcheck_name")]
