"""psql's variables: `\\set name value`, and `:name`, `:'name'` and `:"name"` in the statements that follow.

As psql does it (src/bin/psql/psqlscanslash.l, variables.c): the words behind a name are joined without blanks, single
quotes are taken off them, and a variable that is not set is left as it is. Text in quotes is never substituted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from ...budget import Budget
from ...model import Location
from ...regex import lazy
from ...sql import Token
from ...sql.scanner import Scanner, Statement
from ...sql.text import SourceText
from ...sql.tokens import END, VARIABLE

_WORDS = lazy(
    r"""\s*(?:'(?P<quoted>(?:[^'\\]|\\.|'')*)'|(?P<command>`[^`]*`)"""
    r"""|:(?P<variable>\w+|'\w+'|"\w+")|(?P<bare>"[^"]*"|[^\s'"`:\\]+|[:"]))""",
    re.DOTALL,
)
_IN_ARGUMENT = lazy(r"""(?<!:):(?:\w+|'\w+'|"\w+")""")
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f"}


def set_variable(text: str, variables: dict[str, str | None], budget: Budget) -> None:
    """Reads what follows `\\set`. A value that a program of the shell gives (`` `…` ``) is not known: None.

    Nor is one that `budget` has no bytes for: raises OverLimit.
    """
    name, _, rest = text.strip().partition(" ")
    if not name:
        return
    variables[name], before = None, dict(variables)
    words = [_word(match, before) for match in _WORDS.finditer(rest)]
    known = [word for word in words if word is not None]
    budget.make(sum(map(len, known)))
    variables[name] = "".join(known) if len(known) == len(words) else None


def _word(match: re.Match[str], variables: Mapping[str, str | None]) -> str | None:
    kind, text = match.lastgroup, match[match.lastgroup or 0]
    if kind == "quoted":
        return re.sub(r"\\(.)|''", lambda m: "'" if m[1] is None else _ESCAPES.get(m[1], m[1]), text, flags=re.DOTALL)
    if kind == "command":
        return None
    if kind == "variable":
        return _value(f":{text}", variables) if text.strip("'\"") in variables else f":{text}"
    return text


def _value(written: str, variables: Mapping[str, str | None]) -> str | None:
    """What stands for `:name`, `:'name'` or `:"name"`; None if the variable has no known value."""
    mark = written[1] if written[1] in "'\"" else ""
    value = variables.get(written[1:].strip(mark) if mark else written[1:])
    if value is None:
        return None
    if mark == "'":
        quoted = value.replace("'", "''")
        return "E'" + quoted.replace("\\", "\\\\") + "'" if "\\" in quoted else f"'{quoted}'"
    return '"' + value.replace('"', '""') + '"' if mark else value


class _Substituted(SourceText):
    """A statement with the values of its variables in it; its places are those of the file."""

    def __init__(self, statement: Statement, edits: list[tuple[Token, str]]) -> None:
        self._origin = statement.source
        self._starts: list[int] = []
        self._shifts: list[int] = []
        pieces, at, length = [], statement.start, 0
        for token, value in [*edits, (Token(END, "", statement.end, statement.end, ""), "")]:
            before = self._origin.text[at : token.start]
            self._mark(length, at)
            length += len(before)
            self._mark(length, token.start)
            pieces += [before, value]
            length += len(value)
            at = token.end
        self._mark(length, statement.end)
        super().__init__(statement.source.path, "".join(pieces))

    def _mark(self, here: int, there: int) -> None:
        self._starts.append(here)
        self._shifts.append(there)

    def _there(self, offset: int) -> int:
        """The place in the file of a place in this text; within a value, where the variable stands."""
        at = bisect_right(self._starts, offset) - 1
        end = self._shifts[at + 1] if at + 1 < len(self._shifts) else self._shifts[at]
        return min(self._shifts[at] + offset - self._starts[at], end)

    def line(self, offset: int) -> int:
        return self._origin.line(self._there(offset))

    def location(self, start: int, end: int | None = None) -> Location:
        return self._origin.location(self._there(start), None if end is None else self._there(end))


def substituted(statement: Statement, variables: Mapping[str, str | None], budget: Budget) -> list[Statement]:
    """The statement with the values of its variables: several, if a value holds a semicolon. Raises OverLimit."""
    edits = [
        (token, value)
        for token in (statement.tokens if variables else ())
        if token.kind == VARIABLE and (value := _value(token.text, variables)) is not None
    ]
    if not edits or statement.problem is not None:
        return [statement]
    budget.make(statement.end - statement.start + sum(len(value) for _, value in edits))
    return list(Scanner(_Substituted(statement, edits), budget))


def replaced(text: str, variables: Mapping[str, str | None], budget: Budget) -> str:
    """The argument of a psql command with the values of its variables. Raises OverLimit."""

    def value(match: re.Match[str]) -> str:
        found = _value(match[0], variables)
        budget.make(len(found or ""))
        return match[0] if found is None else found

    return _IN_ARGUMENT.sub(value, text)
