"""What the worker says of the revisions that it runs: each class is an object that `inside/revisions` describes."""

from __future__ import annotations

import json
from typing import Any

from ...decode import decode
from ...frozen import dataclass
from ...worker.answer import Asked

#: The text of a statement, the file (absolute) and the line that caused it, whether all of the cause is in that line.
SentStatement = tuple[str, str, int, bool]
#: What it is about, why it is one, file and line; how many statements of its message were before it; the file of the
#: revision that came to no end there, if one did.
SentGap = tuple[str, str, str, int, int, str | None]
#: The beginning of a query, file and line, and whether it is of tables rather than of catalogs.
SentQuery = tuple[str, str, int, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What came since the last message; `ask` is what the worker waits for."""

    statements: tuple[SentStatement, ...]
    gaps: tuple[SentGap, ...]
    reads: tuple[SentQuery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeResult(Asked):
    """The last word of a worker that ran all revisions.

    `irrelevant` counts statements that shape nothing, `revisions` are the files of those that were run; `missing` are
    modules that some of them wanted in vain, `settings` those of a Flask app that are not known. `answered` says that
    questions could be asked.
    """

    rest: Message
    irrelevant: int
    revisions: tuple[str, ...]
    heads: tuple[str, ...]
    alembic: str
    missing: tuple[str, ...]
    answered: bool
    remarks: tuple[str, ...]
    settings: tuple[str, ...]


def message(data: bytes) -> tuple[Message, dict[str, Any] | None]:
    """A message and its question. Raises ValueError."""
    try:
        document = json.loads(data.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(document, dict):
        raise ValueError("it is not an object")
    question = document.pop("ask", None)
    return decode(Message, document), _question(question)


#: What each question has, beside what it is about.
_QUESTIONS: dict[str, dict[str, type]] = {
    "existence": {"kind": str, "name": str},
    "names": {"kind": str},
    "enums": {"every": bool},
    "table": {"name": str},
    "rows": {"sql": str, "file": str, "line": int},
    "refusal": {"sql": str, "file": str, "line": int},
}


def _question(question: Any) -> dict[str, Any] | None:
    """A question that has all that it needs. Raises ValueError."""
    if question is None:
        return None
    wanted = _QUESTIONS.get(str(question.get("about"))) if isinstance(question, dict) else None
    if wanted is None:
        raise ValueError("it asks for nothing that is known")
    fits = all(type(question.get(name)) is kind for name, kind in wanted.items())
    if not fits or not isinstance(question.get("schema"), str | None):
        raise ValueError("its question is not whole")
    return dict(question)
