"""Sqitch's plan: which changes are deployed, in which order (https://sqitch.org/docs/manual/sqitch-plan/)."""

from __future__ import annotations

from pathlib import Path

from ...errors import SourceError
from ...frozen import dataclass
from ...project import Project

_PLAN = "sqitch.plan"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of a plan: the file that deploys it, and the line that names it."""

    file: Path
    line: int


def plan_of(folder: Path, project: Project) -> Path | None:
    """The plan that gives the order of `folder`: it is there, or beside the folder `deploy`."""
    found = folder / _PLAN if folder.name != "deploy" else folder.parent / _PLAN
    return found if project.is_there(found) else None


def steps_of(plan: Path, project: Project) -> list[PlanChange]:
    """The changes of a plan. One that is planned again was kept, as it had been, under the name of the last tag.

    Raises SourceError if the plan cannot be read.
    """
    changes, tags = _read(plan, project)
    deploy = plan.parent / "deploy"
    again: dict[str, int] = {}
    steps = []
    for line, name, tag in reversed(changes):
        steps.append(PlanChange(_file(deploy, name, tags[tag : again.get(name, tag)], project), line))
        again[name] = tag
    return steps[::-1]


def _read(plan: Path, project: Project) -> tuple[list[tuple[int, str, int]], list[str]]:
    """The changes of a plan, each with its line and the number of tags before it, and all its tags."""
    try:
        lines = project.text(plan).splitlines()
    except OSError as error:
        name = project.shown(plan)
        raise SourceError(f"{name} cannot be read: {error.strerror or error}", path=name) from error
    changes: list[tuple[int, str, int]] = []
    tags: list[str] = []
    for number, text in enumerate(lines, 1):
        word = next(iter(text.split("#", 1)[0].strip().split(None, 1)), "")
        if word.startswith("@"):
            tags.append(word)
        elif word and not word.startswith(("%", "-")):
            changes.append((number, word.removeprefix("+"), len(tags)))
    return changes, tags


def _file(deploy: Path, name: str, tags: list[str], project: Project) -> Path:
    """The file of a change: as it was at the last of `tags`, those until it was planned again, if it was kept then."""
    for tag in reversed(tags):
        project.budget.walk()
        if project.is_file(kept := deploy / f"{name}{tag}.sql"):
            return kept
    return deploy / f"{name}.sql"
