"""The look around a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..budget import Limits, OverLimit
from ..config import SourceSpec
from ..config.names import names
from ..errors import UsageError
from ..findings import LeftOut
from ..kinds import KINDS
from ..project import Project
from .files import MOST_FILES, Files, project_files
from .found import Candidate, Discovery, Found, Sighting
from .together import group

#: A repository is larger than its schemas; what a check takes is counted apart from the look around.
LIMITS = Limits(files=MOST_FILES, bytes=400_000_000, entries=1_000_000, seconds=60)


def discover(root: Path | Project) -> Discovery:
    """The sources that a project seems to have: all that describe one database. Runs none of its code.

    Raises UsageError where looking around would take too long: it draws from a budget of its own.
    """
    project = Project.of(root).apart(LIMITS)
    try:
        files = project_files(project)
        sightings = list(_sightings(files))
    except OverLimit as error:
        hint = "name the sources: driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql"
        raise UsageError(f"this is too much to look around in: {error.message}", hint=hint) from error
    best = group(one for sighting in sightings for one in sighting.candidates)
    name = project.root.name
    notes = () if files.complete else (f"{name} holds more files than were looked at; name the sources",)
    return Discovery(
        sources=tuple(map(_found, best.taken, names([(one.kind, one.location, one.word) for one in best.taken]))),
        left_out=_left_out(best.left_out, sightings),
        looked_for=tuple(sighting.looked_for for sighting in sightings if not sighting.candidates),
        notes=notes,
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
