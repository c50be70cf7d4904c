"""Which project a file belongs to, and by which URI the editor knows a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from pygls.uris import from_fs_path, to_fs_path

from ..config import project_folder
from ..frozen import dataclass
from .text import Text


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is open in the editor, as it is there."""

    uri: str
    version: int | None
    text: Text


@dataclass(slots=True)
class Folders:
    """The folders of the workspace as the editor names them, each by its real path, and the documents that are open.

    A check reports real paths; the editor may have come to a file by a link, and knows it by that name alone.
    Documents are by their real path, as `open` and `document` have it.
    """

    named: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def set(self, uris: Iterable[str]) -> None:
        paths = [path for path in map(to_fs_path, uris) if path]
        self.named = {os.path.realpath(path): os.path.abspath(path) for path in paths}

    def open(self, path: str, document: Document) -> None:
        self.documents[os.path.normcase(path)] = document

    def close(self, path: str) -> None:
        self.documents.pop(os.path.normcase(path), None)

    def document(self, path: str) -> Document | None:
        return self.documents.get(os.path.normcase(path))

    def project(self, path: str) -> str | None:
        """The folder in which a check of the file at a real `path` is made; None if it belongs to no project.

        It is the nearest one that has a config, as if the check were started beside the file, else the folder of the
        workspace.
        """
        folder = self._folder(path)
        configured = project_folder(Path(path).parent)
        if configured is None and folder is not None:
            configured = project_folder(Path(folder))
        return str(configured) if configured is not None else folder

    def _folder(self, path: str) -> str | None:
        inside = [folder for folder in self.named if Path(path).is_relative_to(folder)]
        return max(inside, key=len, default=None)

    def uri(self, path: str) -> str:
        """The URI of a file, of which a real or any other absolute path is given."""
        if (document := self.document(path)) is not None:
            return document.uri
        folder = self._folder(path)
        if folder is not None:
            path = os.path.join(self.named[folder], os.path.relpath(path, folder))
        return from_fs_path(path) or ""


def real(uri: str) -> str | None:
    """The real path of what the editor calls `uri`; None for what is in no file."""
    path = to_fs_path(uri)
    try:
        return os.path.realpath(path) if path else None
    except ValueError:
        return None
