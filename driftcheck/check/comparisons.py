"""Every source against the truth, as soon as both are there.

The sources arrive one by one, a project's own Python last: whatever can be done before it answers is done by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .. import triage
from ..budget import OverLimit
from ..config import Config
from ..differ.engine import Comparison, compare
from ..errors import SourceError
from ..findings import Counts, Finding, NotCompared, Remedy
from ..fixes import fixed, remedy
from ..fixes.files import Files
from ..reading import Source
from .related import demand_one_dialect, in_names_of, share_a_table


class Comparisons:
    """`names` are those of the sources, the truth's first. Sources are normalized, and without what is excluded.

    `files` are those that fixes are made for, if `fixes` says that somebody wants them. `meant` says that somebody
    named each of them: they are compared even if they share no table. `looked` says that a look around took them: it
    was wrong about two that have no table to compare. `unrelated` are those that do not share one with the truth, and
    `failed` those that cannot be compared with it, each with the reason.
    """

    def __init__(
        self,
        names: Iterable[str],
        config: Config,
        files: Files,
        *,
        meant: bool,
        looked: bool = False,
        fixes: bool = True,
    ) -> None:
        self.truth, *self._others = names
        self._meant, self._looked, self._fixes = meant, looked, fixes
        self.unrelated: list[str] = []
        self.failed: dict[str, SourceError] = {}
        self._files = files
        self._on_demand: dict[str, str] = {str(kind): str(word) for kind, word in config.compare.items()}
        self._exclusion = triage.ExcludeFilter(config.exclude)
        self._sources: dict[str, Source] = {}
        self._before_14 = False
        self._compared: dict[str, Comparison] = {}
        self._unmanaged: list[NotCompared] = []
        self._findings: dict[str, tuple[Finding, ...]] = {}

    def add(self, source: Source) -> None:
        """Takes `source`, normalized. Raises SourceError if it is empty, ConfigError if all of it is excluded."""
        _refuse_emptiness(source)
        facts = source.reading.database
        if not source.reading.dialect and facts is not None and facts.is_before_14 and not self._before_14:
            self._before_14 = True
            self._sources = {name: _before_14(found) for name, found in self._sources.items()}
        self._sources[source.name] = self._exclusion.of(_before_14(source) if self._before_14 else source)
        if self.truth in self._sources:
            for name in self._others:
                if name in self._sources and not {name} & {*self._compared, *self.unrelated, *self.failed}:
                    self._try(name)

    def _try(self, name: str) -> None:
        if not self._meant and not share_a_table(self._sources[self.truth], self._sources[name]):
            self.unrelated.append(name)
            return
        try:
            self._compare(name)
        except SourceError as error:
            self.failed[name] = error

    def of(self, name: str) -> Source:
        """The source of that name, as it is compared."""
        return self._sources[name]

    def _compare(self, name: str) -> None:
        one, other = self._sources[self.truth], self._sources[name]
        demand_one_dialect(one, other)
        other = self._sources[name] = in_names_of(one, other)
        (truth, said), (second, also) = triage.without_kept(one, other), triage.without_kept(other, one)
        pair = triage.managed(truth, second, self._files.budget)
        comparison = compare(pair.truth, pair.other, self._on_demand)
        if self._looked and not comparison.compared.tables and pair.truth.schema.tables and pair.other.schema.tables:
            self.unrelated.append(name)
            return
        self._unmanaged += (*said, *also, *pair.not_compared)
        self._compared[name] = comparison
        self._findings[name] = self._fixed(comparison) if self._fixes else comparison.findings

    def _fixed(self, comparison: Comparison) -> tuple[Finding, ...]:
        try:
            return fixed(comparison, self._files)
        except OverLimit:
            return comparison.findings  # what drifts is known, and worth more than what to write

    def remedy(self, findings: Iterable[Finding]) -> Remedy:
        """The best that there may be against `findings`, which are of these or of the check itself."""
        names = {one.source for one in findings if one.subjects != (None, None)}
        found = {remedy(one.between) for name, one in self._compared.items() if name in names}
        return "edits" if "edits" in found else "text" if "text" in found else ""

    @property
    def sources(self) -> tuple[Source, ...]:
        all_ = [self._sources[name] for name in (self.truth, *self.names)]
        return tuple(triage.without_kept(source, *all_)[0] for source in all_)

    @property
    def names(self) -> list[str]:
        """Those that were compared with the truth, in the order of the sources."""
        return [name for name in self._others if name in self._compared]

    @property
    def findings(self) -> list[Finding]:
        """All differences, each with its fix, if fixes are wanted."""
        return [finding for name in self.names for finding in self._findings[name]]

    @property
    def not_compared(self) -> list[NotCompared]:
        compared = [entry for name in self.names for entry in self._compared[name].not_compared]
        return [*compared, *self._unmanaged, *self._exclusion.not_compared()]

    @property
    def notes(self) -> tuple[str, ...]:
        return self._exclusion.notes()

    @property
    def counts(self) -> Counts:
        """How much of the truth was compared with at least one source: the most of each kind."""
        total = Counts()
        for one in (self._compared[name].compared for name in self.names):
            total = replace(total, **{name: max(getattr(total, name), getattr(one, name)) for name in Counts.__slots__})
        return total


def _before_14(source: Source) -> Source:
    """`source` as it is compared with a database from before PostgreSQL 14."""
    from ..normalize.earlier import before_14

    return replace(source, reading=replace(source.reading, schema=before_14(source.reading.schema)))


def _refuse_emptiness(source: Source) -> None:
    """A source without a single table is a wrong path far more often than an empty database.

    What nobody could read counts where something beside it was read: garbage alone names much, and is no schema.
    """
    statements = source.reading.statements
    understood = statements.read > statements.irrelevant + statements.gaps
    if not triage.holds_something(source.schema, unread=understood):
        files = source.reading.files
        raise SourceError(
            f"no table was found in {len(files)} file{'s' if len(files) != 1 else ''}"
            + (f" ({', '.join(files[:3])}{', …' if len(files) > 3 else ''})" if files else ""),
            hint=_unread(source) or "is this the right place? A check against nothing would find nothing",
            source=source.name,
        )


def _unread(source: Source) -> str | None:
    """What was in the way: the first thing that was not understood, and how much else."""
    gaps = source.reading.gaps
    if not gaps:
        return None
    more = f" ({len(gaps) - 1} more)" if len(gaps) > 1 else ""
    return f"not understood: {gaps[0].location}: {gaps[0].what}: {gaps[0].why}{more}"
