"""The look around a project."""

from __future__ import annotations

from pathlib import Path

from ..kinds import KINDS
from .files import project_files
from .found import Discovery


def discover(root: Path) -> Discovery:
    """The sources that the project at `root` seems to have: at most one of each kind. Runs none of its code."""
    files = project_files(root)
    sightings = [kind.find.load()(files) for kind in KINDS.values() if kind.find is not None]
    notes = () if files.complete else (f"{root.name} holds more files than were looked at; name the sources",)
    return Discovery(
        sources=tuple(sighting.found for sighting in sightings if sighting.found is not None),
        also=tuple(line for sighting in sightings for line in sighting.also),
        looked_for=tuple(sighting.looked_for for sighting in sightings if sighting.found is None),
        notes=notes,
    )
