"""The running of a program: its budget, and the calls between the program, the language's own functions and Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from ...location import Location
from . import properties
from .limits import Limits, deeply, is_deep
from .operators import from_utf16
from .places import Place
from .signals import LimitReached, Thrown
from .values import UNDEFINED, CallSite, HostObject, JsFunction, JsObject, Unknown, Value

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong with the program itself, wherever its values are used: an import of nothing, or a syntax error.

    `syntax` says that it is a syntax error: the parser's recovery may have mangled what stands around it.
    """

    location: Location
    message: str
    syntax: bool = False


def _is_data(value: Value) -> bool:
    if isinstance(value, Unknown):
        return value.data
    return value is None or value is UNDEFINED or isinstance(value, str | int | float)


class Evaluator:
    """One per program. `call` is for Python code; all else is for the evaluator's own use."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.diagnostics: list[Diagnostic] = []
        #: How many `try` blocks of the program are being evaluated.
        self.catching = 0
        #: The arrays being turned into strings: one may hold itself.
        self.joining: set[int] = set()
        #: The functions whose effects are being spoiled, by the id of their code.
        self.spoiled: set[int] = set()
        #: What the program does to names and objects in code that may or may not run; set by `effects`.
        self.on_unknown_call: Callable[[list[Value], Unknown], None] = lambda arguments, unknown: None
        #: Makes an exception of the language's own that the program may catch, of a kind like "TypeError".
        self.make_error: Callable[[str, str, Place], Value] = lambda kind, message, place: message
        self._steps = 0
        self._total = 0
        self._depth = 0
        self._active = 0

    # -- Python's side ------------------------------------------------------------------------------------------

    def call(self, function: Value, arguments: list[Value], site: CallSite) -> Value:
        """Calls any value. Never raises: an exception of the program or a limit reached gives an Unknown.

        Outside `deeply`, each call has a thread of its own: whoever makes many should be inside.
        """
        place = Place.at(site)
        if not is_deep():
            return deeply(lambda: self.call(function, arguments, site))
        result, failed = self.contained(lambda: self.invoke(function, UNDEFINED, arguments, place), site.location)
        if failed is not None:
            self.on_unknown_call([function], failed)
        return result

    def contained(self, run: Callable[[], Value], location: Location) -> tuple[Value, Unknown | None]:
        """Runs a part of the program; what went wrong in it, if something did, is its value too.

        The caller must see to what the part had changed until then.
        """
        catching, self.catching = self.catching, 0
        depth = self._depth
        try:
            with self._budget():
                return run(), None
        except Thrown as thrown:
            failed = Unknown(thrown.reason, thrown.location)
        except LimitReached as limit:
            failed = Unknown(limit.reason, limit.location)
            self.report(limit.location, f"not evaluated: {limit.reason}")
        except RecursionError:
            failed = Unknown("it nests too deeply", location)
            self.report(location, "not evaluated: it nests too deeply")
        finally:
            self.catching, self._depth = catching, depth
        return failed, failed

    @contextmanager
    def _budget(self) -> Iterator[None]:
        """A fresh number of steps for what is not part of something that has one already."""
        if self._active == 0:
            self._steps = 0
        self._active += 1
        try:
            yield
        finally:
            self._active -= 1

    def report(self, location: Location, message: str, *, syntax: bool = False) -> None:
        problem = Diagnostic(location, message, syntax)
        if problem not in self.diagnostics:
            self.diagnostics.append(problem)

    # -- Calls --------------------------------------------------------------------------------------------------

    def invoke(self, function: Value, this: Value, arguments: list[Value], place: Place) -> Value:
        """`function.call(this, ...arguments)`. Raises Thrown and LimitReached."""
        if isinstance(function, JsFunction):
            return function.invoke(this, arguments, place)
        if isinstance(function, HostObject):
            self.step(place)
            return function.call(arguments, place.site)
        if isinstance(function, Unknown):
            return self._unknown_result(function, arguments)
        return place.fail("what is called is no function")

    def construct(self, function: Value, arguments: list[Value], place: Place) -> Value:
        """`new function(...arguments)`."""
        self.step(place)
        if isinstance(function, JsFunction):
            return function.construct(arguments, place)
        if isinstance(function, HostObject):
            return function.construct(arguments, place.site)
        if isinstance(function, Unknown):
            return self._unknown_result(function, arguments)
        return place.fail("what is constructed is no class")

    def _unknown_result(self, function: Unknown, arguments: list[Value]) -> Unknown:
        """What an unknown function gives: data, if it is a run's own and is given nothing else."""
        self.on_unknown_call(arguments, function)
        return function if all(map(_is_data, arguments)) else function.as_choice()

    # -- Properties, for modules that `properties` itself needs ---------------------------------------------------

    def get(self, value: Value, key: Value, place: Place) -> Value:
        return properties.get(value, key, place)

    def has(self, value: Value, key: Value, place: Place) -> Value:
        return properties.has(value, key, place)

    def is_instance(self, value: Value, kind: JsFunction, place: Place) -> Value:
        """`value instanceof kind`: whether `kind.prototype` is among what `value` inherits from."""
        test = getattr(kind, "is_instance", None)
        if test is not None:
            return bool(test(value))
        prototype = kind.special("prototype")
        holder = value.prototype if isinstance(value, JsObject) else None
        for _ in range(1000):
            if isinstance(holder, Unknown):
                return holder
            if holder is None or not isinstance(holder, JsObject):
                return False
            if holder is prototype:
                return True
            holder = holder.prototype
        return False

    # -- Limits -------------------------------------------------------------------------------------------------

    def step(self, place: Place, count: int = 1) -> None:
        self._steps += count
        self._total += count
        if self._steps > self.limits.steps:
            self.exceed("it takes more than", self.limits.steps, "steps", place)
        if self._total > self.limits.total_steps:
            self.exceed("the program takes more than", self.limits.total_steps, "steps", place)

    def enter(self, place: Place) -> None:
        """A call of a function of the program begins; `leave` must follow."""
        self.step(place)
        self._depth += 1
        if self._depth > self.limits.depth:
            self._depth -= 1
            self.exceed("calls nest deeper than", self.limits.depth, "", place)

    def leave(self) -> None:
        self._depth -= 1

    def text(self, value: str, place: Place) -> str:
        """A string the program made, if it is not too long; long ones cost steps."""
        length = len(value)
        if length > 256:
            self.step(place, length >> 8)
            if length > self.limits.characters:
                self.exceed("a string is longer than", self.limits.characters, "characters", place)
        return value if value.isascii() else from_utf16(value)

    def check_text(self, length: int, place: Place) -> None:
        """Before a string of that length is made."""
        if length > self.limits.characters:
            self.exceed("a string is longer than", self.limits.characters, "characters", place)

    def check_length(self, length: int, place: Place) -> None:
        """Before an array of that length is made."""
        if length > self.limits.elements:
            self.exceed("an array is longer than", self.limits.elements, "elements", place)

    def exceed(self, what: str, limit: int, unit: str, place: Place) -> NoReturn:
        raise LimitReached(f"{what} {limit:,} {unit}".rstrip(), place.location)
