"""A real client (pytest-lsp's) of the real server, as an editor would start it."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.uris import from_fs_path
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

#: Seconds after which something that should have come is not coming: loaded machines are slow.
_PATIENCE = 60
_LANGUAGES = {".ts": "typescript", ".sql": "sql", ".py": "python", ".toml": "toml"}


class Editor:
    """An editor with the folders that it has open."""

    def __init__(self, client: LanguageClient, folders: Sequence[Path]) -> None:
        self.client, self.folders = client, folders
        self._versions: dict[Path, int] = {}
        self._checked = 0

    def open(self, path: Path, text: str | None = None) -> None:
        self._versions[path] = 1
        shown = path.read_bytes().decode("utf-8-sig") if text is None else text
        document = types.TextDocumentItem(uri(path), _LANGUAGES[path.suffix], 1, shown)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def type(self, path: Path, text: str) -> None:
        """Changes what is in the editor, and not the file."""
        self._versions[path] += 1
        where = types.VersionedTextDocumentIdentifier(self._versions[path], uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(where, [change]))

    def save(self, path: Path, text: str | None = None) -> None:
        """Saves what is in the editor: `text`."""
        if text is not None:
            self.type(path, text)
            path.write_text(text)
        where = types.TextDocumentIdentifier(uri(path))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(where))

    def at(self, path: Path) -> list[types.Diagnostic]:
        return list(self.client.diagnostics.get(uri(path), ()))

    def said(self, path: Path) -> list[str]:
        return [one.message for one in self.at(path)]

    async def actions(self, path: Path, line: int, only: str | None = None) -> list[types.CodeAction]:
        """What is offered at a line (from 1)."""
        here = types.Range(types.Position(line - 1, 0), types.Position(line - 1, 0))
        context = types.CodeActionContext(self.at(path), None if only is None else [only])
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri(path)), here, context)
        found = await self.client.text_document_code_action_async(params) or ()
        return [one for one in found if isinstance(one, types.CodeAction)]

    async def hover(self, path: Path, line: int, character: int) -> str:
        """What is shown at a line (from 1) and character (from 0); empty for nothing."""
        where = types.TextDocumentIdentifier(uri(path)), types.Position(line - 1, character)
        found = await self.client.text_document_hover_async(types.HoverParams(*where))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def definitions(self, path: Path, line: int, character: int) -> list[tuple[str, int]]:
        """Files and lines (from 1) that a name leads to."""
        where = types.TextDocumentIdentifier(uri(path)), types.Position(line - 1, character)
        found = await self.client.text_document_definition_async(types.DefinitionParams(*where))
        return [
            (Path(one.uri).name, one.range.start.line + 1) for one in found or () if isinstance(one, types.Location)
        ]

    async def until(self, holds: Callable[[], object]) -> None:
        """Waits for something to hold, and fails with all that was said if it never does."""
        for _ in range(20 * _PATIENCE):
            if holds():
                return
            await asyncio.sleep(0.05)
        told = {uri: [one.message for one in found] for uri, found in self.client.diagnostics.items()}
        raise AssertionError(f"{told}\n{self.client.messages}\n{self.client.log_messages}")

    async def checked(self, act: Callable[[], object]) -> None:
        """Does something that asks for a check, and waits for the end of one that began then."""
        before = {token for token, reports in self.client.progress_reports.items() if reports}
        act()
        await self.until(
            lambda: any(
                len(reports) > 1 for token, reports in self.client.progress_reports.items() if token not in before
            )
        )


def edited(path: Path, edit: types.WorkspaceEdit | None) -> str:
    """The text of a file after an edit, made as an editor makes it: places in UTF-16."""
    assert edit is not None
    assert edit.document_changes is not None
    text = path.read_bytes().decode("utf-8-sig")
    for change in edit.document_changes:
        if not isinstance(change, types.TextDocumentEdit) or change.text_document.uri != uri(path):
            continue
        for one in sorted(change.edits, key=lambda one: one.range.start, reverse=True):
            assert isinstance(one, types.TextEdit)
            start, end = _offset(text, one.range.start), _offset(text, one.range.end)
            text = text[:start] + one.new_text + text[end:]
    return text


def _offset(text: str, position: types.Position) -> int:
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    before = "".join(lines[: position.line])
    line = lines[position.line] if position.line < len(lines) else ""
    units = line.encode("utf-16-le", "surrogatepass")[: 2 * position.character]
    return len(before) + len(units.decode("utf-16-le", "surrogatepass"))


def uri(path: Path) -> str:
    return from_fs_path(str(path)) or ""


@asynccontextmanager
async def editor(
    *folders: Path, words: Sequence[str] = (), client: str = "visual-studio-code", **environment: str
) -> AsyncIterator[Editor]:
    """An editor that has started `driftcheck lsp WORDS` for its folders; in the end it says goodbye."""
    spoken = make_test_lsp_client()
    spoken.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _params: None)
    command = [sys.executable, "-m", "driftcheck", "lsp", *words]
    await spoken.start_io(*command, cwd=folders[0], env={**os.environ, **environment})
    can = client_capabilities(client)
    params = types.InitializeParams(
        can, workspace_folders=[types.WorkspaceFolder(uri(folder), folder.name) for folder in folders]
    )
    await spoken.initialize_session(params)
    try:
        yield Editor(spoken, folders)
    finally:
        await asyncio.wait_for(spoken.shutdown_session(), _PATIENCE)
        status = spoken._server.returncode if spoken._server is not None else None
        await spoken.stop()
    assert status == 0


def run(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scenario)
