"""Interval constants by value: months, days and microseconds, the three numbers PostgreSQL stores.

https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-INTERVAL-INPUT
"""

from __future__ import annotations

import re
from fractions import Fraction

from ...regex import lazy
from ...sql.tokens import MOST_DIGITS

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
#: Microseconds of units below a day.
_TIMES = {
    "microsecond": 1, "us": 1, "usec": 1, "usecond": 1, "millisecond": 1_000, "ms": 1_000, "msec": 1_000,
    "msecond": 1_000, "second": _SECOND, "s": _SECOND, "sec": _SECOND, "minute": 60 * _SECOND, "m": 60 * _SECOND,
    "min": 60 * _SECOND, "hour": 3_600 * _SECOND, "h": 3_600 * _SECOND, "hr": 3_600 * _SECOND,
}  # fmt: skip
_DAYS = {"day": 1, "d": 1, "week": 7, "w": 7}
_MONTHS = {
    "month": 1, "mon": 1, "year": 12, "y": 12, "yr": 12, "decade": 120, "dec": 120, "century": 1_200, "c": 1_200,
    "cent": 1_200, "centurie": 1_200, "millennium": 12_000, "mil": 12_000,
}  # fmt: skip
_PART = lazy(r"\s*([+-]?)\s*(?:(\d+):(\d\d?)(?::(\d\d?(?:\.\d*)?))?|(\d+(?:\.\d*)?|\.\d+)\s*([a-zA-Z]*))\s*")
#: What `day to second` and its like change nothing of: each number has its unit, each time of day its seconds.
_UNITS_SAID = lazy(r"(?=\s*\S)\s*(?:[+-]?\d{1,20}\s*[a-zA-Z]+\s*){0,6}(?:[+-]?\d{1,20}:\d\d:\d\d(?:\.\d{1,9})?)?\s*\Z")
_ISO = lazy(r"P(?=[\dT])((?:[+-]?\d+[YMWD])*)(?:T((?:[+-]?\d+(?:\.\d+)?[HMS])+))?\Z")
_BARE_UNITS = ("second", "minute", "hour", "day", "month", "year")


def canonical_interval(text: str, type_name: str = "interval") -> str:
    """`months days microseconds`, or `text` itself if not understood. `type_name` may hold fields (`interval day`)."""
    fields = type_name.removeprefix("interval").split()
    if len(fields) > 1 and _UNITS_SAID.match(text):
        fields = []
    if len(fields) > 1 or len(text) > MOST_DIGITS or text.strip().lower() in ("infinity", "-infinity"):
        return text
    value = _iso(text.strip()) if text.strip().startswith("P") else _parts(text, fields[0] if fields else "second")
    return text if value is None else " ".join(map(str, value))


def is_whole_in(value: str, type_name: str) -> bool:
    """Whether `value` (canonical) has nothing below the field of `interval day`, where it would be cut off."""
    unit = type_name.removeprefix("interval ")
    parts = value.split()
    if unit not in _BARE_UNITS or not all(part.lstrip("-").isdigit() for part in parts) or len(parts) != 3:
        return False
    months, days, micros = map(int, parts)
    if unit in _TIMES:
        return unit == "second" or micros % _TIMES[unit] == 0
    if unit == "day":
        return micros == 0
    return days == micros == 0 and months % _MONTHS[unit] == 0


def _parts(text: str, bare_unit: str) -> tuple[int, int, int] | None:
    words = text.strip().removeprefix("@")
    ago = words.endswith(" ago")
    words = words.removesuffix(" ago")
    months, days, micros, position = Fraction(0), Fraction(0), Fraction(0), 0
    if not words.strip() or bare_unit not in _BARE_UNITS:
        return None
    while position < len(words):
        match = _PART.match(words, position)
        if not match:
            return None
        sign = -1 if match[1] == "-" else 1
        if match[2]:
            micros += sign * ((int(match[2]) * 60 + int(match[3])) * 60 + Fraction(match[4] or 0)) * _SECOND
        else:
            last = match.end() == len(words)
            if not match[6] and not last:
                return None
            amount, unit = sign * Fraction(match[5]), (match[6] or bare_unit).lower()
            added = _amount(amount, unit)
            if added is None:
                return None
            months, days, micros = months + added[0], days + added[1], micros + added[2]
        position = match.end()
    return _whole(months, days, micros, -1 if ago else 1)


def _amount(amount: Fraction, unit: str) -> tuple[Fraction, Fraction, Fraction] | None:
    """Months, days and microseconds of one part; fractions of a unit flow into the smaller ones."""
    zero = Fraction(0)
    singular = unit if unit in _TIMES or unit in _MONTHS or unit in _DAYS else unit.removesuffix("s")
    if singular in _TIMES:
        return zero, zero, amount * _TIMES[singular]
    if singular in _DAYS:
        days = amount * _DAYS[singular]
        return zero, Fraction(int(days)), (days - int(days)) * _DAY
    if singular in _MONTHS:
        months = amount * _MONTHS[singular]
        if months.denominator != 1:
            # PostgreSQL rounds these differently from version to version.
            return None
        return months, zero, zero
    return None


def _whole(months: Fraction, days: Fraction, micros: Fraction, sign: int) -> tuple[int, int, int] | None:
    if micros.denominator != 1:
        return None
    return sign * int(months), sign * int(days), sign * int(micros)


def _iso(text: str) -> tuple[int, int, int] | None:
    match = _ISO.match(text)
    if not match:
        return None
    months, days, micros = Fraction(0), Fraction(0), Fraction(0)
    for amount, unit in re.findall(r"([+-]?\d+)([YMWD])", match[1] or ""):
        months += int(amount) * {"Y": 12, "M": 1}.get(unit, 0)
        days += int(amount) * {"W": 7, "D": 1}.get(unit, 0)
    for amount, unit in re.findall(r"([+-]?\d+(?:\.\d+)?)([HMS])", match[2] or ""):
        micros += Fraction(amount) * {"H": 3_600, "M": 60, "S": 1}[unit] * _SECOND
    return _whole(months, days, micros, 1)
