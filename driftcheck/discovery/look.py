"""The look around a project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..budget import Limits, OverLimit
from ..config import SourceSpec
from ..config.names import names
from ..dialects import DIALECTS
from ..dialects.telling import told
from ..errors import UsageError
from ..findings import LeftOut
from ..kinds import KINDS
from ..project import Project
from .files import MOST_FILES, Files, doubt, project_files
from .found import Candidate, Discovery, Found, Sighting
from .together import group

#: A repository is larger than its schemas; what a check takes is counted apart from the look around.
LIMITS = Limits(files=MOST_FILES, bytes=400_000_000, entries=1_000_000, seconds=60)

#: Addresses of databases as programs and their settings have them.
_ADDRESSES = {
    "postgresql": re.compile(r"\bpostgres(?:ql)?(?:\+\w+)?://|\basyncpg\b|\bpsycopg", re.ASCII),
    "sqlite": re.compile(r"\bsqlite(?:\+\w+)?:///", re.ASCII),
}

#: Engines that are not meant where nothing says one.
_NOT_MEANT = frozenset(list(DIALECTS)[1:])


def discover(root: Path | Project) -> Discovery:
    """The sources that a project seems to have: all that describe one database. Runs none of its code.

    Raises UsageError where looking around would take too long: it draws from a budget of its own.
    """
    project = Project.of(root).apart(LIMITS)
    try:
        files = project_files(project)
        return _of_one_engine(files)
    except OverLimit as error:
        hint = "name the sources: driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql"
        raise UsageError(f"this is too much to look around in: {error.message}", hint=hint) from error


def _of_one_engine(files: Files) -> Discovery:
    """What there is of the engine that the config says; else of the first one of which there is enough to compare."""
    project = files.project
    if project.dialect:
        return _look(files, project.dialect)
    looks: list[Discovery] = []
    for dialect in DIALECTS:
        looks.append(_look(files, dialect))
        if len(looks[-1].sources) > 1:
            return _by_address(files, looks[-1])
    return max(looks, key=lambda one: len(one.sources))


def _by_address(files: Files, found: Discovery) -> Discovery:
    """`found`, of the engine whose addresses the project has, if nothing in its sources tells another one."""
    if told([(one.spec.kind, one.spec.location) for one in found.sources], files.project):
        return found
    texts = [files.text(path) for path in files.ending(".py", ".toml", ".ini") if doubt(path) is None]
    spoken = [name for name, address in _ADDRESSES.items() if any(map(address.search, texts))]
    return replace(found, dialect=spoken[0]) if len(spoken) == 1 and spoken[0] in _NOT_MEANT else found


def _look(files: Files, dialect: str) -> Discovery:
    """All that describe one database of the engine."""
    project = files.project.of_dialect(dialect, said=False) if dialect != next(iter(DIALECTS)) else files.project
    files = Files(project, files.paths, files.complete)
    sightings = list(_sightings(files))
    best = group(one for sighting in sightings for one in sighting.candidates)
    name = project.root.name
    notes = () if files.complete else (f"{name} holds more files than were looked at; name the sources",)
    return Discovery(
        sources=tuple(map(_found, best.taken, names([(one.kind, one.location, one.word) for one in best.taken]))),
        left_out=_left_out(best.left_out, sightings),
        looked_for=tuple(sighting.looked_for for sighting in sightings if not sighting.candidates),
        notes=notes,
        dialect=project.dialect,
    )


def _sightings(files: Files) -> Iterator[Sighting]:
    yield from (kind.find.load()(files) for kind in KINDS.values() if kind.find is not None)


def _found(candidate: Candidate, name: str) -> Found:
    spec = SourceSpec(name=name, kind=candidate.kind, location=candidate.location)
    return Found(spec, candidate.why, candidate.reading)


def _left_out(others: tuple[LeftOut, ...], sightings: list[Sighting]) -> tuple[LeftOut, ...]:
    """Those that describe the same tables first: they matter most."""
    found = [*others, *(one for sighting in sightings for one in sighting.left_out)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.same_tables))
