"""The look around a project."""

from __future__ import annotations

from pathlib import Path

from ..budget import Limits, OverLimit
from ..errors import UsageError
from ..kinds import KINDS
from ..project import Project
from .files import MOST_FILES, project_files
from .found import Discovery

#: A repository is larger than its schemas; what a check takes is counted apart from the look around.
LIMITS = Limits(files=MOST_FILES, bytes=400_000_000, entries=1_000_000)


def discover(root: Path | Project) -> Discovery:
    """The sources that a project seems to have: at most one of each kind. Runs none of its code.

    Raises UsageError where looking around would take too long: it draws from a budget of its own.
    """
    project = Project.of(root).apart(LIMITS)
    try:
        files = project_files(project)
        sightings = [kind.find.load()(files) for kind in KINDS.values() if kind.find is not None]
    except OverLimit as error:
        hint = "name the sources: driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql"
        raise UsageError(f"this is too much to look around in: {error.message}", hint=hint) from error
    name = project.root.name
    notes = () if files.complete else (f"{name} holds more files than were looked at; name the sources",)
    return Discovery(
        sources=tuple(sighting.found for sighting in sightings if sighting.found is not None),
        also=tuple(line for sighting in sightings for line in sighting.also),
        looked_for=tuple(sighting.looked_for for sighting in sightings if sighting.found is None),
        notes=notes,
    )
