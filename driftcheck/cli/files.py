"""Writing a file that the user named."""

from __future__ import annotations

from pathlib import Path

from ..errors import DriftcheckError, UsageError


def write_text(path: Path, text: str, what: str) -> None:
    """Writes `text` to `path`, folders and all. Raises DriftcheckError if that cannot be done.

    A link that a repository holds does not lead it out of there.
    """
    if str(path) == "-":
        raise UsageError(f"{what} goes to a file, and '-' is not one", hint="standard output is /dev/stdout")
    from ..project import demand_own

    try:
        demand_own(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise DriftcheckError(f"{what} cannot be written to {path}: {error.strerror}") from error
