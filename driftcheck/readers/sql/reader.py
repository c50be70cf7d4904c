"""From a location to a reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...errors import SourceError
from ...model import Location
from ...project import Project
from ...reading import Capabilities, Reading
from . import psql_commands, psql_variables
from .files import Sources, find, shown_path
from .freeze import freeze
from .replay import Replay
from .scanner import Scanner, Statement
from .text import SourceText, decode

_MOST_INCLUDES = 20


def read(location: str, within: Path | Project) -> Reading:
    """The schema that the SQL at `location` builds, replayed statement by statement on an empty database.

    `location` is a file, a glob, or a folder of migrations, relative to the root. Raises SourceError if there is
    nothing to read; a statement that can't be read is a gap, never an error.
    """
    root = Project.of(within).root
    sources = find(location, root)
    run = _Run(root)
    for journal, line, name in sources.missing:
        run.replay.missing_file(Location(journal, line), name)
    for path in sources.files:
        run.file(path)
    if not run.replay.read:
        names = ", ".join(run.names[:3]) + (" …" if len(run.names) > 3 else "")
        raise SourceError(f"there is no SQL statement in {names}", path=run.names[0] if run.names else None)
    return run.reading(sources)


class _Run:
    """One reading in the making."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.replay = Replay()
        self.names: list[str] = []
        self.notes: dict[str, None] = {}
        self.variables: dict[str, str | None] = {}
        self.down_sections = 0

    def file(self, path: Path, included: tuple[Path, ...] = ()) -> None:
        """Replays one file, and what it includes."""
        name = shown_path(path, self.root)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise SourceError(f"{name} can't be read: {error.strerror or error}", path=name) from error
        text, encoding = decode(data)
        if encoding == "latin-1":
            self.notes[f"{name} is not UTF-8; it was read as Latin-1"] = None
        if name not in self.names:
            self.names.append(name)
        scanner = Scanner(SourceText(name, text))
        self.replay.file(text, self._statements(scanner, path, included), included=bool(included))
        self.down_sections += scanner.sections.left_out

    def _statements(self, scanner: Scanner, path: Path, included: tuple[Path, ...]) -> Iterator[Statement]:
        for statement in scanner:
            if not statement.is_command:
                yield from psql_variables.substituted(statement, self.variables)
                continue
            text = statement.head(4096)
            psql_commands.keep_variable(text, self.variables)
            target = psql_commands.included(psql_variables.replaced(text, self.variables))
            if target is None or not self._include(statement, target, path, included):
                yield statement

    def _include(self, statement: Statement, target: tuple[str, bool], path: Path, included: tuple[Path, ...]) -> bool:
        """Replays the file that `\\i` names; a gap if it is not there."""
        name, relative = target
        bases = (path.parent,) if relative else (self.root, path.parent)
        found = next((base / name for base in bases if (base / name).is_file()), None)
        session = self.replay.session
        session.head = statement.head()
        place = statement.source.location(statement.start)
        if found is None or found.resolve() in (*included, path.resolve()) or len(included) >= _MOST_INCLUDES:
            why = "the file it includes is not there" if found is None else "the files include each other"
            session.gap(place, why)
            self.replay.read += 1
            self.replay.with_gaps += 1
            return True
        self.replay.read += 1
        self.replay.irrelevant += 1
        self.file(found, (*included, path.resolve()))
        return True

    def reading(self, sources: Sources) -> Reading:
        session = self.replay.session
        notes = dict.fromkeys([*sources.notes, *self.notes, *session.notes])
        if self.down_sections:
            notes[f"{self.down_sections} down sections of migrations were left out"] = None
        if self.replay.undone:
            notes[f"{self.replay.undone} statements that the files roll back were left out"] = None
        for name, count in sorted(session.foreign.items()):
            statements = "a statement changes" if count == 1 else f"{count} statements change"
            notes[f"{statements} the schema {name}, which these files do not define; it is not compared"] = None
        schema = freeze(session.catalog)
        return Reading(
            schema=schema,
            capabilities=Capabilities("sql"),
            files=tuple(self.names),
            gaps=tuple(session.gaps),
            statements=self.replay.statements,
            notes=tuple(notes),
            home=schema.tables[-1].location if schema.tables else Location(self.names[-1]),
        )
