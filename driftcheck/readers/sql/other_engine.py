"""SQL of another engine than PostgreSQL: its files are found in the same way, and replayed by the engine's own room."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ...budget import OverLimit
from ...dialects import DIALECTS, Dialect, dialect_named
from ...dialects.dialect import Replaying
from ...dialects.telling import speaking
from ...errors import SourceError
from ...model import Location
from ...project import Project
from ...reading import Capabilities, Reading
from ...regex import lazy
from ...sql.sections import without_down
from ...sql.text import decode
from .files import Sources
from .pulled import uncommented

_CHANGES = lazy(r"^\s{0,99}(?:CREATE|ALTER|DROP)\b", re.IGNORECASE | re.MULTILINE)
_LOOKED_AT = 1_000_000


def reading(sources: Sources, project: Project, folder: str) -> Reading | None:
    """The reading of `sources`, if they are said to be of such an engine. Raises SourceError if there is nothing."""
    dialect = dialect_named(project.dialect)
    if dialect.replay is None or (not project.dialect_said and _speaks(sources, project) not in ("", dialect.name)):
        return None
    return _Run(project, dialect, sources).reading(folder)


def instead(found: Reading, sources: Sources, project: Project, folder: str) -> Reading:
    """`found`, unless there was something in it that only another engine takes, and nobody says which it is."""
    if not found.gaps or project.dialect_said:
        return found
    name = _speaks(sources, project)
    if name and DIALECTS[name].replay is not None:
        return _Run(project, DIALECTS[name], sources).reading(folder)
    return found


def _speaks(sources: Sources, project: Project) -> str:
    """The engine that alone takes what the first files say."""
    for path in sources.files[:5]:
        try:
            if name := speaking(decode(project.beginning(path, _LOOKED_AT))[0]):
                return name
        except OSError:
            continue
    return ""


class _Run:
    """All files of a source, replayed in their order."""

    def __init__(self, project: Project, dialect: Dialect, sources: Sources) -> None:
        assert dialect.replay is not None
        self.project, self.dialect, self.sources = project, dialect, sources
        self.replay: Replaying = dialect.replay.load()(project.budget)
        self.names: list[str] = []
        self.notes: dict[str, None] = dict.fromkeys(sources.notes)
        self.down = 0

    def reading(self, folder: str) -> Reading:
        sources, replay = self.sources, self.replay
        for missing in sources.missing:
            replay.gap(missing.place, missing.name, f"the file that is named here is not applied: {missing.why}")
        try:
            for path in sources.files:
                self._file(path)
        except OverLimit as error:
            place = Location(error.path or self.names[-1], error.line or 1)
            replay.gap(place, Path(place.path).name, f"nothing after this was read: {error.why}")
        for path, why in sources.unapplied:
            self._passed_over(path, why)
        if not replay.statements.read:
            names = ", ".join(self.names[:3]) + (" …" if len(self.names) > 3 else "")
            raise SourceError(f"there is no SQL statement in {names}", path=self.names[0] if self.names else None)
        return self._finished(folder)

    def _finished(self, folder: str) -> Reading:
        replay = self.replay
        if self.down:
            self.notes[f"{self.down} down sections of migrations were left out"] = None
        schema = replay.schema()
        last = schema.tables[-1].location if schema.tables else None
        return Reading(
            schema=schema,
            capabilities=Capabilities("sql"),
            files=tuple(dict.fromkeys(self.names)),
            gaps=tuple(replay.gaps),
            statements=replay.statements,
            notes=tuple(self.notes),
            home=replace(last, column=1) if last is not None else Location(self.names[-1] if self.names else ""),
            folder=folder,
            dialect=self.dialect.name,
        )

    def _file(self, path: Path) -> None:
        """Replays one file. What it would have changed is not known if it cannot be read."""
        name = self.project.shown(path)
        try:
            text, encoding = decode(self.project.data(path))
        except OSError as error:
            why = str(error.strerror or error)
            if len(self.sources.files) == 1:
                raise SourceError(f"{name} can't be read: {why}", path=name) from error
            self.replay.gap(Location(name), path.name, f"it cannot be read: {why}")
            return
        self.names.append(name)
        if encoding == "latin-1":
            self.notes[f"{name} is not UTF-8; it was read as Latin-1"] = None
        if (pulled := uncommented(text)) is not None:
            text = pulled
            self.notes[
                f"{name} is a comment that drizzle-kit pull wrote; it was read as what the others start from"
            ] = None
        text, down = without_down(text)
        self.down += down
        self.replay.file(name, text)

    def _passed_over(self, path: Path, why: str) -> None:
        """A file that the folder's tool does not apply: a gap, if it would change the schema or cannot be looked at."""
        name = self.project.shown(path)
        try:
            text, _ = decode(self.project.beginning(path, _LOOKED_AT))
        except OSError as error:
            self.replay.gap(Location(name), path.name, f"it cannot be read: {error.strerror or error}")
            return
        if _CHANGES.search(text):
            self.replay.gap(Location(name), path.name, why)
