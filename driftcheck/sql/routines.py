"""The options of functions and procedures: https://www.postgresql.org/docs/current/sql-createfunction.html"""

from __future__ import annotations

from typing import Any

from ..model import quote
from .stream import Stream

#: Words → the field of the model that they say, and its value.
_FLAGS: dict[tuple[str, ...], tuple[str, Any]] = {
    ("immutable",): ("volatility", "immutable"),
    ("stable",): ("volatility", "stable"),
    ("volatile",): ("volatility", "volatile"),
    ("strict",): ("strict", True),
    ("returns", "null", "on", "null", "input"): ("strict", True),
    ("called", "on", "null", "input"): ("strict", False),
    ("external", "security", "definer"): ("security_definer", True),
    ("external", "security", "invoker"): ("security_definer", False),
    ("security", "definer"): ("security_definer", True),
    ("security", "invoker"): ("security_definer", False),
    ("not", "leakproof"): ("leakproof", False),
    ("leakproof",): ("leakproof", True),
    ("window",): ("window", True),
}


def read_options(stream: Stream, values: dict[str, Any]) -> None:
    """Options of a routine in any order, its body among them."""
    while not stream.done:
        if stream.accept("language"):
            values["language"] = (stream.string() if stream.at_string else stream.identifier()).lower()
        elif stream.accept("as"):
            body = stream.string()
            values["body"] = f"{body}, {stream.string()}" if stream.accept(",") else body
        elif stream.at("return") or stream.at("begin", "atomic"):
            values["body"] = str(stream.made(stream.until()))
        elif stream.accept("transform"):
            stream.until("as", "language", "window", "immutable", "stable", "volatile", "cost", "rows", "set")
        elif not read_option(stream, values):
            raise stream.unexpected()


def read_option(stream: Stream, values: dict[str, Any]) -> bool:
    """An option that ALTER FUNCTION has too."""
    for words, (field, value) in _FLAGS.items():
        if stream.accept(*words):
            values[field] = value
            return True
    if stream.accept("parallel"):
        values["parallel"] = stream.identifier()
    elif word := stream.accept_any("cost", "rows"):
        values[word] = stream.advance().text
    elif stream.accept("support"):
        values["support"] = ".".join(stream.path()[-2:])
    elif stream.accept("set"):
        name, value = read_setting(stream)
        settings = {**dict(values.get("settings", ())), name: value}
        values["settings"] = tuple(settings.items())
    elif stream.accept("reset"):
        name = stream.identifier()
        kept = () if name == "all" else tuple(item for item in values.get("settings", ()) if item[0] != name)
        values["settings"] = kept
    else:
        return False
    return True


def read_setting(stream: Stream) -> tuple[str, str]:
    """`name TO | = value, …` or `name FROM CURRENT`; the value as PostgreSQL lists it, however it was quoted."""
    if stream.accept("time", "zone"):
        return "timezone", stream.string() if stream.at_string else stream.until()
    name = stream.identifier()
    while stream.accept("."):
        name = f"{name}.{stream.identifier()}"
    if stream.accept("from", "current"):
        return name, "FROM CURRENT"
    if not (stream.accept("to") or stream.accept("=")):
        raise stream.unexpected("TO was expected")
    items = [_setting_item(stream)]
    while stream.accept(","):
        items.append(_setting_item(stream))
    if name == "search_path":
        return name, ", ".join(quote(item) for item in items if item)
    return name, ", ".join(items)


def _setting_item(stream: Stream) -> str:
    if stream.at_string:
        return stream.string()
    if stream.at_name:
        return stream.identifier()
    sign = stream.advance().word if stream.word in ("-", "+") else ""
    return sign + stream.advance().text
