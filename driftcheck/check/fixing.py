"""`driftcheck fix`: the drifting sources edited until they say what the truth says, each round checked anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field, replace

from ..budget import Budget
from ..dialects import dialect_named
from ..errors import SourceError, UsageError
from ..findings import Edit, Finding, Fix, ObjectRef, Report, Severity
from ..fixes.edits import Unwritable, applied, together
from ..fixes.files import Files
from ..fixes.hunks import difference
from ..fixes.tidying import tidied
from ..frozen import dataclass
from ..git import uncommitted
from ..kinds import KINDS
from ..project import Project, replace_file
from ..triage import check_selectors
from .culprits import Key, Wrong, leave_out_culprits
from .plan import Plan, again, plan
from .readings import sources_of
from .request import Request

#: How often the sources are read again for what the last edits left or let appear.
_ROUNDS = 6

#: Why findings below fail-on are left.
NOTES = "which fail nothing (--fail-on note edits them, or --select)"
#: The rule of a table that one side lacks: whatever its language cannot say of it stays a finding.
_TABLE_MISSING = "table-missing"
#: The rule of what a new foreign key refers to, and drizzle-kit is not to create.
_STAND_IN = "not-exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is to be edited: `only` are names of sources, none for all; `unsafe` allows edits that lose something.

    `dry_run` writes nothing. `watch` surrounds each reading of the sources, and no writing.
    """

    unsafe: bool = False
    dry_run: bool = False
    only: tuple[str, ...] = ()
    watch: Callable[[], AbstractContextManager[object]] = nullcontext


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that stays, and why, as a clause."""

    finding: Finding
    why: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What came of it. `report` is of the sources as they are now; `made` are the findings that are ended.

    `left` are those that stay, `taken_back` those whose edits did not do what they should. `changed` are the paths of
    files that are others now, `uncommitted` those of them that git could not bring back, and `untouched` those that
    were left alone, each with the reason. `patch` is what would be changed, in a dry run.
    """

    report: Report
    made: tuple[Finding, ...]
    left: tuple[Left, ...]
    taken_back: tuple[Finding, ...] = ()
    changed: tuple[str, ...] = ()
    uncommitted: tuple[str, ...] = ()
    untouched: dict[str, str] = field(default_factory=dict)
    patch: str = ""

    @property
    def status(self) -> int:
        """The exit status: 2 if a source could not be read, 1 if something is left or would be changed, else 0."""
        return self.report.status or int(bool(self.patch or self.taken_back))


def fix(request: Request, wishes: Wishes) -> Fixed:
    """Edits the sources. Raises a DriftcheckError if they cannot be compared as they are."""
    check_selectors(request.select, "--select")
    check_selectors(request.ignore, "--ignore")
    run = _Run(request, wishes)
    leave_out_culprits(run.attempt, run.ever_made)
    return run.result()


class _Run:
    """The files as they were, and what was made of them so far."""

    def __init__(self, request: Request, wishes: Wishes) -> None:
        self.request = request
        self.wishes = wishes
        self.banned: Set[Key] = frozenset()
        self._ever_made: dict[Key, Finding] = {}
        self._before: dict[str, bytes | None] = {}
        self._now: dict[str, bytes | None] = {}
        self._planned: Plan | None = None
        self._first = self._report = self._check()
        unknown = [name for name in self.wishes.only if name not in {one.name for one in self._report.sources}]
        if unknown:
            names = ", ".join(one.name for one in self._report.sources)
            raise UsageError(f"--only: '{unknown[0]}' is not one of the sources", hint=f"they are {names}")

    def attempt(self, banned: Set[Key]) -> Wrong:
        """All edits but those, made in the files as they were at first."""
        self._restore()
        self.banned = banned
        self.made: list[Finding] = []
        self._tried: set[Key] = set()
        #: What is written down as a comment, beside what is made; and what an edit leaves, since it holds a part back.
        self._held: set[Key] = set()
        self._leaving: set[tuple[str, str, tuple[str, str]]] = set()
        self._untouched: dict[str, str] = {}
        return self._rounds()

    def ever_made(self) -> list[Key]:
        return list(self._ever_made)

    def _rounds(self) -> Wrong:
        """Edits until nothing is left that can be edited; what of it turned out wrong."""
        for _ in range(_ROUNDS):
            wanted = [one for one in self._report.findings if self._wants(one) and _key(one) not in self._tried]
            taken, _, edits = together((one, self._edits(one)) for one in wanted)
            if not taken:
                break
            edits = self._with_held(edits)
            if not self._write(tidied(self._files, edits)):
                continue
            done = {path for path in edits if path not in self._untouched}
            self.made += [one for one in taken if {edit.path for edit in self._edits(one)} <= done]
            self._ever_made |= {_key(one): one for one in self.made}
            self._tried |= {_key(one) for one in taken}
            self._leaving |= {left for one in taken for left in self._leaves(one)}
            try:
                self._report = self._check()
            except SourceError as error:
                return self._broken(error.source, error.path)
            new = [one for one in self._report.failures if one not in self._first.failures]
            if new:
                return self._broken(new[0].source, new[0].path)
        return self._wrong()

    def _edits(self, finding: Finding) -> tuple[Edit, ...]:
        """What is written to end a finding."""
        fix = finding.fix
        if fix is None:
            return ()
        return fix.held if fix.held and not self.wishes.unsafe else fix.edits

    def _leaves(self, finding: Finding) -> Iterator[tuple[str, str, tuple[str, str]]]:
        if finding.fix is not None and not self.wishes.unsafe:
            for code in finding.fix.leaves:
                yield code, finding.source, _table(finding.object)

    def _with_held(self, edits: dict[str, list[Edit]]) -> dict[str, list[Edit]]:
        """`edits`, and in the files that they make the comments of findings whose edits would lose something."""
        found = {path: list(mine) for path, mine in edits.items()}
        for one in self._report.findings:
            held = one.fix.held if one.fix is not None else ()
            here = held and {edit.path for edit in held} <= edits.keys()
            if here and _key(one) not in self._held and self._would(one) and self._selected(one):
                self._held.add(_key(one))
                for edit in held:
                    found[edit.path].append(edit)
        return found

    def _would(self, finding: Finding) -> bool:
        """Whether all that keeps a finding from being ended is what that loses."""
        return finding.fix is not None and self._why_not(finding) == _loses(finding.fix)

    def _wants(self, finding: Finding) -> bool:
        if self.wishes.dry_run and self._now and self._runs_project(finding.source):
            return False  # it was read from what its files are, and not from what they would be by now
        return not self._why_not(finding) and self._selected(finding)

    def _why_not(self, finding: Finding) -> str:
        """Why a finding is not ended by an edit; empty if it is."""
        fix, wishes = finding.fix, self.wishes
        if _key(finding) in self.banned:
            return "the edit did not end it"
        if wishes.only and finding.source not in wishes.only:
            return "--only leaves its source out"
        if self.request.interpreter.no_exec and self._runs_project(finding.source):
            return "--no-exec reads its snapshot, which no edit of the models changes"
        if not self._counts(finding):
            return NOTES
        if fix is None or not fix.edits:
            kind = next((one.kind for one in self._report.sources if one.name == finding.source), "")
            unedited = KINDS[kind].unedited if kind in KINDS else ""
            said = unedited or dialect_named(self._report.dialect).fixes or "no edit of a file ends it"
            return (fix.unplaced if fix is not None else "") or said
        paths = [edit.path for edit in fix.edits]
        if (touched := next((path for path in paths if path in self._untouched), None)) is not None:
            return f"{touched} was left alone"
        if (shared := next((path for path in paths if path in self._report.sources[0].files), None)) is not None:
            return f"{shared} is the truth's, too"
        if fix.risk != "safe" and not wishes.unsafe:
            return _loses(fix)
        if (finding.rule.code, finding.source, _table(finding.object)) in self._leaving:
            return "rows want values first, which are yours to say; --unsafe does it with values of its own"
        return ""

    def _counts(self, finding: Finding) -> bool:
        """Whether a finding makes a check fail, or is asked for."""
        return finding.severity.rank >= self._least.rank or bool(self.request.select)

    @property
    def _least(self) -> Severity:
        """The least severity that makes a check fail; where nothing does, that of its default."""
        return Severity.WARNING if self._report.fail_on == "never" else Severity(self._report.fail_on)

    def _runs_project(self, name: str) -> bool:
        return any(KINDS[one.kind].runs_project for one in self._report.sources if one.name == name)

    def _selected(self, finding: Finding) -> bool:
        select, ignore = self.request.select, self.request.ignore
        return (not select or any(map(finding.rule.matches, select))) and not any(map(finding.rule.matches, ignore))

    def _write(self, edits: dict[str, list[Edit]]) -> bool:
        """Makes the edits of all files; of none, if one of the files cannot take them: those it is about are left."""
        texts = {path: self._edited(path, mine) for path, mine in edits.items()}
        for path, data in texts.items() if None not in texts.values() else ():
            before = self._files.data(path)
            try:
                if data is not None and not self.wishes.dry_run:
                    replace_file(self._project, path, data, before)
            except OSError as error:
                self._untouched[path] = str(error.strerror or error)
            else:
                self._before.setdefault(path, before)
                self._now[path] = data
        return None not in texts.values()

    def _edited(self, path: str, edits: list[Edit]) -> bytes | None:
        """A file with its edits; None, and a reason, if it cannot take them."""
        before = self._files.data(path)
        try:
            if before is not None and self._project.changed(path):
                raise Unwritable(path, "it was changed meanwhile")
            self._project.to_write(path)
            return applied(before or b"", edits, self._files.encoding(path))
        except (Unwritable, OSError) as error:
            self._untouched[path] = error.why if isinstance(error, Unwritable) else str(error.strerror or error)
            return None

    @property
    def _project(self) -> Project:
        project = self._files.project
        assert project is not None
        return project

    def _restore(self) -> None:
        """All files as they were before."""
        for path, before in self._before.items() if not self.wishes.dry_run else ():
            try:
                replace_file(self._project, path, before, self._now[path])
            except OSError as error:
                raise SourceError(
                    f"the edits of {path} did not do what they should, and cannot be taken back: {error.strerror}",
                    hint="bring it back yourself: git checkout, or your editor's undo",
                    path=path,
                ) from error
        if self._before:
            self._report = self._first
            known = {path: before for path, before in self._before.items() if before is not None}
            self._files = Files(self._planned_anew().project, known)
            Budget.current = None
            self._before, self._now = {}, {}

    def _broken(self, source: str | None, path: str | None) -> Wrong:
        """What may have broken a source: the edits of the file that is not understood, else all of that source."""
        suspects = [one for one in self.made if source in (None, one.source)] or self.made
        there = [one for one in suspects if one.fix and path in {edit.path for edit in one.fix.edits}] or suspects
        return Wrong(doubted=tuple(map(_key, there)))

    def _wrong(self) -> Wrong:
        """The edits that did not end their finding, and those of a table that has a finding which it did not have."""
        left = {_key(one) for one in self._report.findings}
        staying = [one for one in self.made if _key(one) in left and self._is_seen(one)]
        if staying:
            return Wrong(proven=frozenset(map(_key, staying)))
        known = {_key(one) for one in self._first.findings}
        new = [one for one in self._report.findings if _key(one) not in known and not self._may_appear(one)]
        return Wrong(doubted=tuple(dict.fromkeys(_key(made) for one in new for made in self._suspects(one))))

    def _is_seen(self, made: Finding) -> bool:
        """Whether reading anew shows an edit: a dry run makes no new files, nor what a project's Python reads."""
        new = made.fix is not None and any(self._before.get(edit.path, b"") is None for edit in made.fix.edits)
        return not (self.wishes.dry_run and (new or self._runs_project(made.source)))

    def _may_appear(self, new: Finding) -> bool:
        """Whether a finding is no fault of an edit: names are compared once all else agrees, and notes fail nothing."""
        by_itself = new.rule.name in (_STAND_IN, "unused-ignore", "stale-baseline") or new.rule.name.endswith("-name")
        left = (new.rule.code, new.source, _table(new.object)) in self._leaving
        return by_itself or left or new.severity.rank < self._least.rank or self._is_less(new)

    def _is_less(self, new: Finding) -> bool:
        """Whether it is left of a graver finding: one about the same object, or a table that was missing."""
        about = new.source, new.object.home
        near = [one for one in self.made if (one.source, one.object.home) == about]
        return any(
            one.rule.name == _TABLE_MISSING
            or (one.object.name == new.object.name and one.severity.rank > new.severity.rank)
            for one in near
        )

    def _suspects(self, new: Finding) -> list[Finding]:
        mine = [one for one in self.made if one.source == new.source]
        table, words = _table(new.object), set(re.findall(r"\w+", new.message))
        places = {side.location.path for side in (new.actual,) if side.location is not None}
        for near in (
            [one for one in mine if _table(one.object) == table and one.object.name == new.object.name],
            [one for one in mine if _table(one.object) == table],
            [one for one in mine if one.object.name in words],
            [one for one in mine if one.fix is not None and places & {edit.path for edit in one.fix.edits}],
            mine,
        ):
            if near:
                return near
        return self.made

    def _check(self) -> Report:
        # A finding that --select leaves out may be one that an edit made.
        from .outcome import report

        request = replace(self.request, select=(), ignore=())
        with self.wishes.watch():
            planned = self._planned_anew()
            for path, data in self._now.items() if self.wishes.dry_run else ():
                if data is not None and self._before.get(path) is not None:
                    planned.project.pretend(path, data)
            self._files = Files(planned.project)
            with sources_of(request, planned) as arrivals:
                found = report(request, planned, arrivals, self._files)
        Budget.current = None
        return found

    def _planned_anew(self) -> Plan:
        """The sources that were found at first, in files that are looked at anew."""
        self._planned = plan(self.request) if self._planned is None else again(self.request, self._planned)
        return self._planned

    def result(self) -> Fixed:
        findings = tuple(one for one in self._report.findings if self._selected(one))
        changed = {path: data for path, data in self._before.items() if self._now.get(path) != data}
        known = {path: data for path, data in changed.items() if data is not None and not self.wishes.dry_run}
        made = {_key(one) for one in self.made}
        return Fixed(
            report=replace(self._report, findings=findings),
            made=tuple(self.made),
            left=tuple(
                Left(one, self._why_not(one) or "another edit has to be made first")
                for one in findings
                if _key(one) not in made and not one.rule.code.startswith("DR9")
            ),
            taken_back=tuple(one for key, one in self._ever_made.items() if key in self.banned),
            changed=tuple(sorted(changed)) if not self.wishes.dry_run else (),
            uncommitted=tuple(uncommitted(self._project.root, self._project.top, known)),
            untouched=self._untouched,
            patch="".join(difference(path, changed[path], self._now[path] or b"") for path in sorted(changed))
            if self.wishes.dry_run
            else "",
        )


def _key(finding: Finding) -> Key:
    return finding.rule.code, finding.source, finding.object


def _loses(fix: Fix) -> str:
    return f"{fix.risk}; --unsafe does it"


def _table(about: ObjectRef) -> tuple[str, str]:
    return about.schema, about.table if about.table is not None else about.name
