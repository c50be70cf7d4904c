"""What a look around comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import SourceSpec
from ..findings import LeftOut
from ..frozen import dataclass
from ..plain import plain

if TYPE_CHECKING:
    from ..reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that could be a source.

    `why` is a clause that says what it is; `word` what to call it beside others of its kind. `tables` are the names of
    its tables as far as a look tells, as PostgreSQL has them and without their schema; `vague` says that there are
    others. `doubt` is why it is taken only where there is nothing better ("it lies in tests/"), `unfit` why it is not
    taken at all. `made_from` is the location of the candidate whose tool wrote it; such a pair belongs together
    whatever its tables. `generated` says that a tool made it of another source, `late` that what it begins with is
    missing: it is about tables that it does not make. `files` are those it consists of.
    `reading` is given if looking was reading.
    """

    kind: str
    location: str
    why: str
    word: str
    tables: frozenset[str]
    vague: bool = False
    doubt: str | None = None
    unfit: str | None = None
    made_from: str | None = None
    generated: bool = False
    late: bool = False
    files: frozenset[str] = frozenset()
    reading: Reading | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.location}"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one search saw: all that could be a source, what could not, and what was looked for."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    looked_for: str


@dataclass(frozen=True, slots=True)
class Found:
    """A source that was taken, and a clause that says why it and not another; its reading, if there is one already."""

    spec: SourceSpec
    why: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Discovery:
    """The sources of a project, the truth first; what was left out and why; what was looked for and not found.

    `notes` say what limits the look around (a tree too large to be seen whole). `dialect` is the engine that they are
    of, where something beside them says it.
    """

    sources: tuple[Found, ...]
    left_out: tuple[LeftOut, ...]
    looked_for: tuple[str, ...]
    notes: tuple[str, ...] = ()
    dialect: str = ""

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
        """What was looked for, what was left out, and how to say what is meant."""
        lines = [f"looked for {words}" for words in self.looked_for]
        lines += [f"left out {one}" for one in self.left_out]
        lines += self.notes
        return "\n".join([*map(plain, lines), "name them: driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql"])
