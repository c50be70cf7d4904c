"""Where a check is made: the folder whose config counts, and the one that locations are relative to."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path

from ..config import project_folder
from ..kinds import KINDS
from ..kinds.sql import STDIN
from .request import Request


def settled(request: Request) -> Request:
    """`request` with its config looked for in the folders above, and its `root` where its sources' locations count.

    What the config says is relative to the config. What the command says is relative to the folder it is started in,
    and stays so as long as the command names every source itself.
    """
    if request.config_path is not None:
        return request
    home = project_folder(request.root) or request.root
    if home == request.root or _all_typed(request.sources):
        return replace(request, home=home)
    prefix = request.root.relative_to(home).as_posix()
    return replace(request, root=home, home=home, sources=tuple(_moved(word, prefix) for word in request.sources))


def _all_typed(words: tuple[str, ...]) -> bool:
    return bool(words) and all(":" in word for word in words)


def _moved(word: str, prefix: str) -> str:
    """`[NAME=]KIND:LOCATION` as a folder further up has it, into which `prefix` leads; names and modules stay."""
    head, colon, location = word.partition(":")
    kind = KINDS.get(head.rpartition("=")[2])
    if not colon or kind is None or not kind.is_path or location == STDIN or Path(location).is_absolute():
        return word
    return f"{head}:{posixpath.normpath(posixpath.join(prefix, location))}"
