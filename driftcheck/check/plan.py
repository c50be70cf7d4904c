"""What will be compared: from the words of the command, the config, or a look around."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from ..budget import Budget
from ..config import (
    Config,
    DocumentTable,
    SourceSpec,
    check_sources,
    load,
    named_apart,
    out_of_reach,
    parse_source,
)
from ..config.decode import nearest
from ..errors import UsageError
from ..frozen import dataclass
from ..kinds import KINDS
from ..plain import plain
from ..project import Project
from .request import Request

if TYPE_CHECKING:
    from ..discovery import Discovery
    from ..findings import LeftOut
    from ..reading import Reading


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources, the truth first, the config (empty where there is none), and where all that came from.

    `named` says that the command names every source, and so means each of them; `looked` that a look around took
    them: then there are `notes` on what was taken, what was `left_out`, and the readings that it made. `baseline` is
    the path of the baseline, relative to the root. `project` holds the files, as far as the config lets them be read,
    and the budget of the check.
    """

    sources: tuple[SourceSpec, ...]
    config: Config
    project: Project
    baseline: str = ""
    named: bool = False
    looked: bool = False
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)

    @property
    def truth(self) -> str:
        return self.sources[0].name


def plan(request: Request) -> Plan:
    """What `request` comes to. Raises UsageError or ConfigError where its words, or the config's, make no sense."""
    config, project = configured(request)
    if request.interpreter.dialect:
        project = project.of_dialect(request.interpreter.dialect)
    truth = request.truth or (None if request.sources else config.truth)
    baseline = os.path.relpath((request.home or request.root) / config.baseline, request.root).replace(os.sep, "/")
    if not request.sources and not config.sources:
        return _found(project, config, truth, baseline)
    named = named_apart([_spec(word, config) for word in request.sources], request.sources)
    specs = named or config.sources
    check_sources(specs)
    if len(specs) < 2:
        raise UsageError(
            f"there is only one source, {specs[0]}: a check compares at least two",
            hint="name another: driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql",
        )
    return Plan(_truth_first(specs, truth), config, project, baseline, named=bool(request.sources))


def again(request: Request, planned: Plan) -> Plan:
    """`planned` with its files looked at anew; whatever a look around took stays taken."""
    config, project = configured(request)
    return replace(planned, config=config, project=project, readings={})


def configured(request: Request) -> tuple[Config, Project]:
    """The config that counts for `request`, empty where there is none, and the project as that lets it be read."""
    config = load(request.home or request.root, request.config_path, root=request.root) or Config()
    home = request.home or request.root
    Budget.current = Budget(config.limits)
    project = Project(request.root, [str(home / name) for name in config.allow_outside], Budget.current)
    return config, project.of_dialect(config.dialect)


def _found(project: Project, config: Config, truth: str | None, baseline: str) -> Plan:
    found = _look(project)
    if len(found.sources) < 2:
        raise UsageError(found.complaint, hint=found.advice + _config_elsewhere(project))
    return Plan(
        _truth_first([item.spec for item in found.sources], truth),
        config,
        project.of_dialect(found.dialect, said=False) if found.dialect and not project.dialect else project,
        baseline,
        looked=True,
        notes=(*(f"took {item.spec} ({item.why})" for item in found.sources), *found.notes),
        left_out=found.left_out,
        readings={item.spec.name: item.reading for item in found.sources if item.reading is not None},
    )


def _config_elsewhere(project: Project) -> str:
    path = out_of_reach(project.root)
    if path is None:
        return ""
    folder = os.path.relpath(path.parent, project.root).replace(os.sep, "/")
    said = f"{folder}/{path.name} is of no repository that this folder is in; to use it: driftcheck diff -C {folder}"
    return "\n" + plain(said, None)


def _spec(word: str, config: Config) -> SourceSpec:
    """The source that `word` means: the name of one in the config, or `[NAME=]KIND:LOCATION`."""
    names = {spec.name: spec for spec in config.sources}
    if word in names:
        return names[word]
    try:
        return parse_source(word)
    except UsageError as error:
        if not names or any(char in word for char in ":./\\"):
            raise
        close = nearest(word, names)
        known = f"did you mean {close}?" if close else f"{error.hint}\nthe config names {', '.join(names)}"
        raise UsageError(error.message, hint=known) from None


def _look(project: Project) -> Discovery:
    from ..discovery import discover

    return discover(project)


def _truth_first(specs: Sequence[SourceSpec], truth: str | None) -> tuple[SourceSpec, ...]:
    names = [spec.name for spec in specs]
    if truth is None:
        return tuple(specs)
    if truth not in names:
        raise UsageError(f"the truth '{truth}' is not one of the sources", hint=f"they are {', '.join(names)}")
    return tuple(sorted(specs, key=lambda spec: spec.name != truth))


def source_named(request: Request, word: str | None = None) -> tuple[SourceSpec, Project]:
    """The one source that `word` means (see `plan`), and the project in which it is read.

    Without a word it is the only one of the config.
    """
    config, project = configured(request)
    if word is not None:
        return _spec(word, config), project
    if len(config.sources) != 1:
        names = ", ".join(spec.name for spec in config.sources) or "none"
        raise UsageError("say which source is meant", hint=f"KIND:LOCATION, or the name of one in the config: {names}")
    return config.sources[0], project


def documents_of(request: Request) -> tuple[tuple[tuple[DocumentTable, SourceSpec], ...], Project]:
    """The documents of the config, each with its source, and the project. Raises UsageError where there is none."""
    config, project = configured(request)
    if not config.documents:
        raise UsageError("the config has no documents", hint="[[tool.driftcheck.documents]] with source, to and path")
    specs = {spec.name: spec for spec in config.sources}
    unknown = next((one.source for one in config.documents if one.source not in specs), None)
    if unknown is not None:
        raise UsageError(f"the config has no source '{unknown}', which a document is made from")
    return tuple((one, specs[one.source]) for one in config.documents), project


def snapshot_sources(request: Request, word: str | None = None) -> tuple[tuple[SourceSpec, ...], Project]:
    """The sources to take snapshots of: `word`, the only one of the config, or all that run the project."""
    config, project = configured(request)
    if word is not None or len(config.sources) == 1:
        spec, project = source_named(request, word)
        return (spec,), project
    specs = config.sources or tuple(item.spec for item in _look(project).sources)
    candidates = tuple(spec for spec in specs if KINDS[spec.kind].runs_project)
    places = [spec.snapshot or KINDS[spec.kind].snapshot for spec in candidates]
    names = " or ".join(kind.name for kind in KINDS.values() if kind.runs_project)
    hint = "name it: driftcheck snapshot sqlalchemy:MODULE"
    if not candidates:
        raise UsageError(f"there is no {names} source to take a snapshot of", hint=hint)
    if len(set(places)) < len(places):
        hint += ', or say in the config where each goes: snapshot = "models.json"'
        raise UsageError(f"there is more than one source to take the snapshot {places[0]} of", hint=hint)
    return candidates, project
