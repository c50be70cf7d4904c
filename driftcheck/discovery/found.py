"""What a look around comes to."""

from __future__ import annotations

from dataclasses import dataclass

from ..config import SourceSpec
from ..plain import plain


@dataclass(frozen=True, slots=True)
class Found:
    """A source that was taken, and a clause that says why it and not another."""

    spec: SourceSpec
    why: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one search saw: the best of it, what else could have been meant, and what was looked for."""

    found: Found | None
    also: tuple[str, ...]
    looked_for: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The sources of a project, the truth first; what else was seen; and what was looked for and not found.

    `notes` say what limits the look around (a tree too large to be seen whole).
    """

    sources: tuple[Found, ...]
    also: tuple[str, ...]
    looked_for: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def truth(self) -> str | None:
        """The first source: Drizzle's, else the SQL. Which one is right only the project knows."""
        return self.sources[0].spec.name if self.sources else None

    @property
    def complaint(self) -> str:
        """What is wrong if there are fewer than two."""
        if not self.sources:
            return "found nothing to compare here"
        (only,) = self.sources
        return f"found only one source here, {only.spec} ({only.why}): a check compares at least two"

    @property
    def advice(self) -> str:
        """What was looked for, what was passed over, and how to say what is meant."""
        lines = [f"looked for {words}" for words in self.looked_for]
        lines += [*self.also, *self.notes]
        return "\n".join([*map(plain, lines), "name them: driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql"])
