"""What is kept: what a command prints and writes."""

from __future__ import annotations

from typing import Any, NamedTuple


class Answer(NamedTuple):
    """`text` goes to standard output, with its colours if `color`; `files` are path → text; `status` ends the run."""

    text: str
    color: bool
    files: dict[str, str]
    status: int

    def to_json(self) -> dict[str, Any]:
        return self._asdict()

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Answer:
        return cls(document["text"], document["color"], document["files"], document["status"])
