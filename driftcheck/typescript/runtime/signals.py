"""How an evaluation leaves its usual course: completions of statements, exceptions of the program, limits."""

from __future__ import annotations

from enum import Enum

from ...frozen import dataclass
from ...location import Location
from .values import UNDEFINED, JsObject, Unknown, Value, clipped


class Ending(Enum):
    BREAK = "break"
    CONTINUE = "continue"
    RETURN = "return"
    #: The statement may or may not have left: a `return` or `break` is under a condition that is not known.
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Completion:
    """How a statement ended, if not by reaching its end (that is None).

    For PERHAPS, `value` is the Unknown that the condition was, and `leaves` says whether the function may have been
    left, and not just the loop.
    """

    kind: Ending
    value: Value = UNDEFINED
    label: str | None = None
    leaves: bool = False


#: How the reason of an Unknown begins that an exception of the program left.
THROWN = "an error is thrown"


class Thrown(Exception):
    """An exception of the evaluated program. `value` is what it threw."""

    def __init__(self, value: Value, location: Location) -> None:
        super().__init__(value)
        self.value = value
        self.location = location

    @property
    def reason(self) -> str:
        """A clause for an Unknown."""
        if isinstance(self.value, Unknown):
            return f"{THROWN}: {self.value.reason}"
        message = self.value
        if isinstance(self.value, JsObject):
            message = self.value.get("message", (self.value.hidden or {}).get("message"))
        if isinstance(message, Unknown):
            message = message.reason
        return clipped(f"{THROWN}: {message}") if isinstance(message, str) and message else THROWN


class LimitReached(Exception):
    """The evaluation needs more than the limits allow. `reason` is a clause that names the limit."""

    def __init__(self, reason: str, location: Location) -> None:
        super().__init__(reason)
        self.reason = reason
        self.location = location
