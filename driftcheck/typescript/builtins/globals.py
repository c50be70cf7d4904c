"""The global scope, and what the values of each type inherit."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from ..runtime.environment import Environment
from ..runtime.places import Place
from ..runtime.prototypes import Prototypes
from ..runtime.values import UNDEFINED, Symbol, Value
from .arrays import array_class, array_methods
from .collections import map_class, set_class
from .dates import DateClass
from .errors import NAMES, ErrorClass
from .json import make_json
from .native import BuiltinClass, NotEvaluated, argument, not_evaluated, table, text_of
from .numbers import big_int_class, boolean_class, make_math, number_class, number_methods, parse_int
from .objects import function_class, function_methods, object_class, object_methods
from .strings import string_class, string_methods
from .surroundings import Console, Process, RunTime
from .urls import UrlClass

#: Constructors and functions of which nothing is known beforehand, and why.
UNKNOWN = {
    "Promise": "a promise's result comes later",
    "fetch": "what is fetched is known at run time",
    "Intl": "it depends on the place where it runs",
    "crypto": "a random value",
    "performance": "a time is known at run time",
    "setTimeout": "a timer runs later",
    "setInterval": "a timer runs later",
    "queueMicrotask": "it runs later",
    "Proxy": "a Proxy is not evaluated",
    "Reflect": "Reflect is not evaluated",
    "RegExp": "a regular expression made of text is not evaluated",
    "WeakMap": "a WeakMap is not evaluated",
    "WeakSet": "a WeakSet is not evaluated",
    "Buffer": "bytes are not evaluated",
    "Uint8Array": "bytes are not evaluated",
    "window": "it is known at run time",
    "document": "it is known at run time",
    "Deno": "it is known at run time",
    "Bun": "it is known at run time",
}

#: Those of them through which the program's own objects may come back.
_HOLDING = ("Promise", "Proxy", "Reflect", "WeakMap", "WeakSet")

_NOT_EVALUATED = (
    "parseFloat isNaN isFinite encodeURIComponent encodeURI decodeURIComponent decodeURI escape unescape eval"
    " structuredClone"
).split()


def make_prototypes() -> Prototypes:
    symbols = table({"toString": lambda this, arguments, place: f"Symbol({this.description})"})
    return Prototypes(
        array=array_methods(),
        string=string_methods(),
        number=number_methods(),
        function=function_methods(),
        symbol=symbols,
        object=object_methods(),
    )


def _symbol(this: Value, arguments: list[Value], place: Place) -> Value:
    description = argument(arguments, 0, "")
    return Symbol(description if isinstance(description, str) else "")


def _symbol_class() -> BuiltinClass:
    registry: dict[str, Symbol] = {}

    def find(this: Value, arguments: list[Value], place: Place) -> Value:
        key = text_of(argument(arguments, 0), place)
        return registry.setdefault(key, Symbol(key))

    names = ("iterator", "asyncIterator", "toStringTag", "hasInstance", "toPrimitive")
    well_known = {name: Symbol(f"Symbol.{name}") for name in names}
    return BuiltinClass("Symbol", _symbol, statics={**well_known, **table({"for": find})})


_CLASSES: dict[str, Callable[[], Value]] = {
    "Object": object_class, "Function": function_class, "Array": array_class, "String": string_class,
    "Number": number_class, "BigInt": big_int_class, "Boolean": boolean_class, "Math": make_math, "JSON": make_json,
    "Map": map_class, "Set": set_class, "Symbol": _symbol_class, "Date": DateClass,
    "URL": UrlClass, "console": Console, "parseInt": parse_int,
}  # fmt: skip


def make_globals(working_directory: Path | None = None) -> Environment:
    """A fresh global scope: what one program does to it, another does not see."""
    scope = Environment(None, function=True)
    names = scope.names
    for name, reason in UNKNOWN.items():
        kind = "function" if name[0].isupper() and name != "Intl" else "object"
        names[name] = RunTime(reason, kind, data=name not in _HOLDING)
    names.update({"undefined": UNDEFINED, "NaN": math.nan, "Infinity": math.inf})
    names.update({name: make() for name, make in _CLASSES.items()})
    names.update({name: ErrorClass(name) for name in NAMES})
    names.update(not_evaluated(_NOT_EVALUATED))
    names["eval"] = NotEvaluated("eval", changes=True)
    names["process"] = Process(working_directory)
    names["globalThis"] = RunTime("the global object is not evaluated", data=False)
    return scope
