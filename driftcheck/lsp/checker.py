"""The process that checks: one check after the other, with all that a check has to load loaded once.

It is asked on standard input and answers on standard output, each time with a length and a pickle: both ends are ours.
Whatever prints, prints to standard error. When the server goes, so does this process, whatever it is at, and with it
the project's Python (`driftcheck.worker.supervise`).
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from ..budget import Budget, OverLimit
from ..check import Request, settled
from ..check.kept import KeptReadings
from ..check.outcome import Arrivals, report_and_sources
from ..check.plan import Plan, plan
from ..check.readings import Arrival, sources_of
from ..check.watchdog import watched
from ..config import project_folder
from ..errors import DriftcheckError, SourceError, UsageError
from ..findings import Failure, Finding, Report
from ..fixes.files import Files
from ..kinds import KINDS
from ..model import Schema
from ..project import Project
from ..reading import Source
from .answer import LENGTH, Answer, Ask, Described


def main() -> None:
    """Answers until standard input ends."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's ^C is for the server, which ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked: SimpleQueue[Ask] = SimpleQueue()
    kept = KeptReadings()
    gc.disable()  # what a check makes, it needs to its end; garbage is looked for between two of them
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    while True:
        for answer in check(asked.get(), kept):
            message = pickle.dumps(answer)
            answers.write(LENGTH.pack(len(message)) + message)
            answers.flush()
        gc.collect()


def _listen(stream: BinaryIO, asked: SimpleQueue[Ask]) -> None:
    while len(head := stream.read(LENGTH.size)) == LENGTH.size:
        asked.put(pickle.loads(stream.read(LENGTH.unpack(head)[0])))
    os._exit(0)


def check(ask: Ask, kept: KeptReadings) -> Iterator[Answer]:
    """The check of `ask`, for which what is `kept` is not read again: what drifts, then the same with fixes.

    One that cannot be made has an answer, too.
    """
    root = ask.folder
    try:
        configured = project_folder(Path(root)) is not None
        request = settled(Request(root=Path(root), interpreter=ask.interpreter))
        request = replace(request, kept=None if ask.anew else kept)
        yield from _checked(request if configured else replace(request, sources=ask.sources))
    except Exception as error:  # noqa: BLE001 - the last resort: a bug of ours is a message, too
        idle = isinstance(error, UsageError) and not ask.sources and project_folder(Path(root)) is None
        yield Answer(os.path.realpath(root), Report.unmade(Failure.of(_explained(error))), idle=idle)
    finally:
        Budget.current = None


def _explained(error: Exception) -> DriftcheckError:
    if isinstance(error, DriftcheckError):
        return error
    hint = "this is a bug; please report it, with what the server's log says"
    traceback.print_exception(error)
    return SourceError(f"driftcheck itself failed: {type(error).__name__}: {error}", hint=hint)


def _checked(request: Request) -> Iterator[Answer]:
    with watched():
        planned = plan(request)
        with sources_of(request, planned) as arrivals:
            once = [(spec, _Once(arrive)) for spec, arrive in arrivals]
            first = _answer(replace(request, fixes=False), planned, once)
    mendable = any(not finding.rule.gap for finding in first.report.findings)
    yield replace(first, last=not mendable)
    if mendable:
        try:
            with watched():
                second = _answer(request, planned, once)
        except OverLimit:
            second = first  # what drifts is known, and worth more than what to write
        yield second


class _Once:
    """A source on its way that may be asked for twice."""

    def __init__(self, arrive: Arrival) -> None:
        self._arrive = arrive
        self._came: Source | SourceError | None = None

    def __call__(self) -> Source:
        if self._came is None:
            try:
                self._came = self._arrive()
            except SourceError as error:
                self._came = error
        if isinstance(self._came, SourceError):
            raise self._came
        return self._came


def _answer(request: Request, planned: Plan, arrivals: Arrivals) -> Answer:
    files = Files(planned.project)
    report, sources = report_and_sources(request, planned, arrivals, files)
    findings = tuple(_light(finding, planned.project) for finding in report.findings)
    report = replace(report, findings=findings, schema=Schema(), values={}, excerpts={})
    described = tuple(_described(source, request) for source in sources)
    return Answer(
        root=str(planned.project.root),
        report=report,
        sources=described,
        files={path: data for path in _paths(report, described) if (data := files.data(path)) is not None},
        found=_words(planned),
    )


def _light(finding: Finding, project: Project) -> Finding:
    """A finding without the objects of the model, and without edits of what is not the repository's own."""
    if finding.fix is not None:
        try:
            for edit in finding.fix.edits:
                project.to_write(edit.path)
        except OSError:
            finding = replace(finding, fix=replace(finding.fix, edits=()))
    return replace(finding, subjects=(None, None))


def _described(source: Source, request: Request) -> Described:
    edited = not (request.interpreter.no_exec and KINDS[source.kind].runs_project)
    return Described(source.name, source.kind, source.reading.files, source.schema.tables, edited)


def _words(planned: Plan) -> tuple[str, ...]:
    if not planned.looked:
        return ()
    return tuple(f"{spec.name}={spec.kind}:{spec.location}" for spec in planned.sources)


def _paths(report: Report, sources: tuple[Described, ...]) -> Iterator[str]:
    places = [side.location for one in report.findings for side in (one.expected, one.actual)]
    for source in sources:
        for table in source.tables:
            for item in (table, *table.columns):
                places += [item.location, *(place for _, place in item.places)]
    yield from dict.fromkeys(place.path for place in places if place is not None and place.is_file)
    yield from dict.fromkeys(edit.path for one in report.findings if one.fix for edit in one.fix.edits)


if __name__ == "__main__":
    main()
