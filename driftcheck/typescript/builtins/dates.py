"""Dates that the source text alone decides: `new Date('2024-01-31')`, `new Date(0)`, `Date.UTC(…)`.

All that depends on the clock or on the time zone of the machine is Unknown.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from ...regex import lazy
from ..runtime.values import UNDEFINED, CallSite, HostFunction, HostObject, Unknown, Value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = lazy(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = lazy(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})")


class Date(HostObject):
    """A moment, in milliseconds since 1970 UTC."""

    def __init__(self, milliseconds: int) -> None:
        self.milliseconds = milliseconds

    @property
    def moment(self) -> datetime:
        return _EPOCH + timedelta(milliseconds=self.milliseconds)

    def to_iso_string(self) -> str:
        """`toISOString()`: always UTC, with milliseconds."""
        moment = self.moment
        return f"{moment.year:04d}" + moment.strftime("-%m-%dT%H:%M:%S") + f".{moment.microsecond // 1000:03d}Z"

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("toISOString", "toJSON"):
            return HostFunction(lambda _arguments, _site: self.to_iso_string(), key)
        if key in ("getTime", "valueOf"):
            return HostFunction(lambda _arguments, _site: self.milliseconds, key)
        return site.unknown(f"a date's {key} depends on where it runs", data=True)

    def to_string(self, site: CallSite) -> Value:
        return site.unknown("a date as text depends on where it runs", data=True)

    def to_number(self, site: CallSite) -> Value:
        return self.milliseconds


class DateClass(HostObject):
    """`Date`."""

    type_of = "function"

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        return site.unknown("a date is known at run time", data=True)

    def construct(self, arguments: list[Value], site: CallSite) -> Value:
        value = arguments[0] if len(arguments) == 1 else UNDEFINED
        if isinstance(value, Unknown):
            return value
        milliseconds: int | None = None
        if isinstance(value, Date):
            milliseconds = value.milliseconds
        elif isinstance(value, str):
            milliseconds = _parse(value)
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            milliseconds = int(value)
        if milliseconds is None or not -62_135_596_800_000 <= milliseconds < 253_402_300_800_000:
            return site.unknown("a date depends on the clock or the time zone", data=True)
        return Date(milliseconds)

    def has_instance(self, value: Value) -> bool:
        return isinstance(value, Date)

    def get(self, key: str, site: CallSite) -> Value:
        if key == "UTC":
            return HostFunction(_utc, key)
        return site.unknown("a date is known at run time", data=True)


def _parse(text: str) -> int | None:
    """A date alone is UTC; a time needs its zone, else it is that of the machine."""
    try:
        if _DAY.fullmatch(text):
            return _milliseconds(datetime.fromisoformat(text).replace(tzinfo=UTC))
        return _milliseconds(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _utc(arguments: list[Value], site: CallSite) -> Value:
    for value in arguments:
        if isinstance(value, Unknown):
            return value
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            return site.unknown("Date.UTC is given no numbers")
    year, month, *rest = [*(int(value) for value in arguments), *[0] * 2][: max(len(arguments), 2)]
    day, hour, minute, second, fraction = [*rest, *[1, 0, 0, 0, 0][len(rest) :]][:5]
    try:
        start = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        span = timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second, milliseconds=fraction)
        return _milliseconds(start + span)
    except (ValueError, OverflowError):
        return site.unknown("Date.UTC is given no date")
