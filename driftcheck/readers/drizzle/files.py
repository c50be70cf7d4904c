"""The schema files that a location means, as drizzle-kit's `prepareFilenames` finds them."""

from __future__ import annotations

from pathlib import Path

from ...globs import is_magic
from ...project import FolderEntry, Project
from ...project.walking import below
from ...regex import lazy

#: What drizzle-kit takes as a schema file.
EXTENSIONS = (".ts", ".js", ".cjs", ".mjs", ".mts", ".cts")
_TESTS = lazy(r"\.(?:test|spec|d)\.[cm]?[jt]s\Z")
_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")


def schema_files(pattern: str, folder: Path, project: Project) -> list[FolderEntry]:
    """Files that `pattern` (a file, a folder, or a glob) means, relative to `folder`: each once, where it really is.

    Of a folder, the files directly in it, as drizzle-kit takes them, or, where there are none, all below it. What has
    the name of a schema file and cannot be read is an entry with its trouble. Raises OSError if the pattern leads out
    of the project or its folder cannot be listed, GlobError if it stands for too much.
    """
    found: dict[Path, FolderEntry] = {}
    for entry in _matches(pattern, folder, project):
        inside = _in_folder(entry.path, project) if entry.is_folder else [entry]
        for one in inside:
            if one.leads_out or _is_source(one):
                found.setdefault(one.path if one.leads_out else project.real(one.path), one)
    return [FolderEntry(path, entry.is_file, trouble=entry.trouble) for path, entry in found.items()]


def _is_source(entry: FolderEntry) -> bool:
    return not entry.is_folder and entry.name.endswith(EXTENSIONS) and not entry.name.endswith(_DECLARATIONS)


def _in_folder(folder: Path, project: Project) -> list[FolderEntry]:
    files = [entry for entry in project.entries(folder) if _is_source(entry) and not _TESTS.search(entry.name)]
    if files:
        return files
    deeper = below(project, folder, _is_ours)
    return [entry for entry in deeper if _is_source(entry) and not _TESTS.search(entry.name)]


def _is_ours(name: str) -> bool:
    return name != "node_modules"


def _matches(pattern: str, folder: Path, project: Project) -> list[FolderEntry]:
    exact = project.entry(folder / pattern)
    if exact.leads_out:
        project.real(exact.path)  # raises Outside
    if exact.exists:
        return [exact]
    if not is_magic(pattern):
        return []
    from ...project.walking import glob  # wcmatch is slow to load, and most locations are none

    return glob(project, pattern, folder, _is_ours)
