"""A report as one of its formats, from where its reader stands."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..render import FROM_REPOSITORY, renderer

if TYPE_CHECKING:
    from ..findings import Report


def about(root: Path) -> tuple[str, ...]:
    """What a page that is kept has to say of its check: which project, when, of which commit."""
    from .repository import commit

    known = commit(root)
    return root.name, datetime.date.today().isoformat(), *([f"commit {known[:12]}"] if known else [])


def rendered(report: Report, name: str, root: Path) -> str:
    """`report`, whose places are relative to `root`, in the format `name`."""
    if name in FROM_REPOSITORY:
        from ..render.locations import below
        from .repository import folder_in_repository

        report = below(report, folder_in_repository(root))
    if name == "markdown":
        from .repository import blobs

        report = replace(report, blobs=blobs(root))
    if name == "html":
        report = replace(report, about=about(root))
    return renderer(name)(report)
