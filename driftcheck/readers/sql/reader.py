"""From a location to a reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ...budget import OverLimit
from ...errors import SourceError
from ...model import DEFAULT_SCHEMA, Location
from ...project import FolderEntry, Project
from ...project.walking import below
from ...reading import Capabilities, Reading
from ...regex import lazy
from ...sql.scanner import Scanner, Statement
from ...sql.text import SourceText, decode
from . import other_engine, psql_commands, psql_variables
from .entries import Name
from .files import Sources, find
from .freeze import freeze
from .pulled import uncommented
from .replay import Replay
from .transactions import StatementVerdict

#: How often the files are read once more because of what turned out to be made later.
_MOST_READINGS = 2
_LEFT_OUT = {
    StatementVerdict.ROLLED_BACK: "that the files roll back",
    StatementVerdict.FAILED: "of transactions that fail",
}

#: How a file begins that pg_dump wrote, and what it never holds.
_DUMP = "--\n-- PostgreSQL database dump\n"
_OF_DUMP = Capabilities("pg_dump", frozenset({"role"}))

#: Folders in which no file of the project's own is looked for, and how far down.
_PASSED_OVER = frozenset({"node_modules", ".git", ".venv", "venv", "__pycache__", "dist", "build"})
_DEEPEST = 12

#: What a file that is not applied would change, in so much of its beginning.
_CHANGES = lazy(r"^\s{0,99}(?:CREATE|ALTER|DROP|COMMENT\s+ON|DO)\b", re.IGNORECASE | re.MULTILINE)
#: How the name of a migration begins.
_VERSION = lazy(r"(?:[VB]_?)?[0-9]+(?:[._][0-9]+)*[_.-]", re.IGNORECASE)
_LOOKED_AT = 1_000_000


def read(location: str, within: Path | Project) -> Reading:
    """The schema that the SQL at `location` builds, replayed statement by statement on an empty database.

    `location` is a file, a glob, or a folder of migrations, relative to the root. Raises SourceError if there is
    nothing to read; a statement that can't be read is a gap, never an error.
    """
    project = Project.of(within)
    sources = find(location, project)
    folder = history(project, location, sources)
    if (other := other_engine.reading(sources, project, folder)) is not None:
        return other
    run = _replayed(sources, project, location)
    for _ in range(_MOST_READINGS):
        if not (found := run.come_later()):
            break
        again = _replayed(sources, project, location, run.replay.session.later | found)
        if again.over:
            break
        run = again
    if not run.replay.verdicts:
        names = ", ".join([*run.names][:3]) + (" …" if len(run.names) > 3 else "")
        raise SourceError(f"there is no SQL statement in {names}", path=next(iter(run.names), None))
    return other_engine.instead(replace(run.reading(sources), folder=folder), sources, project, folder)


def history(project: Project, location: str, sources: Sources) -> str:
    """The folder of migrations that `location` is; "" if it is none."""
    folder = project.root / location
    return project.shown(folder) if project.is_folder(folder) and _is_history(sources) else ""


def _is_history(sources: Sources) -> bool:
    """Whether files are applied in the order of their versions: a folder of schemas has none."""
    if sources.apart or any(path.name in ("up.sql", "migration.sql") for path in sources.files):
        return True
    return 2 * sum(_VERSION.match(path.name) is not None for path in sources.files) >= len(sources.files)


def _replayed(sources: Sources, project: Project, location: str, later: frozenset[Name] = frozenset()) -> Run:
    """All files, one by one. `later` is what an earlier reading took to be there before a statement made it."""
    run = Run(project, later)
    for missing in sources.missing:
        run.gap(missing.place, f"the file that is named here is not applied: {missing.why}", what=missing.name)
    try:
        for path in sources.files:
            run.source(path, alone=len(sources.files) == 1)
            if sources.apart:
                run.replay.session.path = (DEFAULT_SCHEMA,)
    except OverLimit as error:
        place = Location(error.path or project.shown(location), error.line or 1)
        run.gap(place, f"nothing after this was read: {error.why}", what=Path(place.path).name)
        run.over = True
    for path, why in sources.unapplied:
        run.passed_over(path, why)
    return run


class Run:
    """One reading in the making. `over` says that it took more than is allowed."""

    def __init__(self, project: Project, later: frozenset[Name]) -> None:
        self.project = project
        self.replay = Replay(project.budget, later)
        self.over = False
        self.names: dict[str, None] = {}
        self.shown: dict[str, str] = {}
        self.notes: dict[str, None] = {}
        self.variables: dict[str, str | None] = {}
        self.down_sections = 0
        self.is_dump = True

    def gap(self, place: Location, why: str, what: str | None = None) -> None:
        """Something that should have been read and was not: it counts as one statement."""
        self.replay.unread(place, why, what)

    def come_later(self) -> frozenset[Name]:
        """What was taken to be there and was made by a later statement; nothing if all was known before."""
        session = self.replay.session
        return frozenset() if self.over else session.come_later - session.later

    def source(self, path: Path, *, alone: bool) -> None:
        """Replays one file of the source. What it would have changed is not known if it cannot be read."""
        name = self.project.shown(path)
        try:
            self.file(path)
        except OSError as error:
            why = str(error.strerror or error)
            if alone:
                raise SourceError(f"{name} can't be read: {why}", path=name) from error
            self.gap(Location(name), f"it cannot be read: {why}", what=path.name)

    def passed_over(self, path: Path, why: str) -> None:
        """A file that the folder's tool does not apply: a gap, if it would change the schema or cannot be looked at."""
        name = self.project.shown(path)
        try:
            text, _ = decode(self.project.beginning(path, _LOOKED_AT))
        except OSError as error:
            self.gap(Location(name), f"it cannot be read: {error.strerror or error}", what=path.name)
            return
        if _CHANGES.search(text):
            self.gap(Location(name), why, what=path.name)

    def _shown(self, path: Path) -> str:
        """How `path` is called, worked out once for a file that is included again and again."""
        key = str(path)
        if key not in self.shown:
            self.shown[key] = self.project.shown(path)
        return self.shown[key]

    def file(self, path: Path, included: tuple[Path, ...] = (), place: Location | None = None) -> None:
        """Replays one file, and what it includes. Raises OSError if it cannot be read."""
        data = self.project.data(path, place)
        name = self._shown(path)
        text, encoding = decode(data)
        if encoding == "latin-1":
            self.notes[f"{name} is not UTF-8; it was read as Latin-1"] = None
        self.names.setdefault(name)
        self.is_dump = self.is_dump and text.lstrip("\n").startswith(_DUMP)
        if (pulled := uncommented(text)) is not None:
            text = pulled
            self.notes[
                f"{name} is a comment that drizzle-kit pull wrote; it was read as what the others start from"
            ] = None
        scanner = Scanner(SourceText(name, text), self.project.budget)
        self.replay.file(self._statements(scanner, path, included), included=bool(included))
        self.down_sections += scanner.sections.left_out

    def _statements(self, scanner: Scanner, path: Path, included: tuple[Path, ...]) -> Iterator[Statement]:
        for statement in scanner:
            try:
                if statement.is_command and psql_commands.quits(statement.head(64)):
                    self.notes[f"{statement.source.path} ends at \\q; what is behind it was left out"] = None
                    return
                if not statement.is_command:
                    yield from psql_variables.substituted(statement, self.variables, self.project.budget)
                elif not self._command(statement, path, included):
                    yield statement
            except OverLimit as error:
                raise error.at(statement.source.location(statement.start)) from error

    def _command(self, statement: Statement, path: Path, included: tuple[Path, ...]) -> bool:
        """Does what a psql command says to variables and files; whether that is all that there is to do."""
        text = statement.head(4096)
        try:
            psql_commands.keep_variable(text, self.variables, self.project.budget)
        except OverLimit as error:
            if error.name != "bytes":
                raise
            self._refuse(statement, f"the variable has no known value: {error.why}")
            return True
        target = psql_commands.included(psql_variables.replaced(text, self.variables, self.project.budget))
        return target is not None and self._include(statement, target, path, included)

    def _include(self, statement: Statement, target: tuple[str, bool], path: Path, included: tuple[Path, ...]) -> bool:
        """Replays the file that `\\i` names; a gap if it is not there, or may not be looked at."""
        name, relative = target
        bases = (path.parent,) if relative else (self.project.root, path.parent)
        found: FolderEntry | None = None
        for base in bases:
            entry = self.project.entry(base / name)
            if entry.exists and (found is None or entry.is_file):
                found = entry
            if entry.is_file:
                break
        if found is None or found.trouble:
            found = self._by_tail(name) or found
        place = statement.source.location(statement.start)
        around = (*included, self.project.real(path))
        if found is None:
            return self._refuse(statement, "the file it includes is not there")
        if found.trouble or not found.is_file:
            return self._refuse(statement, f"the file it includes is not read: {found.trouble or 'it is a folder'}")
        if self.project.real(found.path) in around:
            return self._refuse(statement, "the files include each other")
        self.project.budget.nest(len(around), place)
        try:
            self.file(found.path, around, place)
        except OSError as error:
            return self._refuse(statement, f"the file it includes is not read: {error.strerror or error}")
        except RecursionError:
            return self._refuse(statement, "the files include each other too deeply")
        self.replay.verdicts.append(StatementVerdict.IRRELEVANT)
        return True

    def _by_tail(self, name: str) -> FolderEntry | None:
        """The one file of the project whose path ends as `name` does, which may be a path on another machine."""
        wanted = [part for part in re.split(r"[\\/]", name) if part not in ("", ".", "..")]
        there = [
            entry
            for entry in below(self.project, self.project.root, lambda folder: folder not in _PASSED_OVER, _DEEPEST)
            if entry.is_file and wanted and entry.name == wanted[-1]
        ]
        for length in range(len(wanted), 0, -1):
            found = [entry for entry in there if list(entry.path.parts[-length:]) == wanted[-length:]]
            if found:
                break
        else:
            return None
        if len(found) > 1:
            return None
        self.notes[
            f"{self.project.shown(found[0].path)} was read for \\i {name}: its path is the only one that ends so"
        ] = None
        return found[0]

    def _refuse(self, statement: Statement, why: str) -> bool:
        self.gap(statement.source.location(statement.start), why, what=statement.head())
        return True

    def reading(self, sources: Sources, home: Location | None = None, language: str = "sql") -> Reading:
        """What the statements came to. `home` is where a new table would go, by default behind the last one."""
        session = self.replay.session
        notes = dict.fromkeys([*sources.notes, *self.notes, *session.notes])
        if self.down_sections:
            notes[f"{self.down_sections} down sections of migrations were left out"] = None
        for verdict, what in _LEFT_OUT.items():
            if count := self.replay.verdicts.count(verdict):
                notes[f"{count} statements {what} were left out"] = None
        if session.skipped:
            what = ", ".join(sorted(session.skipped)[:3]) + (" …" if len(session.skipped) > 3 else "")
            notes[f"{session.skipped.total()} statements change what could not be made: {what}"] = None
        for name, count in sorted(session.foreign.items()):
            statements = "a statement changes" if count == 1 else f"{count} statements change"
            notes[f"{statements} the schema {name}, which these files do not define; it is not compared"] = None
        schema = freeze(session.catalog, session.unmade.values(), lost=session.lost)
        return Reading(
            schema=schema,
            capabilities=_OF_DUMP if self.is_dump and not schema.roles else Capabilities(language),
            files=tuple(self.names),
            gaps=tuple(session.gaps),
            statements=self.replay.statements,
            notes=tuple(notes),
            home=home or (schema.tables[-1].location if schema.tables else Location(next(reversed(self.names), ""))),
        )
