"""What can stop a check: every failure a user can cause is one of these, and nothing else is.

The command line turns each into one message and exit status 2. A message says what was tried, where, and what to do
next; it never needs a traceback to be understood.
"""

from __future__ import annotations

from .plain import plain, without_passwords


class DriftcheckError(Exception):
    """The check could not be made. `message` says what and where, `hint` what to do next, perhaps in several lines.

    Passwords are removed and control characters made visible in both, since they name what a stranger may have named.
    `path` and `line` (counted from 1) point into a user's file where there is one.
    """

    def __init__(
        self, message: str, *, hint: str | None = None, path: str | None = None, line: int | None = None
    ) -> None:
        self.message = plain(without_passwords(message), None)
        super().__init__(self.message)
        self.hint = None if hint is None else plain(without_passwords(hint), None, keep="\n")
        self.path = path
        self.line = line


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
