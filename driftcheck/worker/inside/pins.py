"""Which version of a package a project says that it uses: what its lock file, or a requirement with `==`, names."""

from __future__ import annotations

import contextlib
import os
import re

from .repository import manifests

_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock")
#: How much of one file is read, in characters.
_LONGEST = 8_000_000
_NUMBER = r"(\d{1,6}(?:\.\d{1,6}){0,4})"


def version_of(package: str, folders: list[str]) -> tuple[int, ...] | None:
    """The one version of `package` that files in `folders` name; None if they name none, or several."""
    name = re.escape(package)
    locked = re.compile(rf'name = "{name}"\nversion = "{_NUMBER}"|"{name}": \{{[^}}]*"version": "=={_NUMBER}"', re.I)
    pinned = re.compile(
        rf'^[\s"\']*{name}(?:\[[^\]]*\])?\s*(?:===?\s*|\s*=\s*["\'][\^=]*){_NUMBER}["\',;\s]', re.I | re.M
    )
    for words, named in ((locked, _locks), (pinned, manifests)):
        texts = [_text(path) for folder in folders for path in named(folder)]
        found = {next(filter(None, match.groups())) for text in texts for match in words.finditer(text)}
        if found:
            return tuple(map(int, found.pop().split("."))) if len(found) == 1 else None
    return None


def _locks(folder: str) -> list[str]:
    return [os.path.join(folder, name) for name in _LOCKS]


def _text(path: str) -> str:
    with contextlib.suppress(OSError, ValueError), open(path, encoding="utf-8") as file:
        return file.read(_LONGEST) + "\n"
    return ""
