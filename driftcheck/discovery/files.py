"""The files of a project that somebody wrote: no dependencies, no build output, nothing that git ignores."""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from .. import git, listening
from ..frozen import dataclass
from ..kinds import KINDS
from ..project import Project
from ..project.walking import below

#: Folders that hold copies and output, wherever they are.
SKIPPED = frozenset(
    """node_modules bower_components site-packages dist-packages __pycache__ venv env .venv .git .hg .svn .tox .nox
    .mypy_cache .ruff_cache .pytest_cache .next .nuxt .turbo .yarn .pnpm-store dist build out target vendor third_party
    coverage htmlcov""".split()
)
#: Folders whose schemas describe nothing that is deployed, or no longer: taken only where there is nothing else.
EXAMPLES = re.compile(
    r"(?:^|/)(tests?|__tests__|testing|e2e|fixtures?|mocks?|examples?|samples?|demos?|docs?|benchmarks?|templates?"
    r"|archived?|archives|deprecated|legacy|old|backups?|\.?te?mp|[\w.-]+[._-](?:archived?|backups?|bak|deprecated|legacy|old))/",
    re.IGNORECASE,
)
#: Files that are called so.
_OLD_NAME = re.compile(
    r"(?:^|[._-])(old|backup|bak|copy|deprecated|legacy|archived?|obsolete|samples?|examples?|tests?|mocks?|demo)[._-]",
    re.IGNORECASE,
)
#: Files looked at in one project, and bytes read of one file: enough for the largest real ones, an end for the rest.
MOST_FILES = 100_000
MOST_BYTES = 4_000_000
#: Entries of one folder that are looked at because a config names it.
MOST_INSIDE = 5_000


@dataclass(frozen=True, slots=True)
class Files:
    """Paths relative to the root of `project`, with forward slashes, in order; not all if not `complete`."""

    project: Project
    paths: tuple[str, ...]
    complete: bool = True
    #: What one search found out and another one asks for, by a name for it.
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def ending(self, *suffixes: str) -> Iterator[str]:
        return (path for path in self.paths if path.endswith(suffixes))

    def holds(self, path: str) -> bool:
        return self.project.is_file(path)

    def inside(self, folder: str, suffix: str) -> list[str]:
        """The files in `folder` and the folders in it, even if git ignores them or it is called `out`."""
        found = below(self.project, self.project.root / folder, deepest=2)
        paths = [entry.path for entry in islice(found, MOST_INSIDE) if entry.is_file and entry.name.endswith(suffix)]
        return sorted(path.relative_to(self.project.root).as_posix() for path in paths)

    def is_short(self, path: str, most: int) -> bool:
        """Whether the file has no more than `most` bytes."""
        facts = self.project.state(path)
        return facts is not None and facts.st_size <= most

    def text(self, path: str, most: int = MOST_BYTES) -> str:
        """The beginning of the file, `most` bytes of it; empty if it cannot be read."""
        try:
            return _decoded(self.project.beginning(path, most))
        except OSError:
            return ""


def _decoded(data: bytes) -> str:
    """A dump that PowerShell redirected into a file is UTF-16, and begins by saying so."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8-sig", "replace")


def holds_one(text: str, words: Iterable[str]) -> bool:
    """Whether `text` holds one of `words`: many times faster than a pattern of them."""
    return any(word in text for word in words)


def preference(path: str) -> tuple[bool, int, str]:
    """Sorts what is more likely meant first: no example, near the top, then by name."""
    return EXAMPLES.search(path) is not None, path.count("/"), path


def doubt(path: str) -> str | None:
    """Why what lies in these folders is less likely meant than something elsewhere; None if nothing is against it."""
    found = EXAMPLES.search(path)
    return None if found is None else f"it lies in {found[1]}/"


def doubt_of_name(path: str) -> str | None:
    """The same by the file's own name, too: `schema_old.sql`."""
    word = _OLD_NAME.search(posixpath.basename(path))
    return doubt(path) or (None if word is None else f"it is called {word[1].lower()}")


def project_files(project: Project, most: int = MOST_FILES) -> Files:
    """The files of a project that could be a source or lead to one."""
    names = git.listed(project.root, project.top)
    listening.listed(project.root, names)
    walked = names is None
    suffixes = _suffixes()
    kept: list[str] = []
    for seen, name in enumerate(_walked(project) if names is None else names):
        if seen >= most:
            return Files(project, tuple(sorted(kept)), complete=False)
        ours = walked or SKIPPED.isdisjoint(PurePosixPath(name).parts[:-1])
        if ours and name.endswith(suffixes) and _is_text(name):
            kept.append(name)
    return Files(project, tuple(sorted(kept)))


def _suffixes() -> tuple[str, ...]:
    """The endings of all files that a kind of source may be, or be recognized by (package.json, alembic.ini)."""
    return tuple({".json", ".toml", ".ini", *(suffix for kind in KINDS.values() for suffix in kind.suffixes)})


def _is_text(name: str) -> bool:
    """Whether a config or a command line can hold the name: a file system's bytes need not be UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _walked(project: Project) -> Iterator[str]:
    for entry in below(project, project.root, lambda name: name not in SKIPPED and not name.startswith(".")):
        if entry.is_file:
            yield entry.path.relative_to(project.root).as_posix()
