"""Text into Markdown that GitHub and GitLab show: nothing in it becomes markup but code between backticks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ...render.markdown import code as _code
from ...render.markdown import words as _words

_LONGEST = 10_000
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_SPANS = re.compile(r"`([^`\n]+)`")
#: What would begin a list, a rule, or underline a heading.
_BEGINNING = re.compile(r"\A(\d*)([-+=.)])")


@lru_cache(maxsize=4_000)
def code(text: str) -> str:
    """`text` as code, on one line. A schema says few names and types, and each of them again and again."""
    return _code(" ".join(text.split()) if "\n" in text else text, _LONGEST)


def prose(text: str) -> str:
    """A description as paragraphs."""
    return "\n\n".join(_paragraphs(text))


def cell(text: str) -> str:
    """A description within a table."""
    return "<br>".join(_paragraphs(text)) if text else ""


def _paragraphs(text: str) -> Iterator[str]:
    for part in _PARAGRAPHS.split(text.replace("\r\n", "\n").strip()):
        if joined := " ".join(part.split()):
            yield _BEGINNING.sub(r"\1\\\2", _spans(joined))


def _spans(text: str) -> str:
    pieces = _SPANS.split(text)
    return "".join(code(piece) if number % 2 else _words(piece, _LONGEST) for number, piece in enumerate(pieces))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; nothing where it has no rows. A column that is empty throughout is left out."""
    filled = [list(row) for row in rows]
    if not filled:
        return
    kept = [number for number in range(len(head)) if number == 0 or any(row[number] for row in filled)]
    yield f"| {' | '.join(head[number] for number in kept)} |"
    yield f"|{'---|' * len(kept)}"
    yield from (f"| {' | '.join(row[number] for number in kept)} |" for row in filled)
    yield ""


def count(number: int, word: str) -> str:
    """`1 table`, `2 tables`, `3 indexes`, `2 policies`."""
    if number == 1:
        return f"1 {word}"
    if word.endswith("x"):
        return f"{number} {word}es"
    return f"{number} {word[:-1]}ies" if word.endswith(("cy", "ty")) else f"{number} {word}s"
