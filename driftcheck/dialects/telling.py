"""Of which engine sources are, as far as a glance shows it: before any of them is read, and before anything runs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..kinds import KINDS
from ..project import FolderEntry, Project
from ..regex import lazy
from . import DIALECTS

#: Bytes of a file that are looked at, and files of a folder.
_LOOKED_AT, _FILES = 40_000, 12
_WORD = lazy(r"""\b(?:dialect|driver)["']?\s{0,9}:\s{0,9}["']([\w-]{1,30})["']""")
_CORE = lazy(r"""["']drizzle-orm/([a-z]{1,20}-core)(?:/[\w.-]{0,40})?["']""")
_VARIABLE = lazy(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))\Z")
_QUOTED = lazy(r"--[^\n]*+|/\*.*?\*/|'(?:[^']|'')*+'", re.DOTALL)
#: Kinds in the order in which they are believed: code says what it is for, SQL may be for several engines.
_ORDER = ("address", "code", "sql")


def told(sources: Sequence[tuple[str, str]], project: Project) -> str:
    """The name of the engine that (kind, location) pairs are of, the truth's first; "" where none of them says it."""
    for way in _ORDER:
        for kind, location in sources:
            if KINDS[kind].tells == way and (name := _TELL[way](location, project)):
                return name
    return ""


def speaking(text: str) -> str:
    """The engine that alone takes the SQL `text`, or the beginning of it; "" if that is none, or several."""
    words = _QUOTED.sub("''", text)
    found = [name for name, dialect in DIALECTS.items() if dialect.speaks.search(words)]
    return found[0] if len(found) == 1 else ""


def meant(location: str) -> str:
    """What `$VARIABLE` holds, if `location` is one that is set."""
    found = _VARIABLE.match(location.strip())
    return (os.environ.get(found[1] or found[2]) or location).strip() if found is not None else location.strip()


def _by_address(location: str, project: Project) -> str:
    found = [name for name, dialect in DIALECTS.items() if dialect.address.match(meant(location))]
    return found[0] if found else ""


def _by_code(location: str, project: Project) -> str:
    """By what a config of drizzle-kit says, else by the modules that tables are made with.

    A folder may hold tables of several engines: where some are PostgreSQL's, those are the ones that are compared.
    """
    cores: set[str] = set()
    for text in _beginnings(location, project, (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".tsx", ".json")):
        words = _WORD.findall(text) if "schema" in text else ()
        if (name := next((name for word in words for name, one in DIALECTS.items() if word in one.kit), "")) != "":
            return name
        cores.update(_CORE.findall(text))
    return next((name for name, dialect in DIALECTS.items() if dialect.core in cores), "")


def _by_sql(location: str, project: Project) -> str:
    return next((name for text in _beginnings(location, project, (".sql",)) if (name := speaking(text))), "")


_TELL = {"address": _by_address, "code": _by_code, "sql": _by_sql}


def _beginnings(location: str, project: Project, endings: tuple[str, ...]) -> Iterator[str]:
    """The beginnings of the file at `location`, or of the first files in that folder. What cannot be read is none."""
    path = project.root / location
    for one in [path] if project.is_file(path) else _inside(path, project, endings):
        try:
            yield project.beginning(one, _LOOKED_AT).decode("utf-8", "replace")
        except OSError:
            continue


def _inside(folder: Path, project: Project, endings: tuple[str, ...]) -> Iterable[Path]:
    """Files of a folder, then of the folders in it; of a glob, those of the folder that it begins with."""
    while not project.is_folder(folder):
        if "*" not in str(folder):
            return []
        folder = folder.parent
    here = _entries(folder, project)
    inner = [entry.path for entry in here if entry.is_folder and entry.name != "node_modules"]
    found = [entry.path for entry in here if entry.is_file and entry.name.endswith(endings)]
    for at in inner[:_FILES]:
        if len(found) >= _FILES:
            break
        found += [one.path for one in _entries(at, project) if one.is_file and one.name.endswith(endings)]
    return found[:_FILES]


def _entries(folder: Path, project: Project) -> list[FolderEntry]:
    try:
        return project.entries(folder)
    except OSError:
        return []
