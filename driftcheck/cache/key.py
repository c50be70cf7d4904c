"""Which request an answer belongs to: everything that is known before a file is read."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from .. import __version__
from ..programs import program
from .tree import top_of

#: Variables that differ from one prompt of a shell to the next and mean nothing here.
_RESTLESS = frozenset({"_", "OLDPWD", "SHLVL", "PWD"})
#: Commands whose presence decides what is looked at, and which interpreter is used.
_TOOLS = ("git", "uv", "poetry")


def request_key(root: Path, words: Mapping[str, object], around: Mapping[str, object] | None = None) -> str:
    """A name for the request that `words` spell out, made in `root`, by this driftcheck, in this environment, today.

    Today, because ignores may end with a day. `around` are `surroundings` that were looked at already.
    """
    python = str(words.get("python") or "")
    facts = {**(around or surroundings(root)), "words": dict(words), "asked for": _found(python, root)}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode("utf-8", "surrogatepass")).hexdigest()


def surroundings(root: Path) -> dict[str, object]:
    """What is the same for all requests that are made in `root` at one time."""
    environment = {name: value for name, value in os.environ.items() if name not in _RESTLESS}
    virtual = os.environ.get("VIRTUAL_ENV", "")
    return {
        "driftcheck": [__version__, __file__],
        "python": [sys.version, sys.executable],
        "root": [str(root), top_of(root), os.getcwd()],
        "environment": environment,
        "tools": [_found(name, root) for name in _TOOLS],
        "virtual": [os.path.realpath(name) for name in _pythons(virtual) if os.path.exists(name)],
        "today": time.strftime("%Y-%m-%d"),
    }


def _pythons(environment: str) -> list[str]:
    names = ("bin/python", "bin/python3", "Scripts/python.exe")
    return [os.path.join(environment, name) for name in names] if environment else []


def _found(name: str, root: Path) -> list[str | None]:
    """Where a command is found, by those who may take it from the repository and by those who may not."""
    if not name or os.path.basename(name) != name:
        return []
    places = (program(name), program(name, outside=Path(top_of(root))))
    return [None if place is None else os.path.realpath(place) for place in places]
