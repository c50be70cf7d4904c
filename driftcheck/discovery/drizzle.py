"""Where a project keeps its Drizzle schema."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..dialects import dialect_named
from ..errors import SourceError
from ..findings import LeftOut
from ..frozen import dataclass
from ..readers.drizzle import read
from ..reading import Reading
from .files import Files, doubt, doubt_of_name, preference
from .found import Candidate, Sighting
from .kit import KitFile, kit_files

LOOKED_FOR = "drizzle.config.ts, or TypeScript that imports drizzle-orm/pg-core or sqlite-core"

_TABLE = re.compile(r"\b(?:(?:pg|sqlite)(?:Table|TableCreator|View)|pgSchema|pgEnum|pgMaterializedView)\s*\(")
_NAME = re.compile(r"""\b(?:pg|sqlite)Table\s*\(\s*["'`]([^"'`$]+)["'`]""")
#: Schemas without a config that are read in one look around.
_MOST_GROUPS = 10


def search(files: Files) -> Sighting:
    """Every schema that a config for PostgreSQL names; without one, the files that declare tables."""
    kits = kit_files(files)
    candidates = list(_of_configs(kits))
    left_out = [LeftOut(kit.location, kit.unusable) for kit in kits if kit.reading is None]
    groups = _declaring(files, {path for one in candidates for path in one.files})
    if any(one.doubt is None for one in candidates):
        outs = {kit.out for kit in kits}
        candidates += [_beside(files, group, outs) for group in groups]
    else:
        found = [_of_group(files, group) for group in groups[:_MOST_GROUPS]]
        candidates += [one for one in found if isinstance(one, Candidate)]
        left_out += [one for one in found if isinstance(one, LeftOut)]
    if not candidates:
        candidates = [_unread(kit) for kit in kits if not (kit.empty or kit.foreign)][:1]
    return Sighting(tuple(candidates), tuple(left_out), LOOKED_FOR)


def _of_configs(kits: Sequence[KitFile]) -> Iterator[Candidate]:
    """One for each schema: several configs of one schema differ in the database that they connect to."""
    seen: set[frozenset[str]] = set()
    for kit in kits:
        if kit.reading is None or (files := frozenset(kit.reading.files)) in seen:
            continue
        seen.add(files)
        yield _candidate(kit.location, kit.why, kit.reading)


def owner(kits: Sequence[KitFile], kit: KitFile) -> str:
    """The location of the candidate that `kit`, whose schema was read, is a part of."""
    assert kit.reading is not None
    files = set(kit.reading.files)
    return next(one.location for one in kits if one.reading is not None and set(one.reading.files) == files)


def _candidate(location: str, why: str, reading: Reading) -> Candidate:
    return Candidate(
        kind="drizzle",
        location=location,
        why=why,
        word=posixpath.basename(posixpath.dirname(location)) or "drizzle",
        tables=frozenset(table.name for table in reading.schema.tables),
        vague=bool(reading.gaps),
        doubt=doubt_of_name(location),
        files=frozenset(reading.files),
        reading=reading,
    )


def _unread(kit: KitFile) -> Candidate:
    """A config that cannot be read, where there is nothing else: the check says why."""
    return Candidate(
        kind="drizzle", location=kit.location, why=kit.why, word="drizzle", tables=frozenset(), vague=True
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """Files of one package that declare tables: where to read them, why there, and which they are."""

    location: str
    why: str
    paths: tuple[str, ...]


def _of_group(files: Files, group: _Group) -> Candidate | LeftOut:
    try:
        return _candidate(group.location, group.why, read(group.location, files.project))
    except SourceError as error:
        return LeftOut(group.location, error.message)


def _beside(files: Files, group: _Group, outs: set[str | None]) -> Candidate:
    """Tables that are declared beside what configs name: a copy, what `drizzle-kit pull` wrote, another program's."""
    pulled = all(posixpath.dirname(path) in outs for path in group.paths)
    names = frozenset(name for path in group.paths for name in _NAME.findall(files.text(path)))
    return Candidate(
        kind="drizzle",
        location=group.location,
        why=group.why,
        word="drizzle",
        tables=names,
        doubt=doubt(group.location),
        unfit="drizzle-kit pull writes it" if pulled else "it declares tables, and no config of drizzle-kit names it",
        generated=pulled,
        files=frozenset(group.paths),
    )


def _declaring(files: Files, reached: set[str]) -> list[_Group]:
    """What declares tables and was not `reached`, the likeliest first, package by package."""
    tables: dict[str, int] = {}
    core = dialect_named(files.project.dialect).core
    imported = re.compile(rf"""["']drizzle-orm/{core}["']""")
    for path in files.ending(".ts", ".tsx", ".mts", ".cts"):
        if path in reached:
            continue
        text = files.text(path)
        if imported.search(text) and (count := len(_TABLE.findall(text))):
            tables[path] = count
    packages: dict[str, list[str]] = defaultdict(list)
    for path in tables:
        packages[_package(files, path)].append(path)
    real = [folder for folder, paths in packages.items() if any(doubt(path) is None for path in paths)]
    ordered = sorted(real or packages, key=lambda folder: (-sum(tables[path] for path in packages[folder]), folder))
    return [_group(packages[folder], tables, core) for folder in ordered]


def _package(files: Files, path: str) -> str:
    """The folder of the nearest package.json above."""
    folder = posixpath.dirname(path)
    while folder and not files.holds(f"{folder}/package.json"):
        folder = posixpath.dirname(folder)
    return folder


def _group(paths: Sequence[str], tables: dict[str, int], core: str) -> _Group:
    """One file, one folder, or files of one name in several folders."""
    real = [path for path in paths if doubt(path) is None] or list(paths)
    if len(real) == 1:
        return _Group(real[0], f"the only file that declares tables with drizzle-orm/{core}", tuple(real))
    if pattern := _common_pattern(real):
        return _Group(pattern, f"{len(real)} files declare tables with drizzle-orm/{core}", tuple(real))
    folders: dict[str, list[str]] = defaultdict(list)
    for path in real:
        folders[posixpath.dirname(path)].append(path)
    best = min(folders, key=lambda folder: (-sum(tables[path] for path in folders[folder]), preference(folder)))
    own = folders[best]
    why = f"{_count(own, 'file')} in it declare{'s' if len(own) == 1 else ''} tables with drizzle-orm/{core}"
    return _Group(own[0] if len(own) == 1 or not best else best, why, tuple(real))


def _common_pattern(paths: Sequence[str]) -> str | None:
    """`src/**/*.schema.ts` for files in several folders that are named alike."""
    if len({posixpath.dirname(path) for path in paths}) == 1:
        return None
    common = posixpath.commonpath([posixpath.dirname(path) for path in paths])
    names = {posixpath.basename(path) for path in paths}
    suffixes = {re.sub(r"^[^.]*", "", name) for name in names}
    name = names.pop() if len(names) == 1 else None
    if name is None and len(suffixes) == 1 and (suffix := suffixes.pop()).count(".") == 2:
        name = f"*{suffix}"
    return posixpath.join(common, "**", name) if name is not None else None


def _count(items: Sequence[str], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"
