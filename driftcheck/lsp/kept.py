"""What is known of one project: the last answer, and the last good one of what the last could not read.

A file that is saved in the middle of an edit may be none that can be read. What drifted before is then still the best
that is known of its source; nothing is taken for gone because nobody could look.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Failure, Finding
from ..frozen import dataclass
from .answer import Answer, Described

_SYNTAX = "syntax-error"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A finding, and the answer whose files its places are in. `old` says that it is of an earlier check."""

    finding: Finding
    answer: Answer
    old: bool = False


class Kept:
    """The answers of one project."""

    def __init__(self) -> None:
        self.last: Answer | None = None
        self._good: Answer | None = None

    def take(self, answer: Answer) -> None:
        """Takes the answer of a new check."""
        self.last = answer
        if self._good is None or not (_broken(answer) - _broken(self._good)):
            self._good = answer if answer.report.made else self._good

    @property
    def doubted(self) -> frozenset[str]:
        """Names of sources of which the last answer knows less than a good one before; the truth stands for all."""
        last, good = self.last, self._good
        if last is None or good is None or last is good:
            return frozenset()
        names = {source.name for source in good.sources}
        broken = {name for name, _ in _broken(last) - _broken(good)} & names if last.report.made else names
        return frozenset(names if good.report.truth in broken else broken)

    @property
    def found(self) -> tuple[str, ...]:
        """The sources that a look around found, as long as something of each is still there."""
        return self._good.found if self._good is not None else ()

    def findings(self) -> Iterator[Known]:
        """All that is to be shown."""
        doubted = self.doubted
        if self.last is not None and self.last.report.made:
            for finding in self.last.report.findings:
                if finding.source not in doubted or finding.rule.gap:
                    yield Known(finding, self.last)
        if self._good is not None and doubted:
            for finding in self._good.report.findings:
                if finding.source in doubted and not finding.rule.gap:
                    yield Known(finding, self._good, old=True)

    def failures(self) -> tuple[Failure, ...]:
        return self.last.report.failures if self.last is not None else ()

    def sources(self) -> list[tuple[Described, Answer]]:
        """The sources, each as it was last understood, the truth first."""
        doubted = self.doubted
        good = self._good or self.last
        if good is None or self.last is None:
            return []
        now = {source.name: source for source in self.last.sources}
        found = [
            (source, good) if source.name in doubted or source.name not in now else (now.pop(source.name), self.last)
            for source in good.sources
        ]
        return found + [(source, self.last) for name, source in now.items() if name not in doubted]

    @property
    def truth(self) -> str:
        good = self._good or self.last
        return good.report.truth if good is not None else ""

    def data(self, path: str) -> bytes | None:
        """The bytes of a file as it was read last."""
        answers = (answer for answer in (self.last, self._good) if answer is not None and path in answer.files)
        return next((answer.files[path] for answer in answers), None)


def _broken(answer: Answer) -> set[tuple[str, str]]:
    """Sources that could not be read, and, with the file, those not all of whose text is of their language."""
    failed = {(failure.source, "") for failure in answer.report.failures}
    wrong = (one for one in answer.report.findings if one.rule.name == _SYNTAX)
    return failed | {(one.source, one.actual.location.path) for one in wrong if one.actual.location is not None}
