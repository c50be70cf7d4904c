"""A check that could not be made, for people: what, where, what another program said, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import DriftcheckError, SourceError
from ..plain import guarded, plain

#: An error is not a report: nothing of it is cut unless somebody means harm by its length.
_LONGEST = 10_000


def labelled_lines(error: DriftcheckError) -> Iterator[tuple[str, str]]:
    """Lines of a label (`error: `, `hint: `, or blanks) and of words in which everything is visible and harmless.

    The message is one line, whatever names it holds; a hint may go on below itself.
    """
    source = f" ({error.source})" if isinstance(error, SourceError) and error.source else ""
    yield words(f"error{source}: "), words(_place(error) + error.message)
    if isinstance(error, SourceError) and error.detail:
        for line in error.detail.rstrip().split("\n"):
            yield "    ", words(line.rstrip("\r").expandtabs())
    for number, line in enumerate((error.hint or "").split("\n")):
        if line:
            yield "      " if number else "hint: ", words(line)


def _place(error: DriftcheckError) -> str:
    """`path:line: `, unless the message begins with the path itself."""
    if error.path is None or (error.line is None and error.message.startswith(plain(error.path, None))):
        return ""
    return error.path + (f":{error.line}" if error.line is not None else "") + ": "


def words(text: str) -> str:
    """`text` on one line, in which everything is visible, and whose beginning no log takes for a command."""
    return guarded(plain(text, _LONGEST))
