"""What somebody may have meant by the path of something that is not there."""

from __future__ import annotations

from pathlib import Path

from .project import Project

#: Names of a folder that are looked at.
_MOST = 2_000


def nearby(project: Project, location: str, endings: tuple[str, ...] = ("",)) -> str | None:
    """The path nearest to `location` that is there, both relative to the root; None if nothing is near.

    Only the first part that is not there may be another. `endings` may follow the last part: those of modules, say.
    """
    parts = [part for part in location.split("/") if part not in ("", ".")]
    for number, part in enumerate(parts):
        folder = project.root.joinpath(*parts[:number])
        ends = endings if number == len(parts) - 1 else ("",)
        if any(project.is_there(folder / f"{part}{ending}") for ending in ends):
            continue
        paths = ("/".join([*parts[:number], near, *parts[number + 1 :]]) for near in _near(project, folder, part, ends))
        return next((path for path in paths if any(project.is_there(f"{path}{ending}") for ending in endings)), None)
    return None


def _near(project: Project, folder: Path, part: str, endings: tuple[str, ...]) -> list[str]:
    """Names in `folder`, without their ending, of which `part` may be a slip; the nearest first."""
    from difflib import get_close_matches  # only for those who misspell something

    if not project.is_folder(folder):
        return []
    files = [entry.path.name for entry in project.entries(folder)[:_MOST] if not entry.path.name.startswith(".")]
    names = [file.removesuffix(ending) for file in files for ending in endings if file.endswith(ending)]
    return get_close_matches(part, names)
