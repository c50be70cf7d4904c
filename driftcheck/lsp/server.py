"""What the editor says, in the words of the protocol, and what it is answered."""

from __future__ import annotations

import os
import sys

from lsprotocol import types
from pygls.exceptions import JsonRpcException, PyglsError
from pygls.lsp.server import LanguageServer

from .. import __version__
from ..check.readings import PythonChoice
from ..kinds import KINDS
from . import actions, objects
from .desk import Desk
from .folders import Document, real
from .hover import hover
from .objects import Declared
from .showing import Showing
from .text import Text, character

_Position = types.HoverParams | types.DeclarationParams | types.DefinitionParams

_CONFIGS = ("driftcheck.toml", "pyproject.toml", ".driftcheck-baseline.json")
_SUFFIXES = tuple(suffix for kind in KINDS.values() for suffix in kind.suffixes)
#: The client watches what these are; of what is in it much is nobody's.
_WATCHED = f"**/*{{{','.join((*_SUFFIXES, '.toml', '.json'))}}}"


def run(interpreter: PythonChoice, *, anew: bool) -> int:
    """Serves on standard input and output. Whatever else prints, prints to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # A whole text with each change: lines are counted here, by the protocol's rules and not by Python's.
    server = LanguageServer("driftcheck", __version__, types.TextDocumentSyncKind.Full)
    desk = Desk(server, interpreter, anew=anew)
    _life(server, desk)
    _documents(server, desk)
    _questions(server, desk)
    server.start_io(sys.stdin.buffer, answers)
    desk.close()
    return 1  # whoever leaves without `exit` was ended


def _life(server: LanguageServer, desk: Desk) -> None:
    """From `initialize` to `exit`."""
    ended = []

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        uris = [folder.uri for folder in params.workspace_folders or ()]
        if not uris and params.root_uri is not None:
            uris = [params.root_uri]
        desk.folders.set(uris)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is None or not watching.dynamic_registration:
            return
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
        wish = types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        try:
            await server.client_register_capability_async(types.RegistrationParams([wish]))
        except (JsonRpcException, PyglsError):
            return  # it knows of changes by its own documents alone

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(_params: types.DidChangeWorkspaceFoldersParams) -> None:
        desk.folders.set(folder.uri for folder in server.workspace.folders.values())
        desk.forget()

    @server.feature(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def cancel(params: types.WorkDoneProgressCancelParams) -> None:
        desk.cancel(params.token)

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        desk.close()
        ended.append(True)

    @server.feature(types.EXIT)
    def leave(_params: None) -> None:
        # Now: a thread still waits for standard input, and would for as long as the client keeps it open.
        desk.close()
        os._exit(0 if ended else 1)


def _documents(server: LanguageServer, desk: Desk) -> None:
    """What becomes of files, in the editor and beside it."""

    def take(uri: str, version: int | None) -> str | None:
        path = real(uri)
        if path is not None:
            text = server.workspace.get_text_document(uri).source
            desk.folders.open(path, Document(uri, version, Text(text)))
        return path

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        path = take(params.text_document.uri, params.text_document.version)
        if path is not None:
            desk.open(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        take(params.text_document.uri, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        path = real(params.text_document.uri)
        if path is not None:
            desk.save(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        path = real(params.text_document.uri)
        if path is not None:
            desk.folders.close(path)
            desk.publish()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def beside(params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            path = real(change.uri)
            if path is None or desk.folders.document(path) is not None:
                continue  # what is open says itself that it was saved
            is_config = os.path.basename(path) in _CONFIGS
            listed = change.type != types.FileChangeType.Changed and path.endswith(_SUFFIXES)
            if is_config or listed or desk.reads(path):
                desk.change(path, listed=listed)


def _questions(server: LanguageServer, desk: Desk) -> None:
    """What is asked of a place in a document."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def on_hover(params: types.HoverParams) -> types.Hover | None:
        found = _declared(desk, params)
        if found is None:
            return None
        showing, one, _ = found
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, hover(showing.kept, one)))

    @server.feature(types.TEXT_DOCUMENT_DECLARATION)
    def declaration(params: types.DeclarationParams) -> list[types.Location] | None:
        found = _declared(desk, params)
        return None if found is None else _elsewhere(*found[:2])

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        found = _declared(desk, params)
        return _elsewhere(*found[:2]) if found is not None and found[2] else None

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[*actions.KINDS]))
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        path = real(params.text_document.uri)
        showing = desk.of(path) if path is not None else None
        if showing is None:
            return None
        only = params.context.only
        # Editors ask at each move of the cursor, too, only to show that there is something.
        asked = params.context.trigger_kind != types.CodeActionTriggerKind.Automatic
        found = actions.actions(showing, params.text_document.uri, params.range, _abilities(server), all_=asked)
        return [one for one in found if only is None or any(_is_kind(one.kind, kind) for kind in only)]


def _declared(desk: Desk, params: _Position) -> tuple[Showing, Declared, bool] | None:
    """What is declared at a position of a document, and whether the word there is its name."""
    path = real(params.text_document.uri)
    showing, document = (desk.of(path), desk.folders.document(path)) if path is not None else (None, None)
    last = showing.kept.last if showing is not None else None
    if path is None or showing is None or document is None or last is None:
        return None
    if not 0 <= params.position.line < len(document.text.lines):
        return None
    words = document.text.lines[params.position.line]
    at = character(words, params.position.character, showing.encoding)
    for answer in dict.fromkeys((last, *(answer for _, answer in showing.kept.sources()))):
        name = os.path.relpath(path, answer.root).replace(os.sep, "/")
        place = showing.checked(answer, name, (params.position.line, at))
        if place is None:
            continue
        one = objects.at(showing.kept, answer, name, *place)
        if one is None and name.endswith(".py"):
            one = objects.of_class(showing.kept, answer, name, showing.lines(answer, name), place[0])
        if one is not None:
            return showing, one, objects.is_named(words, at, one)
    return None


def _elsewhere(showing: Showing, one: Declared) -> list[types.Location]:
    """Where the other sources declare it."""
    found = (
        showing.location(other.answer, other.item.location)
        for other in objects.named(showing.kept, one.key)
        if other.source.name != one.source.name
    )
    return [located for located in found if located is not None]


def _abilities(server: LanguageServer) -> actions.Abilities:
    workspace = server.client_capabilities.workspace
    edits = workspace.workspace_edit if workspace is not None else None
    if edits is None:
        return actions.Abilities(versions=False, new_files=False)
    creates = types.ResourceOperationKind.Create in (edits.resource_operations or ())
    return actions.Abilities(versions=bool(edits.document_changes), new_files=creates)


def _is_kind(kind: types.CodeActionKind | str | None, wanted: types.CodeActionKind | str) -> bool:
    """Whether a kind is one that was asked for, or below it: `source.driftcheck` is below `source`."""
    mine, theirs = str(getattr(kind, "value", kind)), str(getattr(wanted, "value", wanted))
    return not theirs or mine == theirs or mine.startswith(f"{theirs}.")
