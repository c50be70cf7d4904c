"""`driftcheck diff --watch`: the check again whenever something is saved, and what differs from the last time first."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..budget import OverLimit
from ..errors import UsageError
from ..plain import guarded, plain
from ..project import Project, top_of
from ..project.walking import below
from ..render.concise import lines
from .door import show
from .failures import explained
from .failures import show as show_failure

if TYPE_CHECKING:
    from watchfiles import Change

    from ..check.kept import KeptReadings
    from ..findings import Failure, Finding, Report
    from .answer import Answer

#: What tools and editors write beside the files of a project: no source is in it.
_PASSED_OVER = frozenset(
    """.git .hg .svn .idea .venv venv env .tox .nox .next .turbo .mypy_cache .ruff_cache .pytest_cache .hypothesis
    __pycache__ node_modules site-packages""".split()
)
#: More folders are not watched: systems let a user watch only so many.
_MOST_FOLDERS = 5_000
#: Milliseconds without an event before the watch turns over, and those after which no more changes are waited for.
_TURN, _GATHERED = 500, 1_000
#: How many file names a line holds.
_NAMED = 3


class Check(Protocol):
    """Makes the check: its report, and what to print, all of it if `whole`, else its last line."""

    def __call__(self, *, whole: bool) -> tuple[Report, Answer]: ...


def watch(check: Check, kept: KeptReadings | None, start: Path, written: Iterable[Path]) -> int:
    """Makes the check in `start` until it is interrupted (Ctrl-C, SIGTERM); the status of the last one.

    `written` are files that a check writes itself.
    """
    try:
        from watchfiles import DefaultFilter
    except ImportError as error:
        hint = "install it: pip install 'driftcheck[watch]'"
        raise UsageError("--watch needs the package watchfiles, which is not installed", hint=hint) from error
    events = DefaultFilter(ignore_dirs=sorted(_PASSED_OVER), ignore_paths=[os.path.abspath(path) for path in written])
    seen = _Seen(check)
    top = top_of(start)
    with _ended_by_signals():
        try:
            seen.again(())
            for changed in _changes(top, kept, events):
                seen.again(changed)
        except KeyboardInterrupt:
            return seen.status
    return seen.status


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Inside the block SIGTERM is what Ctrl-C is."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Seen:
    """What was seen the last time."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._last: Report | None = None
        self._findings: dict[object, Finding] = {}
        self._trouble: object = None
        self.status = 2

    def again(self, changed: Iterable[str]) -> None:
        """Makes the check and says what differs; `changed` are the files because of which it is made, if any."""
        try:
            report, answer = self._check(whole=self._last is None)
        except Exception as error:  # noqa: BLE001 # whatever is half written now will be whole later
            self._failed(error)
        else:
            self.status = report.status
            self._made(report, answer, list(changed))
        gc.collect()  # the garbage of one check is little, that of a day of them is not
        sys.stdout.flush()

    def _failed(self, error: Exception) -> None:
        self.status = 2
        shown = explained(error)
        if self._trouble != (shown.message, shown.hint):
            self._trouble = (shown.message, shown.hint)
            show_failure(shown)

    def _made(self, report: Report, answer: Answer, changed: list[str]) -> None:
        if self._last is not None and report.failures and report.truth != self._last.truth:
            self._without_truth(report)
            return
        recovered, self._trouble = self._trouble is not None, None
        last, self._last = self._last, report
        before, self._findings = self._findings, self._known(report)
        if last is None:
            show(answer.text, color=answer.color)
            return
        new = [one for key, one in self._findings.items() if key not in before]
        gone = [one for key, one in before.items() if key not in self._findings]
        failures = [one for one in report.failures if one not in last.failures]
        if not (changed or new or gone or failures or recovered):
            return  # nobody did anything: the watch has begun anew
        said = [f"+ {line}" for line in lines(report, new)] + [f"- {line}" for line in lines(last, gone)]
        said = [*map(_failure, failures), *said]
        show(guarded("".join(f"{line}\n" for line in [_head(changed), *said])))
        show(answer.text, color=answer.color)

    def _without_truth(self, report: Report) -> None:
        """The others were compared with each other: that says nothing of what differs from the last time."""
        failures = [_failure(one) for one in report.failures]
        if self._trouble != failures:
            self._trouble = failures
            show(guarded("\n".join([_head([]), *failures, ""])))

    def _known(self, report: Report) -> dict[object, Finding]:
        """All findings, with those that a source had when it could be read the last time."""
        found: dict[object, Finding] = {(one.fingerprint, one.severity): one for one in report.findings}
        unread = {failure.source for failure in report.failures}
        return {key: one for key, one in self._findings.items() if one.source in unread} | found


def _failure(failure: Failure) -> str:
    where = f"{plain(failure.where)}: " if failure.where else ""
    return f"! {plain(failure.headline)}: {where}{plain(failure.message)}"


def _head(changed: list[str]) -> str:
    names = ", ".join(plain(name) for name in changed[:_NAMED])
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return f"\n{time.strftime('%H:%M:%S')}  {names or 'looked again'}{more}"


def _changes(top: Path, kept: KeptReadings | None, events: Callable[..., bool]) -> Iterator[list[str]]:
    """The files that changed, whenever some did; none once the watch has begun, for what changed before."""
    from watchfiles import watch as changes_in

    while True:
        folders = _folders(top, kept)
        watched = changes_in(
            *folders, watch_filter=events, debounce=_GATHERED, rust_timeout=_TURN, yield_on_timeout=True,
            recursive=False, ignore_permission_denied=True,
        )  # fmt: skip
        try:
            with closing(watched):
                yield from _until_moved(top, kept, folders, watched)
        except FileNotFoundError:
            time.sleep(0.1)  # a folder went before it could be watched


def _until_moved(
    top: Path, kept: KeptReadings | None, folders: list[str], watched: Iterable[set[tuple[Change, str]]]
) -> Iterator[list[str]]:
    """The changes, until other folders have to be watched: one is new, or was taken away and perhaps made again."""
    known, begun = set(folders), False
    for changes in watched:
        paths = sorted({path for _, path in changes})
        if paths or not begun:
            begun = True
            there = [path for path in paths if os.path.exists(path)]
            yield [os.path.relpath(path, top) for path in there or paths]
            if any(path in known or os.path.isdir(path) for path in paths) or not known.issuperset(_apart(top, kept)):
                return
        if not folders:
            return  # all of it has gone, and may come back


def _folders(top: Path, kept: KeptReadings | None) -> list[str]:
    """The folders in which something may change that the check depends on."""
    found = [str(top)] if top.is_dir() else []
    entries = (entry for entry in below(Project(top), top, _is_watched) if entry.is_folder and not entry.is_link)
    with suppress(OverLimit):
        found += islice((str(entry.path) for entry in entries if _is_watched(entry.name)), _MOST_FOLDERS)
    return [*found, *_apart(top, kept)]


def _is_watched(name: str) -> bool:
    return name not in _PASSED_OVER


def _apart(top: Path, kept: KeptReadings | None) -> list[str]:
    """The folders of the files that were read elsewhere: the config allows it, or a link leads there."""
    read = kept.files() if kept is not None else ()
    elsewhere = {os.path.dirname(path) for path in read if not Path(path).is_relative_to(top)}
    return [folder for folder in sorted(elsewhere) if os.path.isdir(folder)]
