"""Defaults that PostgreSQL evaluates once, when the table is made, although they look like the time of each row."""

from __future__ import annotations

import re
from typing import Any

from ..sql.tokens import END
from ..sql.types import without_casts

#: What the input of a date or time takes for the time at which it is read; brackets around and behind it mean nothing.
#: https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-VALUES
_MOMENTS = frozenset({"now", "today", "tomorrow", "yesterday"})
#: By way of text it is read anew for each row: the old idiom that does work.
_AS_TEXT = re.compile(r"::\s*(?:pg_catalog\.)?(?:text|varchar|character|char|name|bpchar)\b", re.IGNORECASE)
_TIMES = ("timestamp", "date", "time")


def remark(*things: Any) -> str | None:
    """What is to be known of the first of `things` (columns or domains, the truth's first) whose default is frozen."""
    frozen = next((text for thing in things if (text := _frozen(thing)) is not None), None)
    return f"{frozen} is frozen: PostgreSQL evaluates it once, when the table is made" if frozen else None


def _frozen(thing: Any) -> str | None:
    """The default, if it is a constant that names a moment, and the type one that reads it as such."""
    default, type_ = getattr(thing, "default", None), getattr(thing, "type", None)
    if default is None or not str(type_).startswith(_TIMES):
        return None
    text = without_casts(default.sql)
    if not text.at_string or text.peek().kind != END or _AS_TEXT.search(default.sql):
        return None
    return default.sql if text.token.value.lower().strip(" ()") in _MOMENTS else None
