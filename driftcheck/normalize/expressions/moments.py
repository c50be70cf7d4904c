"""Dates and timestamps in ISO 8601, by value. Words such as 'now' and other notations are left as they are written."""

from __future__ import annotations

from datetime import datetime, timedelta

from ...regex import lazy

_TIME = lazy(r"(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?\Z")
_MOMENT = lazy(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T\s]\s*(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?\s*(Z|z|UTC|utc|[+-]\d\d?(?::?\d\d)?)?)?\Z"
)


def canonical_moment(text: str, type_name: str) -> str:
    """`text` as a date, a timestamp, or an instant in UTC.

    A timestamp with time zone whose constant names no zone depends on the session that runs the statement; UTC, which
    servers have unless told otherwise, is taken.
    """
    if text.strip().lower() == "epoch":
        return "1970-01-01" if type_name == "date" else "1970-01-01 00:00:00"
    match = _MOMENT.match(text.strip())
    if not match:
        return text
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    micros = int((fraction or "0").ljust(6, "0"))
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micros)
        if type_name == "date":
            return moment.date().isoformat()
        if type_name == "timestamp with time zone":
            moment -= _offset(zone)
    except (ValueError, OverflowError):
        return text
    return moment.isoformat(sep=" ")


def canonical_time(text: str) -> str:
    """A time of day with its seconds."""
    match = _TIME.match(text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        return text
    fraction = (match[4] or "").rstrip("0")
    return f"{int(match[1]):02}:{match[2]}:{match[3] or '00'}" + (f".{fraction}" if fraction else "")


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone.lower() in ("z", "utc"):
        return timedelta()
    digits = zone[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if zone[0] == "-" else offset
