"""What can stop a check: every failure a user can cause is one of these, and nothing else is.

The command line turns each into one message and exit status 2. A message says what was tried, where, and what to do
next; it never needs a traceback to be understood.
"""

from __future__ import annotations

from .plain import plain, without_passwords

#: Characters of a message: what it names may be a path that somebody made up of a million letters.
_LONGEST = 4_000


class DriftcheckError(Exception):
    """The check could not be made. `message` says what and where, `hint` what to do next, perhaps in several lines.

    Both are cut, passwords are removed and control characters made visible, since they name what a stranger may have
    named.
    `path` and `line` (counted from 1) point into a user's file where there is one.
    """

    def __init__(
        self, message: str, *, hint: str | None = None, path: str | None = None, line: int | None = None
    ) -> None:
        self.message = plain(without_passwords(_cut(message)), None)
        super().__init__(self.message)
        self.hint = None if hint is None else plain(without_passwords(_cut(hint)), None, keep="\n")
        self.path = path
        self.line = line


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class UsageError(DriftcheckError):
    """The words of the command do not fit together: an unknown kind of source, a name given twice."""


class ConfigError(DriftcheckError):
    """The config file says something that has no meaning."""


class SourceError(DriftcheckError):
    """A source cannot be read at all. `source` is the name it has in the report."""

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        path: str | None = None,
        line: int | None = None,
        source: str | None = None,
        detail: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint, path=path, line=line)
        self.source = source
        #: What the project's own program said last (an import's traceback, say), as it said it.
        self.detail = detail
