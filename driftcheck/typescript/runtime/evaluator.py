"""The running of a program: its budget, and the calls between the program, the language's own functions and Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from ...budget import Budget, OverLimit
from ...frozen import dataclass
from ...location import Location
from .bounds import Bounds, RuntimeBound
from .handing import hand_over
from .places import Place
from .prototypes import Prototypes
from .signals import LimitReached, Thrown
from .stack import deeply, is_deep
from .text import from_utf16, width
from .values import UNDEFINED, CallSite, HostObject, JsFunction, Unknown, Value

#: Bytes that a string, a function, an object and a value of Python's take beside what they hold.
STRING, FUNCTION, OBJECT, HOST = 50, 100, 200, 100


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong with the program itself, wherever its values are used: an import of nothing, or a syntax error.

    `syntax` says that it is a syntax error: the parser's recovery may have mangled what is around it.
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

    def __init__(self, prototypes: Prototypes, budget: Budget | None = None) -> None:
        self.prototypes = prototypes
        self.budget = budget or Budget()
        self.bounds = Bounds.of(self.budget.limits)
        self._diagnostics: dict[Diagnostic, None] = {}
        #: The arrays being turned into strings: one may hold itself.
        self.joining: set[int] = set()
        #: The functions whose effects are being spoiled, by the id of their code.
        self.spoiled: set[int] = set()
        self._steps = 0
        self._depth = 0
        self._active = 0

    @property
    def diagnostics(self) -> list[Diagnostic]:
        return list(self._diagnostics)

    # -- Python's side ------------------------------------------------------------------------------------------

    def call(self, function: Value, arguments: list[Value], site: CallSite) -> Value:
        """Calls any value. Never raises: an exception of the program or a limit reached gives an Unknown.

        Outside `deeply`, each call has a thread of its own, so a caller that makes many should be inside.
        """
        place = Place.at(site)
        if not is_deep():
            return deeply(lambda: self.call(function, arguments, site))
        result, failed = self.contained(lambda: self.invoke(function, UNDEFINED, arguments, place), site.location)
        if failed is not None:
            self.hand_over([function], failed)
        return result

    def contained(self, run: Callable[[], Value], location: Location) -> tuple[Value, Unknown | None]:
        """Runs a part of the program; what went wrong in it, if something did, is its value too.

        The caller must see to what the part had changed until then.
        """
        depth = self._depth
        try:
            with self._share():
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
            self._depth = depth
        return failed, failed

    @contextmanager
    def _share(self) -> Iterator[None]:
        """A fresh number of steps for what is not part of something that has one already."""
        if self._active == 0:
            self._steps = 0
        self._active += 1
        try:
            yield
        finally:
            self._active -= 1

    def report(self, location: Location, message: str, *, syntax: bool = False) -> None:
        self._diagnostics[Diagnostic(location, message, syntax)] = None

    # -- Calls --------------------------------------------------------------------------------------------------

    def invoke(self, function: Value, this: Value, arguments: list[Value], place: Place) -> Value:
        """`function.call(this, ...arguments)`. Raises Thrown and LimitReached."""
        if isinstance(function, JsFunction):
            return function.invoke(this, arguments, place)
        if isinstance(function, HostObject):
            self.host(place)
            return function.call(arguments, place.site)
        if isinstance(function, Unknown):
            return self._unknown_result(function, arguments)
        return place.fail("what is called is not a function")

    def construct(self, function: Value, arguments: list[Value], place: Place) -> Value:
        """`new function(...arguments)`."""
        self.step(place)
        if isinstance(function, JsFunction):
            return function.construct(arguments, place)
        if isinstance(function, HostObject):
            self.host(place)
            return function.construct(arguments, place.site)
        if isinstance(function, Unknown):
            return self._unknown_result(function, arguments)
        return place.fail("what is constructed is not a class")

    def _unknown_result(self, function: Unknown, arguments: list[Value]) -> Unknown:
        """What an unknown function gives: data, if it is a run's own and is given nothing else."""
        self.hand_over(arguments, function)
        return function if all(map(_is_data, arguments)) else function.as_choice()

    def hand_over(self, values: Iterable[Value], unknown: Unknown) -> None:
        """Some of them may be called or changed by code that cannot be looked into."""
        hand_over(values, unknown)

    # -- What it takes --------------------------------------------------------------------------------------------

    def step(self, place: Place, count: int = 1) -> None:
        """Takes `count` units of work. Raises LimitReached, as all of these."""
        self._steps += count
        if self._steps > self.bounds.steps.most:
            self.exceed(self.bounds.steps, place)
        try:
            self.budget.step(count)
        except OverLimit as error:
            raise LimitReached(error.why, place.location) from None

    def take(self, count: int, location: Location) -> None:
        """Takes `count` units of work of Python's code."""
        try:
            self.budget.step(count)
            self.budget.make(10 * count)
        except OverLimit as error:
            raise LimitReached(error.why, location) from None

    def make(self, size: int, place: Place) -> None:
        """Takes `size` bytes that are about to be put together."""
        try:
            self.budget.make(size)
        except OverLimit as error:
            raise LimitReached(error.why, place.location) from None

    def enter(self, place: Place, size: int) -> None:
        """A call of a function of the program begins, of so many bytes of source; `leave` must follow."""
        self.turn(place, size)
        self._depth += 1
        if self._depth > self.bounds.calls.most:
            self._depth -= 1
            self.exceed(self.bounds.calls, place)

    def leave(self) -> None:
        self._depth -= 1

    def turn(self, place: Place, size: int) -> None:
        """A call or a turn of a loop: at most all of its source runs once, and what it declares is kept."""
        self.step(place, 10 + (size >> 4))

    def owe(self, count: int) -> None:
        """Units of work that are done already; the next step takes them."""
        self._steps += count
        self.budget.steps += count

    def host(self, place: Place) -> None:
        """A call of Python's code, which keeps what it makes."""
        self.step(place, 2)
        self.make(HOST, place)

    def text(self, value: str, place: Place) -> str:
        """A string the program made, if it is not too long."""
        self.check_text(len(value), width(value), place)
        return value if value.isascii() else from_utf16(value)

    def join(self, parts: Sequence[str], place: Place, separator: str = "") -> str:
        """`parts` as one string, if that is not too long."""
        length = sum(map(len, parts)) + len(separator) * len(parts)
        self.check_text(length, max(map(width, (*parts, separator))), place)
        joined = separator.join(parts)
        return joined if joined.isascii() else from_utf16(joined)

    def check_text(self, length: int, width: int, place: Place) -> None:
        """Before a string of that length is made, each character of so many bytes."""
        if length > self.bounds.characters.most:
            self.exceed(self.bounds.characters, place)
        self.make(STRING + length * width, place)

    def check_length(self, length: int, place: Place) -> None:
        """Before an array or object of that length is made."""
        if length > self.bounds.elements.most:
            self.exceed(self.bounds.elements, place)

    def exceed(self, bound: RuntimeBound, place: Place) -> NoReturn:
        raise LimitReached(bound.why, place.location)
