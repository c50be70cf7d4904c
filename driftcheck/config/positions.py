"""Where each key and value of a TOML text stands: tomllib gives the values, but not their places.

The text must be one that tomllib has accepted: this scanner finds its way in valid TOML and checks nothing.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter

from ..regex import lazy

#: Keys and list indexes from the top of the document down.
Path = tuple[str | int, ...]

_SPACE = lazy(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = lazy(r"[ \t]*")
_PART = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_KEY = lazy(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_STRING = lazy(r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'", re.DOTALL)
_SCALAR = lazy(r"[^,\]}\n#]*")


def positions(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, table and list entry of `text`, by its path; the first where it is said twice."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines = [match.end() for match in re.finditer("\n", text)]
        self.found: dict[Path, int] = {}
        self.entries: Counter[Path] = Counter()

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self.skip(_SPACE)
        while self.at < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self.header(brackets=2)
            elif self.text[self.at] == "[":
                table = self.header(brackets=1)
            else:
                self.pair(table)
            self.skip(_SPACE)
        return self.found

    def header(self, brackets: int) -> Path:
        start = self.at
        self.at += brackets
        self.skip(_BLANK)
        keys = self.keys()
        self.skip(_BLANK)
        self.at += brackets
        path: Path = ()
        for number, name in enumerate(keys, 1):
            path = (*path, name)
            self.note(path, start)
            if brackets == 2 and number == len(keys):
                path = (*path, self.entries[path])
                self.entries[path[:-1]] += 1
                self.note(path, start)
            elif self.entries[path]:
                path = (*path, self.entries[path] - 1)
        return path

    def pair(self, table: Path) -> None:
        start = self.at
        path = table
        for name in self.keys():
            path = (*path, name)
            self.note(path, start)
        self.skip(_BLANK)
        self.at += 1
        self.skip(_BLANK)
        self.value(path)

    def keys(self) -> tuple[str, ...]:
        match = _KEY.match(self.text, self.at)
        assert match is not None, "the text is not valid TOML"
        self.at = match.end()
        nested: object = tomllib.loads(f"{match[0]} = 0")
        parts = []
        while isinstance(nested, dict):
            ((part, nested),) = nested.items()
            parts.append(part)
        return tuple(parts)

    def value(self, path: Path) -> None:
        if match := _STRING.match(self.text, self.at):
            self.at = match.end()
        elif self.text[self.at] == "[":
            self.array(path)
        elif self.text[self.at] == "{":
            self.inline_table(path)
        else:
            self.skip(_SCALAR)

    def array(self, path: Path) -> None:
        self.at += 1
        self.skip(_SPACE)
        index = 0
        while self.text[self.at] != "]":
            self.note((*path, index), self.at)
            self.value((*path, index))
            index += 1
            self.separator()
        self.at += 1

    def inline_table(self, path: Path) -> None:
        self.at += 1
        self.skip(_SPACE)
        while self.text[self.at] != "}":
            self.pair(path)
            self.separator()
        self.at += 1

    def separator(self) -> None:
        self.skip(_SPACE)
        if self.text[self.at] == ",":
            self.at += 1
            self.skip(_SPACE)

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def note(self, path: Path, offset: int) -> None:
        self.found.setdefault(path, bisect_right(self.lines, offset) + 1)
