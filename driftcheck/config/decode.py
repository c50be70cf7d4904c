"""TOML values to the types of `document.py`, collecting what does not fit."""

from __future__ import annotations

import dataclasses
import datetime
import math
import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from ..dialects import DIALECTS, DialectName
from ..frozen import dataclass
from ..kinds import KINDS, KindName
from .positions import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the value (or, for an unknown key, the key) at `path`."""

    path: Path
    message: str
    hint: str | None = None


#: More problems are not looked for: the config may be a stranger's, and for each of them suggestions are made.
MOST_PROBLEMS = 50
#: A longer word has no neighbours worth looking for.
_LONGEST_WORD = 100


class TooManyProblems(Exception):
    """There are MOST_PROBLEMS of them."""


class _Misfit(Exception):
    """A value that is not what its key wants."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely stands for."""
    import difflib  # only for those who misspell something: every check waits for the config

    if len(word) > _LONGEST_WORD:
        return None
    words = {other.casefold(): other for other in known}
    close = difflib.get_close_matches(word.casefold().replace("_", "-"), words, n=1, cutoff=0.6)
    return words[close[0]] if close else None


def unknown(what: str, word: str, known: Iterable[str], where: str = "") -> tuple[str, str]:
    """Message and hint for a word that is none of the known ones."""
    known = list(known)
    close = nearest(word, known)
    question = f"; did you mean '{close}'?" if close else ""
    return f"unknown {what} '{word}'{where}{question}", f"known: {', '.join(known)}"


def dotted(path: Path) -> str:
    """`path` as people write it: `ignore[2].reason`, entries counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table: the field that holds it, its type, and what it means."""

    field: str
    hint: Any
    doc: str
    required: bool
    default: Any


@cache
def keys(cls: type) -> dict[str, Key]:
    """The keys of the table that `cls` describes."""
    hints = typing.get_type_hints(cls, include_extras=True)
    found = {}
    for field in dataclasses.fields(cls):
        hint, doc = typing.get_args(hints[field.name])
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        found[field.name.replace("_", "-")] = Key(field.name, hint, doc, required, field.default)
    return found


class Decoder:
    """Decodes one document. `problems` are all that were met; what has a problem decodes to None or is left out."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def _met(self, path: Path, message: str, hint: str | None) -> None:
        self.problems.append(Problem(path, message, hint))
        if len(self.problems) == MOST_PROBLEMS:
            raise TooManyProblems

    def decode(self, hint: Any, value: Any, path: Path) -> Any:
        """`value` as a `hint`. Raises TooManyProblems."""
        try:
            return self._decode(hint, value, path)
        except _Misfit as misfit:
            self._met(path, misfit.message, misfit.hint)
            return None

    def _decode(self, hint: Any, value: Any, path: Path) -> Any:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            tables = [item for item in arguments if dataclasses.is_dataclass(item)]
            return self._decode(tables[0] if tables and not isinstance(value, str) else arguments[0], value, path)
        if origin is typing.Literal or hint is KindName:
            return _word(arguments or tuple(KINDS), value, path)
        if hint is DialectName:
            return _word(tuple(DIALECTS), value, path)
        if origin is tuple:
            return self._items(arguments[0], value, path)
        if origin is Mapping:
            return self._mapping(arguments[0], arguments[1], value, path)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            return self._table(hint, value, path)
        return _scalar(hint, value, path)

    def _table(self, cls: type, value: Any, path: Path) -> Any:
        entries = _expect(dict, value, "a table", path)
        known = keys(cls)
        values = {}
        for name, item in entries.items():
            if key := known.get(name):
                values[key.field] = self.decode(key.hint, item, (*path, name))
            else:
                self._met((*path, name), *unknown("key", name, known, _within(path)))
        for name, key in known.items():
            if key.required and name not in entries:
                self._met(path, f"'{dotted(path)}' has no '{name}'", f"{name}: {key.doc}")
                values[key.field] = None
        return cls(**values)

    def _items(self, hint: Any, value: Any, path: Path) -> tuple[Any, ...]:
        items = _expect(list, value, "a list of strings" if hint is str else "a list of tables", path)
        return tuple(self.decode(hint, item, (*path, index)) for index, item in enumerate(items))

    def _mapping(self, name: Any, hint: Any, value: Any, path: Path) -> dict[str, Any]:
        words = typing.get_args(name)
        decoded = {}
        for entry, item in _expect(dict, value, "a table", path).items():
            if words and entry not in words:
                self._met((*path, entry), *unknown("key", entry, words, _within(path)))
            else:
                decoded[entry] = self.decode(hint, item, (*path, entry))
        return decoded


def _within(path: Path) -> str:
    return f" in '{dotted(path)}'" if path else ""


def _word(words: tuple[str, ...], value: Any, path: Path) -> str:
    text: str = _expect(str, value, "one of " + ", ".join(f'"{word}"' for word in words), path)
    if text not in words:
        raise _Misfit(*unknown(f"value of '{dotted(path)}':", text, words))
    return text


#: Seconds that anything may be given: a week.
_LONGEST = 604_800


def _scalar(hint: type, value: Any, path: Path) -> Any:
    if hint is str:
        text: str = _expect(str, value, "a string", path)
        if not text.strip() and "env" not in path:
            raise _Misfit(f"'{dotted(path)}' is empty")
        return text
    if hint is datetime.date:
        return _expect(datetime.date, value, "a date", path, "such as 2027-03-01: without quotes, without a time")
    if hint is float:
        number = value if type(value) is float else _expect(int, value, "a number of seconds", path)
        if not 0 < number < math.inf or number > _LONGEST:
            raise _Misfit(f"'{dotted(path)}' must be more than 0 seconds and at most {_LONGEST:,}")
        return float(number)
    if hint is int:
        count: int = _expect(int, value, "a number", path)
        if count < 1:
            raise _Misfit(f"'{dotted(path)}' must be at least 1")
        return count
    return _expect(bool, value, "true or false", path)


_NAMES = {
    bool: "true or false", str: "a string", int: "a number", float: "a number", list: "a list", dict: "a table",
    datetime.datetime: "a date with a time", datetime.date: "a date", datetime.time: "a time",
}  # fmt: skip


def _expect(cls: type, value: Any, wanted: str, path: Path, hint: str | None = None) -> Any:
    """`value`, which must be a `cls` itself: a bool is no int here, and a datetime no date."""
    if type(value) is not cls:
        raise _Misfit(f"'{dotted(path)}' must be {wanted}, not {_NAMES[type(value)]}", hint)
    return value
