"""The files that a check may look at, and the only door to them."""

from ..opening import Outside, read
from .project import FolderEntry, Project, demand_own, top_of

__all__ = ["FolderEntry", "Outside", "Project", "demand_own", "read", "top_of"]
