"""What becomes of values that are handed to code nobody can look into: whatever it may change is unknown."""

from __future__ import annotations

from collections.abc import Iterable

from . import properties
from .values import JsArray, JsExotic, JsFunction, JsObject, Unknown, Value

#: So deep an unknown function may look into what it is given.
_DEPTH = 4


def hand_over(values: Iterable[Value], unknown: Unknown) -> None:
    """What an unknown function may do with what it is given: call functions, change arrays and objects."""
    for value in values:
        _hand_over(value, unknown.as_one().as_choice(), _DEPTH)


def _hand_over(value: Value, unknown: Unknown, depth: int) -> None:
    if isinstance(value, JsFunction):
        value.havoc(unknown)
    elif isinstance(value, JsArray | JsObject):
        if value.fixed or value.frozen or not depth:
            return
        for part in list(value.values()) if isinstance(value, JsObject) else list(value):
            _hand_over(part, unknown, depth - 1)
        properties.spoil(value, unknown)
    elif isinstance(value, JsExotic):
        value.spoil(unknown)
