"""Small pieces of SQL text: literals, lists, expressions, dollar quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...model import Expression, qualified, quote

_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?\Z")
_END = re.compile(r"(?:\s*;)+((?:\s*--[^\n]*|\s)*)\Z")
_PART = r'(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")'
_DOTTED = re.compile(rf"{_PART}\.{_PART}\Z")
#: What DEFAULT takes without parentheses (PostgreSQL's b_expr, and little of it): constants, one call, casts of those.
_PLAIN_DEFAULT = re.compile(
    r"(?:'(?:[^'\\]|'')*'|[-+]?[0-9][0-9_.]*|[\w.]+(?:\((?:[^()']|'(?:[^'\\]|'')*')*\))?)"
    r"(?:::(?:character varying|double precision|bit varying|timestamp with(?:out)? time zone|[\w.\"]+)"
    r"(?:\([0-9, ]*\))?(?:\[\])*)*\Z"
)


def literal(text: str) -> str:
    """`text` as a string constant (standard_conforming_strings is on, as by default)."""
    return "'" + text.replace("'", "''") + "'"


def names(columns: Iterable[str]) -> str:
    """A list of names in parentheses."""
    return f"({', '.join(map(quote, columns))})"


def settings(options: Iterable[tuple[str, str]]) -> str:
    """`(name = value, …)` of a WITH clause."""
    return f"({', '.join(f'{_setting_name(name)} = {_value(value)}' for name, value in options)})"


def _setting_name(name: str) -> str:
    return ".".join(map(quote, name.split(".")))


def _value(value: str) -> str:
    return value if _NUMBER.match(value) or quote(value) == value else literal(value)


def dotted(name: str) -> str:
    """A name that may have a schema before it (`s.n`, parts quoted where they need it), or that has a dot of its own
    (the collation `en_US.utf8`).
    """
    return name if _DOTTED.match(name) else quote(name)


def parts(name: str) -> str:
    """`schema.name` of which neither part is quoted yet."""
    return qualified(*name.split(".", 1)) if "." in name else quote(name)


def collate(collation: str | None) -> str:
    return "" if collation is None else f" COLLATE {dotted(collation)}"


def bare(expression: Expression) -> str:
    """The expression where anything may stand. A comment at its end must not swallow what follows."""
    text = expression.sql.strip()
    return text + "\n" if "--" in text.rpartition("\n")[2] else text


def query(expression: Expression) -> str:
    """A query without the semicolon that its author may have put behind it."""
    return bare(Expression(_END.sub(r"\1", expression.sql)))


def grouped(expression: Expression) -> str:
    """The expression in parentheses: once, if its author gave it some already."""
    text = bare(expression)
    return text if _is_group(text) else f"({text})"


def default(expression: Expression) -> str:
    """The expression where DEFAULT stands, which takes no AND, IN or COLLATE unless in parentheses."""
    return bare(expression) if _PLAIN_DEFAULT.match(expression.sql.strip()) else grouped(expression)


def _is_group(text: str) -> bool:
    """Whether one pair of parentheses surely goes around all of `text`."""
    if not (text.startswith("(") and text.endswith(")")) or any(mark in text for mark in ("'", '"', "$", "--", "/*")):
        return False
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position == len(text) - 1
    return False


def dollar_quoted(text: str) -> str:
    """`text` between dollar quotes that do not occur in it."""
    tag, number = "$$", 0
    while tag in text or (text.endswith("$") and tag == "$$"):
        number += 1
        tag = f"$body{number if number > 1 else ''}$"
    return f"{tag}{text}{tag}"


def remark(text: str) -> str:
    """`text` in a comment to the end of the line, whatever is in it."""
    return "-- " + re.sub(r"[\r\n]+", " ", text)
