"""The global scope: what the language and its usual surroundings offer without an import."""

from __future__ import annotations

import math
from pathlib import Path
from urllib.parse import quote, unquote

from ..runtime import properties
from ..runtime.coercion import TO_PRIMITIVE, to_string
from ..runtime.environment import Environment
from ..runtime.places import Place
from ..runtime.values import UNDEFINED, CallSite, HostFunction, HostObject, JsFunction, JsObject, Symbol, Unknown, Value
from . import array_changes, arrays, collections, numbers, objects, regex, strings
from .clones import CLONE
from .dates import DateClass
from .json import make_json
from .native import Builtin, BuiltinClass, argument, constantly_unknown, table, text_of
from .urls import UrlClass


class RunTime(HostObject):
    """What only a run has: whatever is asked of it is Unknown."""

    def __init__(self, reason: str, type_of: str = "object", *, data: bool = True) -> None:
        self.reason = reason
        self.data = data
        self._type_of = type_of

    @property
    def type_of(self) -> str:
        return self._type_of

    def get(self, key: str, site: CallSite) -> Value:
        return site.unknown(self.reason, data=self.data)

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        return site.evaluator.invoke(site.unknown(self.reason, data=self.data), UNDEFINED, arguments, Place.at(site))

    def to_string(self, site: CallSite) -> Value:
        return site.unknown(self.reason, data=self.data)


class EnvironmentVariables(RunTime):
    """`process.env`."""

    def get(self, key: str, site: CallSite) -> Value:
        return site.unknown(f"process.env.{key} is set at run time", data=True)


class Process(RunTime):
    def __init__(self, working_directory: Path | None) -> None:
        super().__init__("it is known at run time")
        self.working_directory = working_directory

    def get(self, key: str, site: CallSite) -> Value:
        if key == "cwd" and self.working_directory is not None:
            path = self.working_directory.as_posix()
            return HostFunction(lambda arguments, place: path, key)
        if key == "env":
            return EnvironmentVariables(self.reason)
        return site.unknown(f"process.{key} is known at run time", data=True)


class Console(HostObject):
    """Everything it is told is ignored."""

    def get(self, key: str, site: CallSite) -> Value:
        return HostFunction(lambda arguments, place: UNDEFINED, key)


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
    "Buffer": "bytes are not evaluated",
    "Uint8Array": "bytes are not evaluated",
    "window": "it is known at run time",
    "document": "it is known at run time",
    "Deno": "it is known at run time",
    "Bun": "it is known at run time",
}

#: Those of them through which the program's own objects may come back.
_HOLDING = ("Promise", "Proxy", "Reflect")

#: The modules that fill the methods of the language's own types into `properties`.
_FILLED = (array_changes,)

ERRORS = ("Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError")


class ErrorClass(BuiltinClass):
    def initialise(self, this: JsObject, arguments: list[Value], place: Place) -> None:
        """What `super(message)` of a class that extends it does."""
        message, options = argument(arguments, 0), argument(arguments, 1)
        if message is not UNDEFINED:
            properties.hide(this, "message", to_string(message, place))
        if isinstance(options, JsObject) and "cause" in options:
            properties.hide(this, "cause", options["cause"])
        properties.hide(this, "stack", place.unknown("a stack is known at run time"))

    def is_instance(self, value: Value) -> bool:
        holder = value
        for _ in range(1000):
            if not isinstance(holder, JsObject):
                return False
            if holder is self.prototype:
                return True
            holder = holder.prototype
        return False


def _error_class(name: str, above: ErrorClass | None) -> ErrorClass:
    def make(arguments: list[Value], place: Place) -> Value:
        made = JsObject((), place.location)
        made.prototype = kind.prototype
        kind.initialise(made, arguments, place)
        return made

    kind = ErrorClass(name, lambda this, arguments, place: make(arguments, place), make)
    kind.prototype = JsObject()
    for key, value in (("constructor", kind), ("name", name), ("message", "")):
        properties.hide(kind.prototype, key, value)
    kind.prototype.prototype = above.prototype if above is not None else None
    if above is None:
        properties.hide(kind.prototype, "toString", Builtin("toString", _error_text))
    return kind


def _error_text(this: Value, arguments: list[Value], place: Place) -> Value:
    name = to_string(properties.get(this, "name", place), place)
    message = to_string(properties.get(this, "message", place), place)
    for part in (name, message):
        if isinstance(part, Unknown):
            return part
    return f"{name}: {message}" if name and message else name or message


def _symbol(this: Value, arguments: list[Value], place: Place) -> Value:
    description = argument(arguments, 0, "")
    return Symbol(description if isinstance(description, str) else "")


def _symbol_class(registry: dict[str, Symbol]) -> BuiltinClass:
    def find(this: Value, arguments: list[Value], place: Place) -> Value:
        key = text_of(argument(arguments, 0), place)
        return registry.setdefault(key, Symbol(key))

    well_known = {
        name: Symbol(f"Symbol.{name}") for name in ("iterator", "asyncIterator", "toStringTag", "hasInstance")
    } | {"toPrimitive": TO_PRIMITIVE}
    return BuiltinClass("Symbol", _symbol, statics={**well_known, **table({"for": find})})


#: Methods that are not evaluated; all others of these types there are not.
for _methods, _names in (
    (properties.ARRAY, "copyWithin toLocaleString"),
    (properties.NUMBER, "toLocaleString"),
    (properties.BIGINT, "toLocaleString"),
    (properties.FUNCTION, "toString"),
    (properties.STRING, "anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup"),
    (properties.STRING, "isWellFormed toWellFormed"),
    (properties.OBJECT, "isPrototypeOf __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__"),
):
    _methods.update({name: constantly_unknown(name, f"{name} is not evaluated") for name in _names.split()})
properties.STRING |= {"trimLeft": properties.STRING["trimStart"], "trimRight": properties.STRING["trimEnd"]}

properties.OBJECT["__proto__"] = Unknown("the prototype of a value is not evaluated")

#: What a value's `constructor` is.
for _methods, _class in (
    (properties.ARRAY, arrays.ARRAY),
    (properties.STRING, strings.STRING),
    (properties.NUMBER, numbers.NUMBER),
    (properties.BIGINT, numbers.BIGINT),
    (properties.FUNCTION, objects.FUNCTION),
    (properties.OBJECT, objects.OBJECT),
):
    _methods["constructor"] = _class

properties.SYMBOL.update(table({"toString": lambda this, arguments, place: f"Symbol({this.description})"}))


def _encode(safe: str) -> JsFunction:
    def native(this: Value, arguments: list[Value], place: Place) -> Value:
        text = to_string(argument(arguments, 0), place)
        if isinstance(text, Unknown):
            return text
        try:
            return quote(text, safe=safe)
        except UnicodeEncodeError:
            return place.fail("a text cannot be encoded")

    return Builtin("encode", native)


def _decode(this: Value, arguments: list[Value], place: Place) -> Value:
    text = text_of(argument(arguments, 0), place)
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return place.fail("a text cannot be decoded", "URIError")


def make_globals(working_directory: Path | None = None) -> Environment:
    """A fresh global scope: what one program does to it, another does not see."""
    scope = Environment(None, function=True)
    names = scope.names
    for name, reason in UNKNOWN.items():
        kind = "function" if name[0].isupper() and name != "Intl" else "object"
        names[name] = RunTime(reason, kind, data=name not in _HOLDING)
    names.update({"undefined": UNDEFINED, "NaN": math.nan, "Infinity": math.inf})
    names.update({"Object": objects.OBJECT, "Function": objects.FUNCTION, "Array": arrays.ARRAY})
    names.update({"String": strings.STRING, "Number": numbers.NUMBER, "BigInt": numbers.BIGINT})
    names.update({"Boolean": numbers.BOOLEAN, "Math": numbers.make_math(), "JSON": make_json()})
    names.update({"Map": collections.MAP, "Set": collections.SET, "WeakMap": collections.WEAK_MAP})
    names.update({"WeakSet": collections.WEAK_SET, "RegExp": regex.REGEX, "Symbol": _symbol_class({})})
    names.update({"Date": DateClass(), "URL": UrlClass()})
    names.update({"process": Process(working_directory), "console": Console()})
    names.update(numbers.GLOBALS)
    error = names["Error"] = _error_class("Error", None)
    names.update({name: _error_class(name, error) for name in ERRORS[1:]})
    names["encodeURIComponent"] = _encode("-_.!~*'()")
    names["encodeURI"] = _encode(";/?:@&=+$,#-_.!~*'()")
    names["decodeURIComponent"] = Builtin("decodeURIComponent", _decode)
    names["structuredClone"] = CLONE
    names["eval"] = constantly_unknown("eval", "text is not run")
    names["globalThis"] = RunTime("the global object is not evaluated", data=False)
    return scope
