"""What will be compared: from the words of the command, the config, or a look around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..budget import Budget
from ..config import Config, SourceSpec, check_sources, load, parse_source
from ..errors import UsageError
from ..kinds import KINDS
from ..project import Project
from .request import Request


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources, the truth first, the config (empty where there is none), and notes on where all that came from.

    `project` holds the files, as far as the config lets them be read, and the budget of the check.
    """

    sources: tuple[SourceSpec, ...]
    config: Config
    project: Project
    notes: tuple[str, ...] = ()

    @property
    def truth(self) -> str:
        return self.sources[0].name


def plan(request: Request) -> Plan:
    """What `request` comes to. Raises UsageError or ConfigError where its words, or the config's, make no sense."""
    config, project = configured(request.root, request.config_path)
    notes: tuple[str, ...] = ()
    if request.sources:
        specs = tuple(_spec(word, config) for word in request.sources)
    elif config.sources:
        specs = config.sources
    else:
        specs, notes = _discovered(project)
    check_sources(specs)
    if len(specs) < 2:
        raise UsageError(
            f"there is only one source, {specs[0]}: a check compares at least two",
            hint="name another: driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql",
        )
    return Plan(
        _truth_first(specs, request.truth or (None if request.sources else config.truth)), config, project, notes
    )


def configured(root: Path, config_path: Path | None) -> tuple[Config, Project]:
    """The config of the project at `root`, empty where there is none, and the project as that lets it be read."""
    config = load(root, config_path) or Config()
    Budget.current = Budget(config.limits)
    return config, Project(root, config.allow_outside, Budget.current)


def _spec(word: str, config: Config) -> SourceSpec:
    """The source that `word` means: the name of one in the config, or `[NAME=]KIND:LOCATION`."""
    for spec in config.sources:
        if spec.name == word:
            return spec
    return parse_source(word)


def _discovered(project: Project) -> tuple[tuple[SourceSpec, ...], tuple[str, ...]]:
    from ..discovery import discover

    found = discover(project)
    specs = tuple(item.spec for item in found.sources)
    if len(specs) < 2:
        raise UsageError(found.complaint, hint=found.advice)
    took = tuple(f"took {item.spec} ({item.why})" for item in found.sources)
    return specs, (*took, *found.also, *found.notes)


def _seen(project: Project) -> tuple[SourceSpec, ...]:
    """All that a look around finds, be it only one."""
    from ..discovery import discover

    return tuple(item.spec for item in discover(project).sources)


def _truth_first(specs: Sequence[SourceSpec], truth: str | None) -> tuple[SourceSpec, ...]:
    names = [spec.name for spec in specs]
    if truth is None:
        return tuple(specs)
    if truth not in names:
        raise UsageError(f"the truth '{truth}' is not one of the sources", hint=f"they are {', '.join(names)}")
    return tuple(sorted(specs, key=lambda spec: spec.name != truth))


def source_named(root: Path, config_path: Path | None, word: str) -> tuple[SourceSpec, Project]:
    """The one source that `word` means (see `plan`), and the project in which it is read."""
    config, project = configured(root, config_path)
    return _spec(word, config), project


def sqlalchemy_source(root: Path, config_path: Path | None, word: str | None) -> tuple[SourceSpec, Project]:
    """The source to take a snapshot of: `word`, or the only sqlalchemy source of the config or of a look around."""
    if word is not None:
        return source_named(root, config_path, word)
    config, project = configured(root, config_path)
    specs = config.sources or _seen(project)
    candidates = [spec for spec in specs if KINDS[spec.kind].runs_project]
    if len(candidates) != 1:
        names = " or ".join(kind.name for kind in KINDS.values() if kind.runs_project)
        found = f"no {names} source" if not candidates else f"more than one {names} source"
        raise UsageError(
            f"there is {found} to take a snapshot of", hint="name it: driftcheck snapshot sqlalchemy:MODULE"
        )
    return candidates[0], project
