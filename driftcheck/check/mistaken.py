"""A file that is there, and is of another kind than the source says: the kind, not the path, is what is wrong."""

from __future__ import annotations

from ..config import SourceSpec
from ..errors import SourceError
from ..kinds import KINDS, kind_of_file
from ..project import Project


def demand_kind(project: Project, spec: SourceSpec) -> None:
    """Raises SourceError if `spec` names a file whose ending is that of another kind."""
    kind, other = KINDS[spec.kind], kind_of_file(spec.location)
    if other is None or other is kind or not project.is_file(spec.location):
        return
    meant = f"{other.name}:{spec.location}" if other.is_path else other.example
    raise SourceError(
        f"{spec.location} is not a {kind.title} source",
        hint=f"by its name it is one for {other.title}: {meant}",
        path=spec.location,
    )
