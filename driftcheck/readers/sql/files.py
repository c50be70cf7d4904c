"""Which files a location means, and in which order they are applied.

The order is that of the tool which made the folder: Drizzle's journal; Sqitch's plan (`sqitch`); what graphile-migrate
has committed; Flyway's versions, then its repeatables; else the names, numbers in them as numbers, so that 2_x comes
before 10_x and a timestamp where it belongs.
"""

from __future__ import annotations

import re
import sys
from dataclasses import field
from pathlib import Path

from ... import listening
from ...dialects import dialect_named
from ...errors import SourceError
from ...frozen import dataclass
from ...globs import GlobError, is_magic
from ...kinds.sql import STDIN
from ...model import Location
from ...project import FolderEntry, Project
from ...project.documents import parse_json
from ...project.nearby import nearby
from ...project.walking import below
from ...regex import lazy
from . import sqitch

_FLYWAY = lazy(r"(?P<kind>[VUBR])(?P<version>[0-9][0-9._]*)?__.*\.sql\Z", re.IGNORECASE)
_DOWN = lazy(
    r"(?:\.|_|-)(?:down|undo|rollback)\.sql\Z|\A(?:down|rollback)\.sql\Z|\A[0-9]+\.(?:undo|down)\.", re.IGNORECASE
)
#: Database systems in the names of files.
_SYSTEMS = frozenset(
    """
    postgres postgresql pg psql pgsql mysql mariadb sqlite sqlite3 mssql sqlserver oracle cockroach cockroachdb h2
    hsqldb clickhouse db2 spanner
    """.split()
)
_TAG = lazy(r'"([^"\\]*)"')
_SUPABASE = lazy(r"[0-9]+_.*\.sql\Z")
_NUMBER = lazy(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Missing:
    """A file that another names, at `place`, and that cannot be applied."""

    place: Location
    name: str
    why: str


@dataclass(slots=True)
class Sources:
    """The files to read, in order, and what there is to say about the choice.

    What has the name of a migration and cannot be read (a pipe, a folder, a link that leads out) is one of the files:
    it becomes an error when it is read.
    """

    files: list[Path]
    notes: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    apart: bool = False
    """Whether the tool applies each file in a session of its own, so that no SET outlives its file."""
    unapplied: list[tuple[Path, str]] = field(default_factory=list)
    """Files in the folder that its tool passes over, each with the reason: a gap, if they change the schema."""


def find(location: str, root: Path | Project) -> Sources:
    """The files of `location`. Raises SourceError if there are none."""
    project = Project.of(root)
    if location == STDIN:
        return _piped(project)
    path = project.root / location
    entry = project.entry(path)
    if entry.is_file or entry.trouble:
        return Sources([path])
    if entry.is_folder:
        sources = _folder(path, project)
        if not sources.files:
            raise SourceError(
                f"there is no .sql file to apply in {location}",
                hint="name a .sql file, a glob, or the folder that holds the migrations",
                path=location,
            )
        return sources
    if is_magic(location):
        files = _matching(location, project)
        if files:
            return _ordered(files, project)
        raise SourceError(f"no file matches {location}", hint=f"looked in {project.root}", path=location)
    near = nearby(project, location)
    hint = f"did you mean sql:{near}?" if near else f"looked for {path}: a .sql file, a folder or a glob"
    raise SourceError(f"{location} does not exist", hint=hint, path=location)


def _piped(project: Project) -> Sources:
    """What comes in by standard input: it cannot be asked for again, so that no answer that rests on it is kept."""
    stream = sys.stdin
    if stream is None or stream.isatty():
        raise SourceError(
            "nothing comes in by standard input", hint="pipe it in: pg_dump -s … | driftcheck diff … sql:-"
        )
    listening.doubt("standard input was read")
    try:
        project.give(STDIN, stream.buffer)
    except OSError as error:
        raise SourceError(f"standard input cannot be read: {error.strerror or error}") from error
    return Sources([project.root / STDIN])


def _matching(location: str, project: Project) -> list[Path]:
    from ...project.walking import glob  # wcmatch is slow to load, and most locations are none

    try:
        entries = glob(project, location, project.root)
    except (GlobError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(f"{location} cannot be read: {why}", path=location) from error
    return [entry.path for entry in entries if entry.is_file or entry.trouble or _is_sql(entry.name)]


def _is_sql(name: str) -> bool:
    return name.lower().endswith(".sql")


def _entries(project: Project, folder: Path) -> list[FolderEntry]:
    """What is in a folder, nothing where there is none. Raises SourceError if it is there and cannot be listed."""
    if not project.is_folder(folder):
        return []
    try:
        return project.entries(folder)
    except OSError as error:
        name = project.shown(folder)
        raise SourceError(f"{name} cannot be read: {error.strerror or error}", path=name) from error


def _sql_in(project: Project, folder: Path) -> list[Path]:
    return [entry.path for entry in _entries(project, folder) if _is_sql(entry.name)]


def _folder(folder: Path, project: Project) -> Sources:
    if folder.name == "migrations" and folder.parent.name == "supabase":
        return _supabase(folder, project)
    journal = folder / "meta" / "_journal.json"
    if project.is_there(journal) and (applied := _journal(folder, journal, project)) is not None:
        return applied
    if (plan := sqitch.plan_of(folder, project)) is not None:
        return _planned(plan, project)
    entries = _entries(project, folder)
    files = [entry.path for entry in entries if _is_sql(entry.name)]
    if nested := _nested(entries, project) or _committed(folder, project):
        others = [item for item in files if item not in nested]
        names = _few(sorted(item.name for item in others))
        return Sources(
            nested, [f"{names} is not a migration of {project.shown(folder)}: not applied"] if others else []
        )
    if not files:
        deeper = below(project, folder)
        return _ordered([entry.path for entry in deeper if entry.name.endswith(".sql")], project)
    sources = _ordered(files, project)
    inner = [entry for entry in entries if entry.is_folder and not _is_sql(entry.name)]
    if unread := [entry.name for entry in inner if _sql_in(project, entry.path)]:
        sources.notes.append(f"the .sql files in {_few(unread)} under {project.shown(folder)} were not read")
    return sources


def _supabase(folder: Path, project: Project) -> Sources:
    """Supabase's own: every file whose name begins with a version, in their order, whatever a journal says.

    https://github.com/supabase/cli, `ListLocalMigrations`.
    """
    why = "the Supabase CLI applies only files that are called <version>_<name>.sql; name it if you run it"
    files = sorted(_sql_in(project, folder), key=lambda item: item.name)
    applied = [item for item in files if _SUPABASE.match(item.name)]
    return Sources(applied, apart=True, unapplied=[(item, why) for item in files if item not in applied])


def _planned(plan: Path, project: Project) -> Sources:
    """The files of a Sqitch plan, in its order."""
    name = project.shown(plan)
    sources = Sources([], apart=True)
    for step in sqitch.steps_of(plan, project):
        _add(sources, step.file, Location(name, step.line), project)
    if not sources.files:
        raise SourceError(f"{name} names no file that is there", path=name)
    return sources


def _add(sources: Sources, file: Path, place: Location, project: Project) -> None:
    """Adds a file that another one names, if it can be applied."""
    entry = project.entry(file)
    if entry.is_file:
        sources.files.append(file)
    else:
        why = entry.trouble or ("it is a folder" if entry.is_folder else "it is not there")
        sources.missing.append(Missing(place, file.name, why))


def _committed(folder: Path, project: Project) -> list[Path]:
    """graphile-migrate: the migrations in `committed`, then the one that is being written."""
    files = sorted(_sql_in(project, folder / "committed"), key=lambda item: natural(item.name))
    if not files:
        return []
    current = sorted(_sql_in(project, folder / "current"), key=lambda item: natural(item.name))
    return [*files, *(item for item in [folder / "current.sql"] if project.is_there(item)), *current]


def _nested(entries: list[FolderEntry], project: Project) -> list[Path]:
    """A folder per migration: `migration.sql` (Prisma, Drizzle from 1.0 on) or `up.sql` (Diesel, Hasura) in each."""
    folders = [entry.path for entry in entries if entry.is_folder]
    found = [
        folder / name for folder in folders for name in ("migration.sql", "up.sql") if project.is_there(folder / name)
    ]
    return sorted(found, key=lambda item: _version(item.parent.name))


def _version(name: str) -> tuple[str, str]:
    """Their tools compare names as text, Diesel without the dashes in a version."""
    version, _, rest = name.partition("_")
    return version.replace("-", ""), rest


def _journal(folder: Path, journal: Path, project: Project) -> Sources | None:
    """Drizzle's journal: its entries in the order of `idx`, and a file that it does not name is not applied.

    None where it is empty: the tool that made it has applied nothing, and the folder is some other tool's.
    """
    name = project.shown(journal)
    try:
        text = project.text(journal)
        entries = parse_json(text)["entries"]
        tags = [str(entry["tag"]) for entry in sorted(entries, key=lambda entry: int(entry["idx"]))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{name} is not a Drizzle journal: {error}", path=name) from error
    if not tags:
        return None
    lines = _lines_of_tags(text)
    sources = Sources([])
    for tag in tags:
        _add(sources, folder / f"{tag}.sql", Location(name, lines.get(tag, 1)), project)
    if sources.missing and not sources.files:
        first = sources.missing[0]
        raise SourceError(f"{name} names {first.name}, and {first.why}", path=name, line=first.place.line)
    named = set(tags)
    extra = [path for path in _sql_in(project, folder) if path.stem not in named and not _is_down(path)]
    why = "drizzle-kit does not apply it, as its journal does not name it; name it if you run it"
    sources.unapplied = [(path, why) for path in extra]
    return sources


def _lines_of_tags(text: str) -> dict[str, int]:
    """The line in which a journal first holds each of its strings."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for word in _TAG.findall(line):
            found.setdefault(word, number)
    return found


def _few(names: list[str]) -> str:
    """The first of many, and how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _ordered(files: list[Path], project: Project) -> Sources:
    """Ways down left out, the others in the order in which their tool applies them."""
    others = set(_of_others(files, dialect_named(project.dialect).suffixes))
    down = [item for item in files if _is_down(item) and item not in others]
    kept = [item for item in files if item not in down and item not in others]
    notes = [f"{len(others)} files for other database systems were left out"] if others else []
    if down and kept:
        names = ", ".join(sorted(project.shown(item) for item in down)[:3])
        notes.append(f"{len(down)} down migrations were left out ({names}{' …' if len(down) > 3 else ''})")
    else:
        kept = kept or files
    kept, before = _from_baseline(sorted(kept, key=_order))
    if before:
        names = _few([project.shown(item) for item in before])
        notes.append(f"what is before the newest baseline was left out, as Flyway does on a new database: {names}")
    flyway = any(match["version"] for item in kept if (match := _FLYWAY.match(item.name)) is not None)
    return Sources(kept, notes, apart=flyway)


def _from_baseline(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """Flyway's files from the newest baseline on, and those before it.

    https://documentation.red-gate.com/flyway/flyway-concepts/migrations/baseline-migrations
    """
    versions = {item: match for item in files if (match := _FLYWAY.match(item.name)) is not None and match["version"]}
    baselines = [_numbers(match) for match in versions.values() if match["kind"].upper() == "B"]
    if not baselines:
        return files, []
    newest = max(baselines)
    before = [
        item
        for item, match in versions.items()
        if _numbers(match) < newest or (_numbers(match) == newest and match["kind"].upper() != "B")
    ]
    return [item for item in files if item not in before], before


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split(r"[._]", match["version"]) if part)


def _of_others(files: list[Path], own: frozenset[str]) -> list[Path]:
    """Files for another database system than that called `own`, by a word between dots: `1_a.mysql.up.sql`; and those
    that one for it replaces: `1_a.up.sql` beside `1_a.postgres.up.sql` (gobuffalo/pop).
    """
    names = {item: item.name.lower().split(".") for item in files}
    ours = {
        (item.parent, tuple(word for word in words if word not in own))
        for item, words in names.items()
        if own.intersection(words[1:-1])
    }
    if not ours:
        return []
    return [
        item
        for item, words in names.items()
        if (_SYSTEMS - own).intersection(words[1:-1])
        or (not own.intersection(words[1:-1]) and (item.parent, tuple(words)) in ours)
    ]


def _is_down(path: Path) -> bool:
    if _DOWN.search(path.name):
        return True
    match = _FLYWAY.match(path.name)
    return match is not None and match["kind"].upper() == "U" and match["version"] is not None


def _order(path: Path) -> tuple[object, ...]:
    """Folders in their order; in each, Flyway's versions, then other names, then Flyway's repeatables."""
    folders = tuple(natural(part) for part in path.parent.parts)
    match = _FLYWAY.match(path.name)
    if match is not None and match["version"] is not None and match["kind"].upper() in "VB":
        return folders, 0, _numbers(match), natural(path.name)
    repeatable = match is not None and match["kind"].upper() == "R" and match["version"] is None
    return folders, 2 if repeatable else 1, (), natural(path.name)


def natural(name: str) -> tuple[tuple[int, object], ...]:
    """A key by which numbers in names sort as numbers."""
    parts = _NUMBER.split(name)
    return tuple((0, int(part)) if part[0] in "0123456789" else (1, part) for part in parts if part)
