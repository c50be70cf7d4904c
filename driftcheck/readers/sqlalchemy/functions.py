"""CREATE FUNCTION as a signature and a definition: its options in any order, its body last or not."""

from __future__ import annotations

import re
from typing import Any

from ...model import Function, Location
from ...sql import squeezed
from . import entity_text as text

_SIGNATURE = re.compile(
    r"(?s)\s*(?P<name>(?:\"[^\"]+\"|[\w$]+)(?:\.(?:\"[^\"]+\"|[\w$]+))?)\s*\((?P<arguments>.*)\)\s*\Z"
)
_BODY = re.compile(r"(?is)\bAS\s*(?:\$(?P<tag>\w*)\$(?P<dollar>.*?)\$(?P=tag)\$|'(?P<quoted>(?:[^']|'')*)')")
_RETURNS = re.compile(
    r"(?is)^\s*RETURNS\s+(?P<type>(?:(?!\b(?:LANGUAGE|IMMUTABLE|STABLE|VOLATILE|STRICT|SECURITY|PARALLEL|COST|ROWS|SET|AS"
    r"|LEAKPROOF|CALLED|WINDOW|EXTERNAL|SUPPORT)\b).)+)"
)
_OPTIONS: tuple[tuple[str, str], ...] = (
    ("language", r"LANGUAGE\s+'?(?P<value>\"[^\"]+\"|\w+)'?"),
    ("volatility", r"(?P<value>IMMUTABLE|STABLE|VOLATILE)"),
    ("called", r"CALLED\s+ON\s+NULL\s+INPUT"),
    ("strict", r"STRICT|RETURNS\s+NULL\s+ON\s+NULL\s+INPUT"),
    ("security", r"(?:EXTERNAL\s+)?SECURITY\s+(?P<value>DEFINER|INVOKER)"),
    ("parallel", r"PARALLEL\s+(?P<value>UNSAFE|RESTRICTED|SAFE)"),
    ("leakproof", r"(?P<value>NOT\s+)?LEAKPROOF"),
    ("cost", r"COST\s+(?P<value>[\d.]+)"),
    ("rows", r"ROWS\s+(?P<value>[\d.]+)"),
    ("window", r"WINDOW"),
)
_SETTING = re.compile(r"(?is)\bSET\s+(?P<name>[\w.]+)\s*(?:TO|=)\s*(?P<value>'[^']*'|[^\s;]+(?:\s*,\s*[^\s;]+)*)")
_MODES = re.compile(r"(?i)^(?:IN|INOUT|VARIADIC)\s+")
_DEFAULT = re.compile(r"(?is)\s+(?:DEFAULT\b|=).*$|\s*=.*$")


def parse_function(schema: str, signature: str, definition: str, location: Location) -> Function:
    """The function that `CREATE FUNCTION schema.signature definition` makes. Raises ValueError if it cannot."""
    head, body = _SIGNATURE.match(signature), _BODY.search(definition)
    if head is None or body is None:
        raise ValueError("its signature has no arguments in parentheses" if head is None else "it has no body")
    rest = definition[: body.start()] + " " + definition[body.end() :]
    returns = _RETURNS.match(rest)
    if returns is not None:
        rest = rest[returns.end() :]
    settings, rest = _settings(rest)
    found, rest = _options(rest)
    if left := rest.strip().strip(";").strip():
        raise ValueError(f"its definition holds {left[:30]!r}")
    return Function(
        schema=schema,
        name=text.identifier(head["name"], quoted=True),
        signature=tuple(_type_of(argument) for argument in text.split(head["arguments"]) if _is_input(argument)),
        arguments=squeezed(head["arguments"]),
        returns=squeezed(returns["type"]) if returns is not None else None,
        body=body["dollar"] if body["quoted"] is None else body["quoted"].replace("''", "'"),
        settings=settings,
        location=location,
        **found,
    )


def _settings(rest: str) -> tuple[tuple[tuple[str, str], ...], str]:
    pairs = tuple((match["name"].lower(), match["value"].strip("'")) for match in _SETTING.finditer(rest))
    return pairs, _SETTING.sub(" ", rest)


def _options(rest: str) -> tuple[dict[str, Any], str]:
    values: dict[str, str] = {}
    for name, pattern in _OPTIONS:
        match = re.search(rf"(?is)(?<!\w)(?:{pattern})(?!\w)", rest)
        if match is not None:
            values[name] = (match.groupdict().get("value") or "").strip().lower()
            rest = rest[: match.start()] + " " + rest[match.end() :]
    return {
        "language": text.identifier(values.get("language", "sql")),
        "volatility": values.get("volatility", "volatile"),
        "strict": "strict" in values,
        "security_definer": values.get("security") == "definer",
        "parallel": values.get("parallel", "unsafe"),
        "leakproof": values.get("leakproof") == "",
        "cost": values.get("cost"),
        "rows": values.get("rows"),
        "window": "window" in values,
    }, rest


def _is_input(argument: str) -> bool:
    return re.match(r"(?i)OUT\s", argument) is None


def _type_of(argument: str) -> str:
    """The type in `[mode] [name] type [DEFAULT …]`."""
    words = _DEFAULT.sub("", _MODES.sub("", argument.strip())).strip()
    name, _, type_ = words.partition(" ")
    several = ("double precision", "character varying", "bit varying")
    is_type = not type_ or words.lower().startswith((*several, "timestamp ", "time ", "interval "))
    if is_type and not re.match(r"(?i)(timestamp|time|interval)\s+(?!with|without|\()\w", words):
        return words
    return type_.strip() if type_ else name
