"""Which files a location means, and in which order they are applied.

The order is that of the tool which made the folder: Drizzle's journal; Sqitch's plan (`sqitch`); what graphile-migrate
has committed; Flyway's versions, then its repeatables; else the names, numbers in them as numbers, so that 2_x comes
before 10_x and a timestamp where it belongs.
"""

from __future__ import annotations

import glob
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import SourceError
from . import sqitch

_FLYWAY = re.compile(r"(?P<kind>[VUBR])(?P<version>[0-9][0-9._]*)?__.*\.sql\Z", re.IGNORECASE)
_DOWN = re.compile(r"(?:\.|_|-)(?:down|undo|rollback)\.sql\Z|\A(?:down|rollback)\.sql\Z", re.IGNORECASE)
_POSTGRES = frozenset({"postgres", "postgresql", "pg", "psql", "pgsql"})
_OTHERS = frozenset(
    "mysql mariadb sqlite sqlite3 mssql sqlserver oracle cockroach cockroachdb h2 hsqldb clickhouse db2 spanner".split()
)
_NUMBER = re.compile(r"([0-9]+)")


@dataclass(slots=True)
class Sources:
    """The files to read, in order, and what there is to say about the choice."""

    files: list[Path]
    notes: list[str] = field(default_factory=list)
    missing: list[tuple[str, int, str]] = field(default_factory=list)
    """Files that a journal names and that are not there: the journal, the line in it, the file."""


def shown_path(path: Path, root: Path) -> str:
    """`path` as reports show it: relative to the root, with forward slashes; absolute if outside of it."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def find(location: str, root: Path) -> Sources:
    """The files of `location`. Raises SourceError if there are none."""
    path = root / location
    if path.is_file():
        return Sources([path])
    if path.is_dir():
        sources = _folder(path, root)
        if not sources.files:
            raise SourceError(
                f"there is no .sql file to apply in {location}",
                hint="name a .sql file, a glob, or the folder that holds the migrations",
                path=location,
            )
        return sources
    if any(character in location for character in "*?["):
        found = [Path(item) for item in glob.glob(str(path), recursive=True)]
        files = [item for item in found if item.is_file()]
        if files:
            return _ordered(files, root)
        raise SourceError(f"no file matches {location}", hint=f"looked in {root}", path=location)
    raise SourceError(
        f"{location} does not exist", hint=f"looked for {path}: a .sql file, a folder or a glob", path=location
    )


def _folder(folder: Path, root: Path) -> Sources:
    journal = folder / "meta" / "_journal.json"
    if journal.is_file():
        return _journal(folder, journal, root)
    if (plan := sqitch.plan_of(folder)) is not None:
        return _planned(plan, root)
    files = [item for item in folder.iterdir() if item.is_file() and item.suffix.lower() == ".sql"]
    if nested := _nested(folder) or _committed(folder):
        others = [item for item in files if item not in nested]
        names = _few(sorted(item.name for item in others))
        return Sources(
            nested, [f"{names} is no migration of {shown_path(folder, root)}: not applied"] if others else []
        )
    if not files:
        return _ordered([item for item in folder.rglob("*.sql") if item.is_file()], root)
    sources = _ordered(files, root)
    below = sorted(item.name for item in folder.iterdir() if item.is_dir() and any(item.glob("*.sql")))
    if below:
        sources.notes.append(f"the .sql files in {_few(below)} under {shown_path(folder, root)} were not read")
    return sources


def _planned(plan: Path, root: Path) -> Sources:
    """The files of a Sqitch plan, in its order."""
    name = shown_path(plan, root)
    steps = sqitch.steps_of(plan)
    files = [step.file for step in steps if step.file.is_file()]
    missing = [(name, step.line, step.file.name) for step in steps if not step.file.is_file()]
    if not files:
        raise SourceError(f"{name} names no file that is there", path=name)
    return Sources(files, [], missing)


def _committed(folder: Path) -> list[Path]:
    """graphile-migrate: the migrations in `committed`, then the one that is being written."""
    committed = folder / "committed"
    files = sorted(committed.glob("*.sql"), key=lambda item: natural(item.name)) if committed.is_dir() else []
    if not files:
        return []
    current = sorted((folder / "current").glob("*.sql"), key=lambda item: natural(item.name))
    return [*files, *(item for item in [folder / "current.sql"] if item.is_file()), *current]


def _nested(folder: Path) -> list[Path]:
    """A folder per migration: `migration.sql` (Prisma, Drizzle from 1.0 on) or `up.sql` (Diesel, Hasura) in each."""
    found = [
        item / name for item in folder.iterdir() for name in ("migration.sql", "up.sql") if (item / name).is_file()
    ]
    return sorted(found, key=lambda item: _version(item.parent.name))


def _version(name: str) -> tuple[object, ...]:
    """Diesel's versions are the same with and without dashes: 2019-11-15-182353 is 20191115182353."""
    version, _, rest = name.partition("_")
    return natural(version.replace("-", "")), natural(rest)


def _journal(folder: Path, journal: Path, root: Path) -> Sources:
    """Drizzle's journal: its entries in the order of `idx`, and a file that it does not name is not applied."""
    name = shown_path(journal, root)
    try:
        entries = json.loads(journal.read_text(encoding="utf-8-sig"))["entries"]
        tags = [str(entry["tag"]) for entry in sorted(entries, key=lambda entry: int(entry["idx"]))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{name} is no journal of Drizzle's: {error}", path=name) from error
    named = [folder / f"{tag}.sql" for tag in tags]
    files = [file for file in named if file.is_file()]
    missing = [(name, _line_of(journal, file.stem), file.name) for file in named if file not in files]
    if missing and not files:
        raise SourceError(f"{name} names {missing[0][2]}, which is not there", path=name)
    extra = sorted(item.name for item in folder.glob("*.sql") if item.stem not in tags)
    notes = [f"{name} does not name {_few(extra)}: not applied"] if extra else []
    return Sources(files, notes, missing)


def _line_of(journal: Path, tag: str) -> int:
    lines = journal.read_text(encoding="utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, 1) if json.dumps(tag) in line), 1)


def _few(names: list[str]) -> str:
    """The first of many, and how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _ordered(files: list[Path], root: Path) -> Sources:
    """Ways down left out, the others in the order in which their tool applies them."""
    others = set(_of_others(files))
    down = [item for item in files if _is_down(item) and item not in others]
    kept = [item for item in files if item not in down and item not in others]
    notes = [f"{len(others)} files for other database systems were left out"] if others else []
    if down and kept:
        names = ", ".join(sorted(shown_path(item, root) for item in down)[:3])
        notes.append(f"{len(down)} down migrations were left out ({names}{' …' if len(down) > 3 else ''})")
    else:
        kept = kept or files
    return Sources(sorted(kept, key=_order), notes)


def _of_others(files: list[Path]) -> list[Path]:
    """Files for another database system, by a word between dots: `1_a.mysql.up.sql`; and those that one for PostgreSQL
    stands in for: `1_a.up.sql` beside `1_a.postgres.up.sql` (gobuffalo/pop).
    """
    names = {item: item.name.lower().split(".") for item in files}
    ours = {
        (item.parent, tuple(word for word in words if word not in _POSTGRES))
        for item, words in names.items()
        if _POSTGRES.intersection(words[1:-1])
    }
    if not ours:
        return []
    return [
        item
        for item, words in names.items()
        if _OTHERS.intersection(words[1:-1])
        or (not _POSTGRES.intersection(words[1:-1]) and (item.parent, tuple(words)) in ours)
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
        numbers = tuple(int(part) for part in re.split(r"[._]", match["version"]) if part)
        return folders, 0, numbers, natural(path.name)
    repeatable = match is not None and match["kind"].upper() == "R" and match["version"] is None
    return folders, 2 if repeatable else 1, (), natural(path.name)


def natural(name: str) -> tuple[tuple[int, object], ...]:
    """A key by which numbers in names sort as numbers."""
    parts = _NUMBER.split(name)
    return tuple((0, int(part)) if part[0] in "0123456789" else (1, part) for part in parts if part)
