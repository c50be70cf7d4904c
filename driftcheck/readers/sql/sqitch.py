"""Sqitch's plan: which changes are deployed, in which order (https://sqitch.org/docs/manual/sqitch-plan/)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PLAN = "sqitch.plan"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a plan: the file that deploys it, and the line that names it."""

    file: Path
    line: int


def plan_of(folder: Path) -> Path | None:
    """The plan that gives the order of `folder`: it is there, or beside the folder `deploy`."""
    found = folder / _PLAN if folder.name != "deploy" else folder.parent / _PLAN
    return found if found.is_file() else None


def steps_of(plan: Path) -> list[Step]:
    """The changes of a plan. One that is planned again was kept, as it had been, under the name of the last tag."""
    deploy = plan.parent / "deploy"
    changes: list[tuple[int, str, list[str]]] = []
    tags: list[list[str]] = []
    for number, text in enumerate(plan.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        word = text.split("#", 1)[0].strip().split(None, 1)[:1]
        if not word or word[0].startswith(("%", "-")):
            continue
        if word[0].startswith("@"):
            for seen in tags:
                seen.append(word[0])
            continue
        tags.append([])
        changes.append((number, word[0].removeprefix("+"), tags[-1]))
    return [Step(_file(deploy, name, _again(changes, at), seen), line) for at, (line, name, seen) in enumerate(changes)]


def _again(changes: list[tuple[int, str, list[str]]], at: int) -> list[str] | None:
    """The tags behind the next mention of the change; None if there is none."""
    return next((seen for _, name, seen in changes[at + 1 :] if name == changes[at][1]), None)


def _file(deploy: Path, name: str, later: list[str] | None, tags: list[str]) -> Path:
    if later is not None:
        between = tags[: len(tags) - len(later)]
        for tag in reversed(between):
            if (kept := deploy / f"{name}{tag}.sql").is_file():
                return kept
    return deploy / f"{name}.sql"
