"""Text that may hold anything (names, values, paths, what a program printed) as text that does no harm.

Whatever driftcheck says passes through here, in every format and on either stream. Nothing in it moves a cursor, hides
or reorders words, or is taken for a command by the log of a CI system. GitHub's are lines that begin with `::`, and
`##[` wherever it is (https://docs.github.com/actions/reference/workflow-commands-for-github-actions); Azure
Pipelines has `##vso[`, TeamCity `##teamcity[`, GitLab `section_start:`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .regex import lazy

#: How much of a name or value is shown; nobody reads more of a name of ten thousand letters.
LONGEST = 500

#: Characters that show nothing, although Unicode does not count them as formatting.
_BLANK = lazy("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0\U000e0100-\U000e01ef]")
#: Where a log finds a command, wherever it is in a line: the character without which it is none.
_COMMANDS = lazy(r"(?<=#)#(?=[\w-]*\[)|(?<=section_start):(?=\d)|(?<=section_end):(?=\d)")
#: And where only at the beginning of one, where GitHub's runner passes over blanks. A terminal's styles are ours.
_BEGINNINGS = lazy(r"^((?:[^\S\n]|\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b\n]*\x1b\\)*)([:\[])(?=:|command\])", re.MULTILINE)


#: The password of a URL, up to the last @ of the word; and that of libpq's `name=value`.
_IN_URL = lazy(r"(?<=://)([^\s:/@'\"]*):\S*@")
_IN_WORDS = lazy(r"\b((?:pg|ssl)?password|oauth_client_secret)(\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&'\"]+)", re.IGNORECASE)


def without_passwords(text: str) -> str:
    """`text` without the passwords in what looks like the address of a database."""
    if "://" in text:
        text = _IN_URL.sub(r"\1:***@", text)
    return _IN_WORDS.sub(r"\1\2***", text) if "=" in text else text


def plain(text: str, longest: int | None = LONGEST, keep: str = "") -> str:
    """`text` on one line, cut, with everything in it visible: control characters, those that reorder the words around
    them, lone surrogates and the like as escapes. Characters in `keep` stay as they are.
    """
    if longest is not None and len(text) > longest:
        text = f"{text[: longest - 1]}…"
    shown = respelled(text, escape, keep)
    return shown if longest is None or len(shown) <= longest else f"{shown[: longest - 1]}…"


def respelled(text: str, spell: Callable[[str], str], keep: str = "") -> str:
    """`text` with `spell(character)` for every character that cannot be seen or makes a command of what follows."""
    if not text.isprintable() or (not text.isascii() and _BLANK.search(text) is not None):
        text = "".join(char if char in keep or _harmless(char) else spell(char) for char in text)
    return _COMMANDS.sub(lambda match: spell(match[0]), text) if "#" in text or "section_" in text else text


def guarded(text: str) -> str:
    """Whole lines made of `plain` text, to be printed: none begins with what a log would take for a command."""
    return _BEGINNINGS.sub(lambda match: match[1] + escape(match[2]), text)


def guarded_json(text: str) -> str:
    """The JSON `text` with JSON's own escapes for what is invisible or makes a command: it means what it meant."""
    return respelled(text, _json_escape, keep="\n")


def escape(char: str) -> str:
    """A character as an escape, as in Python: `\\x1b`, `\\u202e`, `\\U000e0001`."""
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _harmless(char: str) -> bool:
    return char.isprintable() and _BLANK.match(char) is None


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
