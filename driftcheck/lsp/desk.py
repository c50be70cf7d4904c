"""The checks that are wanted, one after the other, and what the editor is told of them."""

from __future__ import annotations

import asyncio
import os
import uuid
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException, PyglsError
from pygls.lsp.server import LanguageServer

from ..check.readings import PythonChoice
from ..config import project_folder
from ..errors import SourceError
from ..findings import Failure, Report
from ..plain import plain, without_passwords
from .answer import Answer, Ask
from .checking import Checker, Ended
from .diagnostics import diagnostics, failed_in, said
from .folders import Folders
from .kept import Kept
from .showing import Showing

#: Seconds between a wish and its check: editors save several files at once.
_PAUSE = 0.15
#: Seconds that a check has at least, and times of what the last one took, before one that is newer ends it.
_PATIENCE, _TIMES = 5.0, 2.0


class Desk:
    """What is known of the projects of an editor."""

    def __init__(self, server: LanguageServer, interpreter: PythonChoice, *, anew: bool) -> None:
        self.folders = Folders()
        self._server = server
        self._interpreter, self._anew = interpreter, anew
        self._kept: dict[str, Kept] = {}
        self._idle: set[str] = set()
        self._wanted: dict[str, None] = {}
        self._look: set[str] = set()
        self._checker = Checker()
        self._task: asyncio.Task[None] | None = None
        self._running: tuple[str, float] | None = None
        self._took = 0.0
        self._tokens: set[str] = set()
        self._published: dict[str, list[types.Diagnostic]] = {}
        self._said: dict[str, str] = {}

    # -- Checks -------------------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """A file was opened: its project is checked if it was not yet."""
        folder = self.folders.project(path)
        if folder is not None and folder not in self._kept and folder not in self._idle:
            self._want(folder)
        self.publish()

    def save(self, path: str) -> None:
        """A file was saved: its project is checked, if there is something to compare."""
        folder = self.folders.project(path)
        if folder is not None and (folder not in self._idle or project_folder(Path(folder)) is not None):
            self._want(folder)

    def change(self, path: str, *, listed: bool) -> None:
        """A file was changed by somebody, or, if `listed`, made or taken away."""
        folder = self.folders.project(path)
        if folder is None or folder not in (self._kept.keys() | self._idle):
            return
        if listed:
            self._look.add(folder)
        self.save(path)

    def reads(self, path: str) -> bool:
        """Whether a file is one that the last checks read."""
        return any(
            path == os.path.join(answer.root, name)
            for kept in self._kept.values()
            for source, answer in kept.sources()
            for name in source.files
        )

    def _want(self, folder: str) -> None:
        self._wanted[folder] = None
        loop = asyncio.get_running_loop()
        if self._running is not None and self._running[0] == folder:
            patience = max(_PATIENCE, _TIMES * self._took)
            loop.call_at(self._running[1] + patience, self._outlived, self._running)
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._work())

    def _outlived(self, run: tuple[str, float]) -> None:
        """Ends a check that still runs although a newer one waits."""
        if self._running is run and run[0] in self._wanted:
            self._checker.end()

    async def _work(self) -> None:
        await asyncio.sleep(_PAUSE)
        while self._wanted:
            folder = next(iter(self._wanted))
            del self._wanted[folder]
            done = asyncio.Event()
            progress = asyncio.create_task(self._progress(folder, done))
            try:
                await self._check(folder)
            except Exception as error:  # noqa: BLE001 - a bug of ours ends one check, and not the server
                self._log(f"driftcheck itself failed: {type(error).__name__}: {error}", types.MessageType.Error)
            done.set()
            await asyncio.sleep(0)  # lets the progress say its end
            progress.cancel()

    async def _check(self, folder: str) -> None:
        loop = asyncio.get_running_loop()
        self._running = folder, loop.time()
        try:
            async for answer in self._checker.answers(
                Ask(folder, self._interpreter, self._sources(folder), self._anew)
            ):
                self._take(folder, answer)
        except Ended:
            return
        except (SourceError, OSError) as error:
            failed = error if isinstance(error, SourceError) else SourceError(f"the check cannot start: {error}")
            self._take(folder, Answer(os.path.realpath(folder), Report.unmade(Failure.of(failed))))
        finally:
            self._took = loop.time() - self._running[1]
            self._running = None

    def _sources(self, folder: str) -> tuple[str, ...]:
        """What a look around has found before, as long as something of each is there and nobody made or took files.

        A file that cannot be read for the moment would not be found again.
        """
        if folder in self._look:
            self._look.discard(folder)
            return ()
        kept = self._kept.get(folder)
        if kept is None or not all(
            not source.files or any(os.path.exists(os.path.join(answer.root, name)) for name in source.files)
            for source, answer in kept.sources()
        ):
            return ()
        return kept.found

    async def _progress(self, folder: str, done: asyncio.Event) -> None:
        window = self._server.client_capabilities.window
        if window is None or not window.work_done_progress:
            return
        token, progress = str(uuid.uuid4()), self._server.work_done_progress
        try:
            await progress.create_async(token)
        except (JsonRpcException, PyglsError):
            return
        title = f"driftcheck: {plain(os.path.basename(folder))}"
        progress.begin(token, types.WorkDoneProgressBegin(title, cancellable=True, message="reading the sources"))
        self._tokens.add(token)
        await done.wait()
        self._tokens.discard(token)
        progress.end(token, types.WorkDoneProgressEnd())

    def cancel(self, token: int | str) -> None:
        """Ends the check of which this is the progress."""
        if token in self._tokens:
            self._checker.end()

    def close(self) -> None:
        """Ends what runs."""
        self._wanted.clear()
        self._checker.end()

    # -- Answers ------------------------------------------------------------------------------------------------

    def _take(self, folder: str, answer: Answer) -> None:
        if answer.idle and folder not in self._kept:
            self._idle.add(folder)
            self._log(f"{folder}: {said(answer.report.failures[0])}", types.MessageType.Info)
            return
        self._idle.discard(folder)
        self._kept.setdefault(folder, Kept()).take(answer)
        self.publish()
        self._say(folder)

    def showing(self, kept: Kept) -> Showing:
        encoding = self._server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return Showing(self.folders, kept, types.PositionEncodingKind(encoding).value)

    def of(self, path: str) -> Showing | None:
        """What is known of the project of a file."""
        folder = self.folders.project(path)
        kept = self._kept.get(folder) if folder is not None else None
        return None if kept is None else self.showing(kept)

    def forget(self) -> None:
        """Forgets the projects that are in no folder of the workspace any more."""
        left = {self.folders.project(os.path.join(folder, "-")) for folder in self.folders.named}
        left |= {self.folders.project(path) for path in self.folders.documents}
        self._kept = {folder: kept for folder, kept in self._kept.items() if folder in left}
        self.publish()

    def publish(self) -> None:
        """Tells the editor what has become different of what is said of files."""
        wanted: dict[str, list[types.Diagnostic]] = {}
        for kept in self._kept.values():
            for uri, found in diagnostics(self.showing(kept)).items():
                mine = wanted.setdefault(uri, [])
                mine += [one for one in found if one not in mine]
        for uri in self._published.keys() | wanted.keys():
            found = wanted.get(uri, [])
            if found != self._published.get(uri, []):
                self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))
        self._published = wanted

    def _say(self, folder: str) -> None:
        """Shows what has no place in a file, once until it is another."""
        kept = self._kept[folder]
        last = kept.last
        failures = [
            failure
            for failure in kept.failures()
            if (last is not None and not last.report.made) or failed_in(self.showing(kept), failure) is None
        ]
        text = "\n".join(said(failure) for failure in failures)
        if text and text != self._said.get(folder):
            shown = plain(without_passwords(f"driftcheck: {text}"), 2_000, keep="\n")
            self._server.window_show_message(types.ShowMessageParams(types.MessageType.Error, shown))
        self._said[folder] = text

    def _log(self, text: str, level: types.MessageType) -> None:
        shown = plain(without_passwords(text), 10_000, keep="\n")
        self._server.window_log_message(types.LogMessageParams(level, shown))
