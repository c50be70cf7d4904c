"""The values of evaluated TypeScript, and how Python code takes part in an evaluation.

JavaScript's values are Python's where they agree: `str`, `bool`, `int`/`float` for numbers, `None` for null. Beside
these there are `UNDEFINED`, `BigInt`, `JsArray`, `JsObject`, functions, `HostObject` (anything written in Python) and
`Unknown`: what cannot be known without running the program. Whatever touches an Unknown becomes one, with the first
one's place and reason, and no error: what a schema does not need must not hurt it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ...frozen import dataclass
from ...location import Location

if TYPE_CHECKING:
    from .evaluator import Evaluator
    from .places import Place

#: Any value of the evaluated program. (A union would say no more: every use checks what it got.)
Value = Any


class Undefined:
    """The type of `UNDEFINED`; false, and nothing else is it."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "undefined"


UNDEFINED = Undefined()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that only running the program would show. `reason` is a clause: "process.env is set at run time"."""

    reason: str
    location: Location | None = None
    #: It stands for any number of elements of an array, or (under the key `UNKNOWN_KEYS`) properties of an object.
    many: bool = False
    #: It is data that a run brings (an environment variable, the clock): no object that the program made.
    data: bool = False

    def as_many(self) -> Unknown:
        """This Unknown in the place of any number of values."""
        return self if self.many else Unknown(self.reason, self.location, many=True, data=self.data)

    def as_one(self) -> Unknown:
        """This Unknown in the place of a single value."""
        return Unknown(self.reason, self.location, data=self.data) if self.many else self

    def as_data(self) -> Unknown:
        """This Unknown as what an operator makes of it: text, a number or a truth value."""
        return self if self.data else Unknown(self.reason, self.location, self.many, data=True)

    def as_choice(self) -> Unknown:
        """This Unknown as the outcome of something that hangs on it: that may be any value at all."""
        return Unknown(self.reason, self.location, self.many) if self.data else self


def clipped(text: str, most: int = 300) -> str:
    """A text that a program may have made, as a message takes it."""
    return text if len(text) <= most else text[: most - 1] + "…"


#: The key under which an object holds an Unknown that was spread into it: there may be properties of any name, and
#: what was written before the spread is Unknown too, since any of them may have replaced it.
UNKNOWN_KEYS = "..."


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """`Symbol('description')`: equal to itself alone."""

    description: str


@dataclass(frozen=True, slots=True)
class BigInt:
    """`10n`."""

    value: int


class JsArray(list[Value]):
    """An array. `raw` is set on the strings of a tagged template: the pieces with their escapes as written.

    `locations[i]` is where element i was written, where that is known.
    """

    __slots__ = ("fixed", "frozen", "locations", "raw")

    def __init__(self, items: Iterable[Value] = (), locations: Iterable[Location | None] = ()) -> None:
        super().__init__(items)
        self.locations = list(locations)
        self.raw: JsArray | None = None
        #: Set by `Object.freeze`.
        self.frozen = False
        #: Written `as const`: its type lets nobody change it.
        self.fixed = False

    # What it holds may hold it, or hold one thing many times.
    def __repr__(self) -> str:
        return f"an array of {len(self)}"

    # Arrays are references: two are the same only if they are one.
    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Getter:
    """`get key() {…}` of a class, under its key in `hidden`."""

    function: Value


class JsObject(dict[str, Value]):
    """An object, properties in order. `locations[key]` is where a property was written (spreads keep it)."""

    __slots__ = ("fixed", "frozen", "hidden", "location", "locations", "prototype")

    def __init__(self, items: Iterable[tuple[str, Value]] = (), location: Location | None = None) -> None:
        super().__init__(items)
        self.location = location
        self.locations: dict[str, Location] = {}
        #: Where methods and accessors of a class's instance are: another JsObject, or None for a plain object.
        self.prototype: Any = None
        #: What does not enumerate: private names (`#x`) and symbols.
        self.hidden: dict[object, Value] | None = None
        #: Set by `Object.freeze`.
        self.frozen = False
        #: Written `as const`: its type lets nobody change it.
        self.fixed = False

    def __repr__(self) -> str:
        return f"an object of {len(self)}"

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__  # type: ignore[assignment]


def is_nullish(value: Value) -> bool:
    return value is None or value is UNDEFINED


def unknown_part(value: Value) -> Unknown | None:
    """The Unknown that `value` is, or that is in an array or object for elements or keys that are not known."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, JsArray):
        return next((item for item in value if isinstance(item, Unknown) and item.many), None)
    if isinstance(value, JsObject):
        return value.get(UNKNOWN_KEYS)
    return None


@dataclass(frozen=True, slots=True)
class CallSite:
    """Where in the program something happens, and the evaluator to call back into.

    `location` is that of the expression (for a call: of the whole call's first token, so that
    `email: varchar('email')` is placed at `varchar`).
    """

    location: Location
    evaluator: Evaluator
    #: Where a call's first argument stands.
    argument: Location | None = None

    @property
    def named_at(self) -> Location:
        """Where a call's first argument is if the call began on an earlier line: the name is on this one."""
        if self.argument is not None and self.argument.line > self.location.line:
            return self.argument
        return self.location

    def call(self, function: Value, arguments: Sequence[Value] = ()) -> Value:
        """Calls a function of the program (an arrow passed to `references`, a table's extra config)."""
        return self.evaluator.call(function, list(arguments), self)

    def unknown(self, reason: str, *, data: bool = False) -> Unknown:
        return Unknown(clipped(reason), self.location, data=data)

    def take(self, count: int) -> None:
        """Takes `count` units of work from the check's budget, before it is done."""
        self.evaluator.take(count, self.location)


class JsExotic:
    """An object of the language that Python holds in a form of its own: a Map, a Set, a regular expression."""

    def read(self, key: object, place: Place) -> Value:
        """`this[key]`."""
        raise NotImplementedError

    def iterate(self, place: Place) -> list[Value] | Unknown:
        return place.unknown("what is iterated over is not a list")

    def spoil(self, unknown: Unknown) -> None:
        """What it holds is no longer known."""


class JsFunction:
    """A function, method or class of the program, or one of the language's own.

    Python code calls it with `site.call(function, arguments)`.
    """

    name: str = ""
    #: Own properties: `f.x = 1`, a class's static members.
    properties: JsObject | None = None

    @property
    def location(self) -> Location | None:
        """Where it is declared; None for one of the language's own."""
        return None

    def own(self) -> JsObject:
        """`properties`, made if there were none."""
        if self.properties is None:
            self.properties = JsObject()
        return self.properties

    def invoke(self, this: Value, arguments: list[Value], place: Place) -> Value:
        raise NotImplementedError

    def special(self, key: object) -> Value:
        """Own properties that are made when they are asked for (`prototype`, `length`)."""
        return UNDEFINED

    def construct(self, arguments: list[Value], place: Place) -> Value:
        return place.unknown(f"{self.name or 'a function'} is used as a class")

    def has_instance(self, value: Value, place: Place) -> bool | Unknown:
        """`value instanceof this`: whether its prototype is among what `value` inherits from."""
        prototype = self.special("prototype")
        holder = value.prototype if isinstance(value, JsObject) else None
        for _ in range(1000):
            if isinstance(holder, Unknown):
                return holder
            if holder is prototype or not isinstance(holder, JsObject):
                return holder is prototype
            holder = holder.prototype
        return False

    def havoc(self, unknown: Unknown) -> None:
        """Stands for calling it any number of times: what it may change is unknown."""


def is_function(value: Value) -> bool:
    """Whether the program could call `value` and a result would be known: its own functions and Python's."""
    return isinstance(value, JsFunction | HostFunction)


class HostObject:
    """A value written in Python. What a subclass does not define is an Unknown for the program, never an error."""

    @property
    def type_of(self) -> str:
        """What `typeof this` answers."""
        return "object"

    #: Whether it is something that a module declares and that knows where: nobody doubts it without asking.
    declared = False

    #: Whether all that is read of it, and every call, gives a value that is as good as this one itself.
    steady = False

    #: Why it is unknown whether this is true, what it equals or holds; "": it is true and equals itself alone.
    unobservable = ""

    def get(self, key: str, site: CallSite) -> Value:
        """`this.key`. Symbols are given by their description. UNDEFINED for what it does not have."""
        return site.unknown(f"{type(self).__name__} has no {key} that is known here")

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        """`this(...arguments)`. A tagged template calls with the strings (a JsArray with `raw`) first."""
        return site.unknown(f"{type(self).__name__} cannot be called here")

    def construct(self, arguments: list[Value], site: CallSite) -> Value:
        """`new this(...arguments)`; like a call unless a subclass says otherwise."""
        return self.call(arguments, site)

    def has_instance(self, value: Value) -> bool | None:
        """`value instanceof this`; None if that is not known."""
        return None

    def keys(self) -> list[str]:
        """The own enumerable properties, for spreads and `Object.keys`."""
        return []

    def set(self, key: str, value: Value, site: CallSite) -> None:
        """`this.key = value`. Forgotten, unless a subclass keeps it."""

    def to_string(self, site: CallSite) -> Value:
        """What `${this}` and `String(this)` give."""
        return site.unknown(f"a {type(self).__name__} in a string")

    def to_number(self, site: CallSite) -> Value:
        """What an operator on numbers sees."""
        return self.to_string(site)


@dataclass(slots=True)
class HostFunction(HostObject):
    """A Python function as a value: `function(arguments, site) -> value`, with properties if `properties` has any."""

    function: Callable[[list[Value], CallSite], Value]
    name: str = ""
    properties: dict[str, Value] = field(default_factory=dict)

    @property
    def type_of(self) -> str:
        return "function"

    def get(self, key: str, site: CallSite) -> Value:
        if key in self.properties:
            return self.properties[key]
        if key == "call":
            return HostFunction(lambda arguments, inner: self.function(arguments[1:], inner), key)
        return site.unknown(f"{key} of a function is not evaluated") if key in ("apply", "bind") else UNDEFINED

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        return self.function(arguments, site)

    __hash__ = object.__hash__


@dataclass(slots=True)
class HostModule:
    """A module written in Python, such as `drizzle-orm/pg-core`. `missing(name)` gives what `exports` does not hold.

    A file of the project that its tsconfig says the specifier means goes before one that `yields`.
    """

    specifier: str
    exports: dict[str, Value]
    missing: Callable[[str], Value] | None = None
    yields: bool = False

    def read(self, name: str, location: Location | None = None) -> Value:
        """The export `name`; an Unknown if neither `exports` nor `missing` knows it."""
        if name in self.exports:
            return self.exports[name]
        if self.missing is not None:
            return self.missing(name)
        return Unknown(f"{self.specifier} has no export {name} that is known here", location)
