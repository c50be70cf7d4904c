"""From a save in an editor to its diagnostics, against the import of the models, again and again in one session."""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

from .timing import Command, run

_PROJECT = Path(__file__).parent.parent / "fixtures" / "pixcrawler"
_SCHEMA = "frontend/lib/db/schema.ts"
_SQL = "frontend/lib/db/migrations/production_schema.sql"
#: How much of an import a save may take.
MOST = 0.5
#: Seconds after which nothing is coming any more.
_LONGEST = 120
#: Edits, each with what it takes the place of, and what by the number of the save: comments in front of all else, the
#: length of a column. Each changes a diagnostic, at least its line: else there is nothing to tell.
_EDITS: tuple[tuple[str, str, str, Callable[[int], str]], ...] = (
    ("comments in schema.ts", _SCHEMA, "import ", lambda number: "// a comment\n" * number + "import "),
    ("a column of schema.ts", _SCHEMA, "length: 50", lambda number: f"length: {60 + number}"),
    ("a column of the SQL", _SQL, "VARCHAR(50)", lambda number: f"VARCHAR({60 + number})"),
)


class Row(NamedTuple):
    """An edit; medians over pairs: of a save in terms of an import, and the seconds of a save."""

    name: str
    ratio: float
    seconds: float


def rows(scratch: Path, pairs: int) -> Iterator[Row]:
    """A row for each edit, of `pairs` saves and imports in turn."""
    root = Path(shutil.copytree(_PROJECT, scratch / "edited"))
    environment = {"DRIFTCHECK_CACHE_DIR": str(scratch / "editor-cache")}
    unit = Command((sys.executable, "-c", "from backend.models import Base"), root, environment)
    yield from asyncio.run(_session(root, unit, environment, pairs))


async def _session(root: Path, unit: Command, environment: dict[str, str], pairs: int) -> list[Row]:
    saves = _Saves()
    await saves.start(root, environment)
    found = []
    for name, path, old, new in _EDITS:
        text = (root / path).read_text()
        if old not in text:
            raise SystemExit(f"{path} has no {old!r} to edit")
        runs = []
        for number in range(1, pairs + 2):
            seconds = await saves.save(root / path, text.replace(old, new(number), 1))
            runs.append((seconds, (await asyncio.to_thread(run, unit)).wall))
        await saves.save(root / path, text)
        ratio = statistics.median(one / other for one, other in runs[1:])
        found.append(Row(name, ratio, statistics.median(one for one, _ in runs[1:])))
    await saves.stop()
    return found


class _Saves:
    """A client that has one project open."""

    def __init__(self) -> None:
        self._client = LanguageClient("benchmark", "1")
        self._told, self._done = asyncio.Event(), asyncio.Event()
        self._client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda _params: self._told.set())
        self._client.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)(lambda _params: None)

        def progress(params: types.ProgressParams) -> None:
            if isinstance(params.value, dict) and params.value.get("kind") == "end":
                self._done.set()

        self._client.feature(types.PROGRESS)(progress)

    async def start(self, root: Path, environment: dict[str, str]) -> None:
        words = (sys.executable, "-m", "driftcheck", "lsp")
        await self._client.start_io(*words, cwd=root, env={**os.environ, **environment})
        window = types.WindowClientCapabilities(work_done_progress=True)
        folder = types.WorkspaceFolder(from_fs_path(str(root)) or "", "project")
        can = types.ClientCapabilities(window=window)
        await self._client.initialize_async(types.InitializeParams(can, workspace_folders=[folder]))
        self._client.initialized(types.InitializedParams())
        for path in (_SCHEMA, _SQL):
            text = (root / path).read_text()
            document = types.TextDocumentItem(from_fs_path(str(root / path)) or "", "", 1, text)
            self._client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        await self._done.wait()

    async def save(self, path: Path, text: str) -> float:
        """Saves `text`, and gives the seconds until the first diagnostics; then waits for the end of the check."""
        path.write_text(text)
        where = types.VersionedTextDocumentIdentifier(1, from_fs_path(str(path)) or "")
        change = types.TextDocumentContentChangeWholeDocument(text)
        self._client.text_document_did_change(types.DidChangeTextDocumentParams(where, [change]))
        self._told.clear()
        self._done.clear()
        start = time.perf_counter()
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(where.uri))
        self._client.text_document_did_save(saved)
        await asyncio.wait_for(self._told.wait(), _LONGEST)
        seconds = time.perf_counter() - start
        await self._done.wait()
        return seconds

    async def stop(self) -> None:
        await self._client.shutdown_async(None)
        self._client.exit(None)
        await self._client.stop()  # type: ignore[no-untyped-call] # pygls leaves this one without types
