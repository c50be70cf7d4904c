"""What string constants and quoted names stand for.

https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS; the states xe, xus and xui of
src/backend/parser/scan.l, and str_udeescape in parser.c. ValueError is raised for an escape that PostgreSQL refuses.
"""

from __future__ import annotations

import re
from functools import cache

from ..regex import lazy

BLANK = r"[ \t\r\n\f\v\0]"
#: What may be between two pieces of one constant: a line break, and comments up to the ends of their lines.
CONTINUED = rf"[ \t\f\v\0]*+(?:--[^\r\n]*+)?+[\r\n](?:{BLANK}++|--[^\r\n]*+[\r\n])*+(?=')"
PLAIN = r"'[^']*+(?:''[^']*+)*+'"
ESCAPED = r"'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'"
BITS = r"'[^']*+'"

_PIECE = {"e": lazy(ESCAPED, re.DOTALL), "b": lazy(BITS), "x": lazy(BITS)}
_PLAIN_PIECE = lazy(PLAIN)
_CONTINUED = lazy(CONTINUED)
_ESCAPE = lazy(
    r"(?P<bytes>(?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}))++)|(?P<codes>(?:\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))++)"
    r"|\\(?P<single>.)|''",
    re.DOTALL,
)
_CODE = lazy(r"[0-9a-fA-F]{4,}")
_BYTE = lazy(r"\\(?:x([0-9a-fA-F]+)|([0-7]+))")
_SINGLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def literal(text: str) -> str:
    """A constant whose value is `text`, where standard_conforming_strings is on: a backslash is a backslash."""
    return "'" + text.replace("'", "''") + "'"


def decode(written: str) -> str:
    """The value of a constant in quotes, or the name in double quotes, not cut: prefix and UESCAPE belong to it."""
    opening = written[:3].lstrip("uU&")[:1]
    return _name(written) if opening == '"' else _constant(written)


def _name(written: str) -> str:
    end = written.rindex('"')
    inner = written[written.index('"') + 1 : end].replace('""', '"')
    name = inner if written[0] == '"' else _unicode(inner, _uescape(written[end + 1 :]))
    if not name:
        raise ValueError("a name between the quotes was expected")
    return name


def _constant(written: str) -> str:
    prefix, pieces, at = written[0].lower(), [], written.index("'")
    pattern = _PIECE.get(prefix, _PLAIN_PIECE)
    while piece := pattern.match(written, at):
        inner = piece[0][1:-1]
        pieces.append(_ESCAPE.sub(_escaped, inner) if prefix == "e" else inner.replace("''", "'"))
        at = piece.end()
        if not (more := _CONTINUED.match(written, at)):
            break
        at = more.end()
    value = "".join(pieces)
    return _unicode(value, _uescape(written[at:])) if prefix == "u" else value


def _escaped(match: re.Match[str]) -> str:
    if match["bytes"]:
        found = bytes(int(one[1], 16) if one[1] else int(one[2], 8) & 0xFF for one in _BYTE.finditer(match[0]))
        if 0 in found:
            raise ValueError("a zero byte in a string")
        try:
            return found.decode()
        except UnicodeDecodeError:
            raise ValueError("bytes that are not UTF-8 in a string") from None
    if match["codes"]:
        return _characters([int(code, 16) for code in _CODE.findall(match[0])])
    single = match["single"]
    if single in ("u", "U"):
        raise ValueError("an escape without its digits in a string")
    return "'" if single is None else _SINGLE.get(single, single)


def _uescape(behind: str) -> str:
    """The escape character that follows a constant or name: `UESCAPE '!'`."""
    return behind[-2] if behind else "\\"


@cache
def _unicode_pattern(escape: str) -> re.Pattern[str]:
    mark = re.escape(escape)
    return re.compile(rf"(?P<codes>(?:{mark}(?:[0-9a-fA-F]{{4}}|\+[0-9a-fA-F]{{6}}))++)|{mark}(?P<same>{mark})?")


def _unicode(text: str, escape: str) -> str:
    def value(match: re.Match[str]) -> str:
        if match["codes"]:
            return _characters([int(code.lstrip("+"), 16) for code in match[0].split(escape)[1:]])
        if match["same"]:
            return escape
        raise ValueError("an escape without its digits in a string")

    return _unicode_pattern(escape).sub(value, text)


def _characters(codes: list[int]) -> str:
    """The characters of these codes, in which pairs of surrogates are one."""
    if any(not 0 < code < 0x110000 for code in codes):
        raise ValueError("an escape that is not a character in a string")
    try:
        return "".join(map(chr, codes)).encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise ValueError("half a character in a string") from None
