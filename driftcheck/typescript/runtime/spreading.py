"""Spreads: the elements of one value put into an array, the properties of one into an object."""

from __future__ import annotations

from . import properties
from .places import Place
from .values import UNKNOWN_KEYS, JsObject, Symbol, Unknown, Value


def spread_into(items: list[Value], value: Value, place: Place) -> int:
    """Adds the elements of `value`; an Unknown stands for however many there are. Returns how many it added."""
    more = properties.iterate(value, place)
    if isinstance(more, Unknown):
        items.append(more.as_many())
        return 1
    place.evaluator.check_length(len(items) + len(more), place)
    place.evaluator.step(place, len(more))
    place.evaluator.make(16 * len(more), place)
    items.extend(more)
    return len(more)


def copy_properties(made: JsObject, value: Value, place: Place) -> None:
    """`{...value}` and `Object.assign`: own enumerable properties, each with the place where it was written."""
    found = properties.entries(value, place)
    if isinstance(found, Unknown):
        spread_unknown(made, found)
        return
    place.evaluator.step(place, len(found))
    place.evaluator.make(150 * len(found), place)
    known = value.locations if isinstance(value, JsObject) else {}
    for key, item in found:
        if key == UNKNOWN_KEYS and isinstance(item, Unknown):
            spread_unknown(made, item)
            continue
        made[key] = item
        made.locations[key] = known.get(key) or place.location
    hidden = value.hidden if isinstance(value, JsObject) else None
    for symbol, item in (hidden or {}).items():
        if isinstance(symbol, Symbol):
            properties.hide(made, symbol, item)


def spread_unknown(made: JsObject, unknown: Unknown) -> None:
    """There may be more properties, and those there are may be others."""
    for key in made:
        if key != UNKNOWN_KEYS:
            made[key] = unknown.as_one()
    made.setdefault(UNKNOWN_KEYS, unknown.as_many())
