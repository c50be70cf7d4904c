"""Where a project keeps its SQL: a dump, a hand-written file, a folder of migrations."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Sized
from dataclasses import dataclass

from ..config import SourceSpec
from .files import Files, preference
from .found import Found, Sighting

LOOKED_FOR = "SQL files with CREATE TABLE (dumps, schema files, folders of migrations)"

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_CREATE = re.compile(
    r"\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    r'((?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))?)',
    re.IGNORECASE,
)
_ANY_TABLE = re.compile(r"\bCREATE\s+TABLE\b", re.IGNORECASE)
#: What PostgreSQL would not take: MySQL, SQLite, SQL Server, ClickHouse.
_FOREIGN = re.compile(
    r"\bENGINE\s*=|\bAUTO_?INCREMENT\b|\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[`\[]|\bIDENTITY\s*\(\s*\d|^\s*GO\s*$"
    r"|\bPRAGMA\b",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r'"tag"\s*:\s*"([^"]+)"')
_NUMBERED = re.compile(r"(?:^|/)[VvRrUu]?\d+[\w.-]*$")
_BACKWARD = re.compile(
    r"(?:(?:^|[/._-])(?:down|rollback|undo|revert)\.sql|(?:^|/)(?:down|rollbacks?|undo|revert)/[^/]*)$", re.I
)
#: What a migration is called that has a folder of its own: Prisma's and Drizzle's, Diesel's and Hasura's.
_OWN_FOLDER = ("migration.sql", "up.sql")
_NAMED = re.compile(r"(?:schema|structure|production|init|dump|ddl|tables)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file, folder or glob that could be the source. What drizzle-kit `generated` repeats the Drizzle schema."""

    location: str
    tables: frozenset[str]
    what: str
    generated: bool = False
    folder: bool = False

    @property
    def weight(self) -> int:
        """Tables; what drizzle-kit made of another source counts half."""
        return len(self.tables) if self.generated else 2 * len(self.tables)

    @property
    def rank(self) -> tuple[bool, int, bool, bool, tuple[bool, int, str]]:
        liked = _NAMED.search(posixpath.basename(self.location)) is not None
        return preference(self.location + "/")[0], -self.weight, self.folder, not liked, preference(self.location)

    def __str__(self) -> str:
        return f"{self.location} ({self.what}, {_tables(len(self.tables))})"


def search(files: Files) -> Sighting:
    """Whatever creates the most tables: a single file, or a folder of files that belong together."""
    created: dict[str, frozenset[str]] = {}
    foreign: list[str] = []
    for path in files.ending(".sql"):
        text = _COMMENT.sub(" ", files.text(path))
        names = frozenset(_folded(match[1]) for match in _CREATE.finditer(text))
        if _ANY_TABLE.search(text) and _FOREIGN.search(text):
            foreign.append(path)
        elif not _BACKWARD.search(path):
            created[path] = names
    candidates = sorted(_candidates(files, created), key=lambda candidate: candidate.rank)
    also = [f"{path} is not for PostgreSQL" for path in foreign[:5]]
    folders = sorted({posixpath.dirname(path) for path in created})
    also += [
        f"{folder}: its journal names files that are gone"
        for folder in folders
        if _journal(files, folder, [*created, *foreign]) == []
    ]
    if not candidates:
        return Sighting(None, tuple(also), LOOKED_FOR)
    best, *others = candidates
    within = best.location.rstrip("/") + "/"
    also += [f"also saw {one}" for one in others if not (best.folder and one.location.startswith(within))][:5]
    why = f"{best.what}, {_tables(len(best.tables))}" + (", the most of what was seen" if others else "")
    return Sighting(Found(SourceSpec(name="sql", kind="sql", location=best.location), why), tuple(also), LOOKED_FOR)


def _folded(name: str) -> str:
    parts = [part.strip() for part in re.split(r'\.(?=(?:[^"]*"[^"]*")*[^"]*$)', name)]
    return parts[-1].strip('"') if parts[-1].startswith('"') else parts[-1].lower()


def _tables(count: int) -> str:
    return f"{count} table{'' if count == 1 else 's'}"


def _counted(items: Sized, noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"


def _candidates(files: Files, created: dict[str, frozenset[str]]) -> Iterator[_Candidate]:
    folders: dict[str, list[str]] = defaultdict(list)
    for path in created:
        folders[posixpath.dirname(path)].append(path)
    nested: dict[str, list[str]] = defaultdict(list)
    for folder, paths in folders.items():
        candidate = _folder(files, folder, paths, created)
        if candidate is not None:
            yield candidate
        elif len(paths) == 1 and posixpath.basename(paths[0]) in _OWN_FOLDER:
            nested[posixpath.dirname(folder)] += paths
        if not files.holds(posixpath.join(folder, "meta/_journal.json")):
            whole = (path for path in paths if created[path] and not _is_migration(path, paths))
            yield from (_Candidate(path, created[path], "a file of SQL") for path in whole)
    for folder, paths in nested.items():
        names = frozenset().union(*(created[path] for path in paths))
        if names:
            yield _Candidate(folder or ".", names, _counted(paths, "migration"), folder=True)


def _is_migration(path: str, siblings: Sequence[str]) -> bool:
    """One step among others, and so no schema by itself."""
    numbered = [sibling for sibling in siblings if _NUMBERED.search(posixpath.basename(sibling))]
    return posixpath.basename(path) in _OWN_FOLDER or (path in numbered and len(numbered) > 1)


def _folder(files: Files, folder: str, paths: list[str], created: dict[str, frozenset[str]]) -> _Candidate | None:
    """The folder as one source: numbered steps, drizzle-kit's own, or parts that share no table."""
    names = frozenset().union(*(created[path] for path in paths))
    if not names:
        return None
    location = folder or "."
    if (applied := _journal(files, folder, created)) is not None:
        names = frozenset().union(*(created.get(path, frozenset()) for path in applied))
        count = f"{_counted(applied, 'migration')} by drizzle-kit"
        return _Candidate(location, names, count, generated=True, folder=True) if names else None
    if len(paths) < 2:
        return None
    numbered = [path for path in paths if _NUMBERED.search(posixpath.basename(path))]
    if len(numbered) == len(paths):
        return _Candidate(location, names, f"{len(paths)} migrations", folder=True)
    parts = [created[path] for path in paths if created[path]]
    if not numbered and len(parts) > 1 and sum(map(len, parts)) == len(names):
        return _Candidate(location, names, f"{len(paths)} files of SQL", folder=True)
    return None


def _journal(files: Files, folder: str, created: Collection[str]) -> list[str] | None:
    """The files that drizzle-kit's journal names; None without one. A journal of files that are gone names none."""
    journal = posixpath.join(folder, "meta/_journal.json")
    if not files.holds(journal):
        return None
    applied = [posixpath.join(folder, f"{tag}.sql") for tag in _TAG.findall(files.text(journal))]
    return applied if all(path in created for path in applied) else []
