"""How much one statement, string or array may take: what schemas need by orders of magnitude, and no hang."""

from __future__ import annotations

from ...budget import Limits
from ...frozen import dataclass


@dataclass(frozen=True, slots=True)
class RuntimeBound:
    """The most of something, in the words of its message, and the limit in the config that raises it."""

    most: int
    words: str
    limit: str

    @property
    def why(self) -> str:
        """A clause for an Unknown: "a string is longer than 2,000,000 characters (limits.bytes in the config)"."""
        return f"{self.words.format(f'{self.most:,}')} (limits.{self.limit} in the config)"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Shares of a check's limits, so that raising those raises these.

    `steps` are those of one statement of a module's top level; `calls` how deep functions call each other; `nesting`
    the depth of the syntax; `elements` the length of an array or object, `characters` of a string; `file` the bytes of
    a file, `search` what a search with a regular expression may take.
    """

    steps: RuntimeBound
    calls: RuntimeBound
    nesting: RuntimeBound
    elements: RuntimeBound
    characters: RuntimeBound
    file: RuntimeBound
    search: RuntimeBound

    @classmethod
    def of(cls, limits: Limits) -> Bounds:
        return cls(
            steps=RuntimeBound(limits.steps // 5, "one statement takes more than {} steps of work", "steps"),
            calls=RuntimeBound(limits.depth * 4, "calls nest deeper than {}", "depth"),
            nesting=RuntimeBound(limits.depth * 15, "syntax nests deeper than {} levels", "depth"),
            elements=RuntimeBound(limits.steps // 25, "an array or object is longer than {} elements", "steps"),
            characters=RuntimeBound(limits.bytes // 16, "a string is longer than {} characters", "bytes"),
            search=RuntimeBound(limits.steps * 4 // 5, "a search with a pattern may take more than {} steps", "steps"),
            file=RuntimeBound(limits.bytes // 4, "it is larger than {} bytes", "bytes"),
        )
