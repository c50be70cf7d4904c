"""What the check found: rules, findings, and the report that holds them."""

from __future__ import annotations

import hashlib
from dataclasses import field, replace
from typing import Any, Literal

from .errors import DriftcheckError, SourceError
from .frozen import dataclass
from .location import DatabaseFacts
from .model import Location, Schema
from .plain import without_passwords
from .rule import Rule as Rule
from .rule import Severity as Severity


@dataclass(frozen=True, slots=True)
class ObjectRef:
    """What a finding is about: all that tells it from every other object of the database.

    `table` is the one that a column, constraint, index, policy or trigger belongs to (for a check of a domain: the
    domain), None for what belongs to no table; `columns` are those of a key or index. `signature` holds the input
    types of a function, procedure or aggregate, several of which may share a name; None for everything else.
    """

    kind: str
    schema: str
    name: str
    table: str | None = None
    columns: tuple[str, ...] = ()
    signature: tuple[str, ...] | None = None

    @property
    def called(self) -> str:
        """Its name as people say it: `email`, `greet(integer)`."""
        return self.name if self.signature is None else f"{self.name}({', '.join(self.signature)})"

    @property
    def home(self) -> tuple[str, str]:
        """Schema and name of the table that it is or belongs to; its own, if it belongs to none."""
        return self.schema, self.table or self.name

    def __str__(self) -> str:
        """With what it belongs to: `profiles.email`, `users`, `auth.users.id` (the schema where it is not public)."""
        parts = [self.schema] if self.schema not in ("public", "") else []
        if self.table is not None:
            parts.append(self.table)
        return ".".join([*parts, self.called])


@dataclass(frozen=True, slots=True)
class Side:
    """One source's word on a fact: the value for people (None: it has none) and where that is written."""

    value: str | None
    location: Location | None = None


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One SQL statement of a fix. Steps run in the order of their `phase`, those of one phase by `order`.

    What is `destructive` is held back until somebody wants it, and all of its fix with it. What is held back `apart` is
    so by itself: it is destructive and the rest does without it, or it wants a value that nobody has said. `concurrent`
    is the same statement for outside of a transaction, which keeps nobody from writing meanwhile.
    """

    phase: int
    sql: str
    destructive: bool = False
    order: int = 0
    apart: bool = False
    concurrent: str = ""

    @property
    def when(self) -> tuple[int, int]:
        return self.phase, self.order


#: What else a fix does: nothing, drops an object that can be made again (an index, a check, a policy), or
#: loses what nobody can bring back (columns, tables, labels, digits).
Risk = Literal["safe", "drops an object", "loses data"]


#: What there may be against findings: edits of files, a text that says what to write, or nothing.
Remedy = Literal["edits", "text", ""]


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds insertions that make a list where there was none: written once, by the first insertion.

    `, { length: 5, scale: 2 }` is the insertions `length: 5` and `scale: 2` with `Around(", { ", ", ", " }")`.
    """

    opening: str
    between: str
    closing: str


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` instead of the bytes from `start` to `end` of the file at `path` (relative to the root) as it stands.

    Offsets count bytes, of a byte order mark too. `text` has `\n` for a line's end, and is written in the file's own
    encoding with its own line ends. A path at which there is no file means a new one, with both offsets 0. Insertions
    at one place with the same `around` share it; those with a lower `rank` stand first there.
    """

    path: str
    start: int
    end: int
    text: str
    around: Around | None = None
    rank: int = 0

    @property
    def whole(self) -> str:
        """The text as it is written if nothing else is inserted there."""
        return self.text if self.around is None else self.around.opening + self.text + self.around.closing


@dataclass(frozen=True, slots=True)
class Fix:
    """What to write, in the language of the drifting source: "typescript", "sql" or "python".

    `edits` are what `driftcheck fix` would do to the files, and `regions` where that is (line and column, from 1, of
    start and end): then `text` holds the lines that change. Where there are none, `unplaced` says why. `risk` says what
    is lost by it. `steps` are the single SQL statements of an SQL fix, from which the fixes of a whole run are put
    together in order; what it `settles` for other fixes, and what it `needs` from them, are names of objects.
    `held` are the edits without leave to lose anything, where they differ: what would lose something, or wants a value
    of somebody, is a comment in them. `leaves` are codes of the rules that the object then has findings of.
    """

    language: str
    text: str
    risk: Risk = "safe"
    steps: tuple[Step, ...] = ()
    settles: frozenset[tuple[str, ...]] = frozenset()
    needs: frozenset[tuple[str, ...]] = frozenset()
    edits: tuple[Edit, ...] = ()
    regions: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    unplaced: str = ""
    held: tuple[Edit, ...] = ()
    leaves: frozenset[str] = frozenset()

    @property
    def destructive(self) -> bool:
        return self.risk != "safe"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact, one object, one drifting source.

    `expected` is the truth's side, `actual` the drifting source's. `related` are objects that follow from this one
    finding (the keys and indexes on a missing column) and are not findings of their own. `fact` is the field of the
    model that differs, if it is a field. `remark` is what else is to be known of the two values. `subjects` are the
    objects of the model that it is about, the truth's first: None for what a side lacks, both None where the finding
    is about no object of the model. `accepted` is a gap that the baseline accepts: it is reported all the same, but
    fails no check.
    """

    rule: Rule
    severity: Severity
    source: str
    object: ObjectRef
    expected: Side
    actual: Side
    message: str
    fact: str | None = None
    related: tuple[ObjectRef, ...] = ()
    fix: Fix | None = None
    cause: str | None = None
    subjects: tuple[Any, Any] = field(default=(None, None), compare=False, repr=False)
    accepted: bool = False
    remark: str | None = None

    @property
    def fingerprint(self) -> str:
        """The finding's identity over time: 16 hex digits of rule, source, object and both values; no line numbers."""
        o = self.object
        parts = (
            self.rule.code, self.source, o.kind, o.schema, o.table or "", o.called,
            "" if self.expected.value is None else "=" + self.expected.value,
            "" if self.actual.value is None else "=" + self.actual.value,
        )  # fmt: skip
        return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]

    def with_severity(self, severity: Severity) -> Finding:
        return replace(self, severity=severity)


@dataclass(frozen=True, slots=True)
class Gaps:
    """How much was not understood (gaps and syntax errors), whether it is among the findings or not.

    Of these `ignored` by an ignore at its place and `off` by the config are no findings; `baselined` are findings that
    the baseline accepts.
    """

    total: int = 0
    ignored: int = 0
    off: int = 0
    baselined: int = 0

    def __str__(self) -> str:
        """`3 gaps (1 ignored, 2 in the baseline)`."""
        named = ((self.ignored, "ignored"), (self.off, "off"), (self.baselined, "in the baseline"))
        parts = ", ".join(f"{count} {word}" for count, word in named if count)
        return f"{self.total} gap{'' if self.total == 1 else 's'}" + (f" ({parts})" if parts else "")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each were read or compared; a kind that does not occur is 0."""

    tables: int = 0
    columns: int = 0
    constraints: int = 0
    indexes: int = 0
    enums: int = 0
    policies: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source in the report. `read`, `irrelevant` and `gaps` count statements (see `reading.Statements`)."""

    name: str
    kind: str
    files: tuple[str, ...]
    objects: Counts
    read: int = 0
    irrelevant: int = 0
    gaps: int = 0
    notes: tuple[str, ...] = ()
    database: DatabaseFacts | None = None


@dataclass(frozen=True, slots=True)
class NotCompared:
    """What the check left alone, and why. `source` is None if it holds for all; `count` is how many there are of it."""

    kind: str
    reason: str
    source: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a look around did not take: where, the reason as a clause, whether it has the sources' tables."""

    path: str
    reason: str
    same_tables: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be done: what happened, where, what to do next, and what the project's own program said last.

    `source` is the one that could not be read; empty if the check as a whole could not be made.
    """

    source: str
    kind: str
    message: str
    hint: str | None = None
    path: str | None = None
    line: int | None = None
    detail: str | None = None

    @classmethod
    def of(cls, error: DriftcheckError) -> Failure:
        """That of a check that could not be made."""
        if not isinstance(error, SourceError):
            return cls("", "", error.message, error.hint, error.path, error.line)
        detail = None if error.detail is None else without_passwords(error.detail)
        return cls(error.source or "", "", error.message, error.hint, error.path, error.line, detail)

    @property
    def where(self) -> str:
        """`path:line`, `path`, or nothing where no place is known or the message begins with it."""
        if self.path is None or (self.line is None and self.message.startswith(self.path)):
            return ""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    @property
    def headline(self) -> str:
        """What did not succeed, without the reason."""
        return f"{self.source} could not be read" if self.source else "the check could not be made"


@dataclass(frozen=True, slots=True)
class Report:
    """All that a renderer needs: nothing else is read or computed from files.

    `failures` are the sources that could not be read: the check is not whole, and what the others came to is the rest.
    A check that could not be made at all has a failure and no sources.
    `blobs` is the URL of the root of the check on a forge, at the commit that is checked; empty where none is known.
    `against_baseline` says that there is a baseline, whatever of it occurs.
    `dialect` is the engine of all sources, as `driftcheck.dialects` knows it.
    `about` says which project was checked, when, at which commit, for a page that is kept.
    `cautions` are sentences that belong above the findings: what was left out, what was stood in for.
    `findings` are those that count, in their final order. `ignored` and `baselined` count those that do not, apart from
    gaps, which `gaps` counts. `values` holds, for each (object, fact) in which something
    drifts, what every source says, truth first: the three sides side by side. `schema` is the truth's, for a diagram;
    `excerpts` holds the text of lines that findings point to, by (path, line). `fail_on` is a severity or "never".
    `remedy` is the best that there may be against the findings above notes, which need not have their fixes: those
    are worked out for who asks for them.
    """

    truth: str
    sources: tuple[SourceSummary, ...]
    compared: Counts
    findings: tuple[Finding, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    ignored: int = 0
    baselined: int = 0
    values: dict[tuple[ObjectRef, str], dict[str, Side]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    schema: Schema = Schema()
    excerpts: dict[tuple[str, int], str] = field(default_factory=dict)
    fail_on: str = "warning"
    gaps: Gaps = Gaps()
    failures: tuple[Failure, ...] = ()
    cautions: tuple[str, ...] = ()
    blobs: str = ""
    about: tuple[str, ...] = ()
    against_baseline: bool = False
    remedy: Remedy = ""
    dialect: str = ""

    @classmethod
    def unmade(cls, failure: Failure) -> Report:
        """The report of a check that could not be made."""
        return cls(truth="", sources=(), compared=Counts(), failures=(failure,))

    @property
    def made(self) -> bool:
        """Whether there was a check at all."""
        return bool(self.sources)

    @property
    def status(self) -> int:
        """The exit status: 2 if a source could not be read, 1 if a finding is at or above `fail_on`, else 0."""
        return 2 if self.failures else int(self.drifted)

    @property
    def failed(self) -> bool:
        """Whether the check fails: it found drift, or could not be made whole."""
        return self.status != 0

    @property
    def drifted(self) -> bool:
        """Whether a finding is at or above `fail_on`."""
        if self.fail_on == "never":
            return False
        least = Severity(self.fail_on).rank
        return any(finding.severity.rank >= least for finding in self.findings if not finding.accepted)

    @property
    def drifting(self) -> tuple[str, ...]:
        """The sources that drift, in the order of the sources. Notes, and what the check says of itself (DR9), do not
        make a source drift.
        """
        names = {
            finding.source
            for finding in self.findings
            if finding.severity is not Severity.NOTE and not finding.rule.code.startswith("DR9")
        }
        return tuple(source.name for source in self.sources if source.name in names)

    @property
    def verdict(self) -> str:
        """What all formats say of the whole: how many sources drift, or that none does, and whether all was seen."""
        if count := len(self.drifting):
            return f"{count} source{' drifts' if count == 1 else 's drift'} from {self.truth}"
        if not self.made:
            return "the check could not be made"
        gaps = f"; {self.gaps}" if self.gaps.total else ""
        if self.failures:
            return f"no drift in what could be read{gaps}"
        if self.baselined:
            left = f", {self.gaps.total} gap{'' if self.gaps.total == 1 else 's'}" if gaps else ""
            return f"no new drift ({self.baselined} accepted{left})"
        return f"no drift in what was understood{gaps}" if gaps else "no drift"

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)
