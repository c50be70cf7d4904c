"""The files that a check may look at, and the only door to them."""

from ..opening import Outside, read
from .project import FolderEntry, Project, demand_own, top_of
from .replacing import Changed, replace_file

__all__ = ["Changed", "FolderEntry", "Outside", "Project", "demand_own", "read", "replace_file", "top_of"]
