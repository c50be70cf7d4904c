"""JSON and TOML that anybody may have written: what no such document may hold is an error of one sentence."""

from __future__ import annotations

import json
import math
import re
import tomllib
from typing import Any

from ..budget import Limits
from ..regex import lazy

#: Documents nest as deep as a source may.
DEEPEST = Limits().depth
_JSON = lazy(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
#: Strings and comments whole; what opens and closes; the dots of a key, and what ends one.
_TOML = lazy(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)|"(?:[^"\\\n]|\\.)*+"?'
    r"|'''.*?(?:'''|\Z)|'[^'\n]*+'?"
    r"|\#[^\n]*|[\[{]|[\]}]|\.|[=,\n]",
    re.DOTALL,
)


class Malformed(ValueError):
    """What was read is no document. `line` counts from 1; it is where reading stopped, if that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def parse_json(text: str) -> Any:
    """The value of a JSON text (RFC 8259: no NaN, no Infinity, and no number beyond what a double holds).

    Raises Malformed for whatever is none, or nests too deeply.
    """
    _demand_shallow(text, _JSON)
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=_float, parse_int=_int)
    except json.JSONDecodeError as error:
        raise Malformed(f"{error.msg} (column {error.colno})", error.lineno) from error
    except RecursionError as error:
        raise Malformed("it nests too deeply") from error


def parse_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text. Raises Malformed for whatever is none, or nests too deeply."""
    _demand_shallow(text, _TOML)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise Malformed(str(error), int(found[1]) if found else text.count("\n") + 1) from error
    except (ValueError, OverflowError) as error:
        raise Malformed(f"it holds an invalid number or date: {str(error)[:200]}") from error
    except RecursionError as error:
        raise Malformed("it nests too deeply") from error


def _demand_shallow(text: str, tokens: re.Pattern[str]) -> None:
    """Before a parser sees it, since theirs take as many frames as there are levels, or the square of them in time."""
    depth = dots = 0
    for found in tokens.finditer(text):
        letter = text[found.start()]
        if letter in "[{":
            depth += 1
        elif letter in "]}":
            depth -= 1
        dots = dots + 1 if letter == "." else 0 if letter in "=,\n" else dots
        if depth + dots > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            raise Malformed(f"it nests deeper than {DEEPEST} levels", line)


def _no_number(word: str) -> Any:
    raise Malformed(f"it holds {word}, which is not a number")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed(f"it holds {_short(digits)}, a number that is too large")
    return number


def _int(digits: str) -> int:
    try:
        return int(digits)
    except ValueError as error:  # Python converts no more than some thousand digits
        raise Malformed(f"it holds {_short(digits)}, a number that is too large") from error


def _short(digits: str) -> str:
    return digits if len(digits) <= 20 else f"{digits[:20]}… of {len(digits):,} digits"
