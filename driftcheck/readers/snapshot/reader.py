"""Reads a snapshot back: the schema, and the account of what is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any

from ...decode import decode
from ...dialects import DIALECTS
from ...errors import DriftcheckError, SourceError
from ...frozen import dataclass
from ...location import DatabaseFacts
from ...model import Location
from ...model.json import from_json
from ...patterns import Pattern
from ...project import Project
from ...project.documents import Malformed, parse_json
from ...reading import Capabilities, Gap, Management, Reading, Statements, Unexported
from .freshness import freshness


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What a snapshot holds beside the schema."""

    language: str = ""
    cannot: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unexported: tuple[Unexported, ...] = ()
    statements: Statements = Statements()
    notes: tuple[str, ...] = ()
    home: Location | None = None
    management: Management = field(default_factory=Management)
    kept: frozenset[str] = frozenset()
    database: DatabaseFacts | None = None
    dialect: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)


_HELD = frozenset(item.name for item in fields(_Held))
_REFRESH = "refresh it where the project's packages are installed: driftcheck snapshot"
#: How many files a sentence names.
_NAMED = 5


def read(location: str, root: Path | Project) -> Reading:
    """The reading that the file at `location` (relative to the root) holds.

    A file that it was made of and that has changed since makes it stale: that is a gap, so that a comparison with the
    past is never taken for one with the present. Raises SourceError if there is no such file, or if it is no snapshot.
    """
    project = Project.of(root)
    shown = project.shown(location)
    document = _load(project, location, shown)
    try:
        held = decode(_Held, {name: value for name, value in document.items() if name in _HELD})
        reading = Reading(
            schema=from_json(document),
            capabilities=Capabilities(held.language, held.cannot),
            files=(shown, *held.files),
            gaps=held.gaps,
            unexported=held.unexported,
            statements=held.statements,
            notes=held.notes,
            home=held.home,
            management=_understood(held.management),
            kept=held.kept,
            database=held.database,
            dialect=_known(held.dialect),
        )
    except DriftcheckError as error:
        raise SourceError(f"{shown}: {error.message}", hint=error.hint or _REFRESH, path=shown) from error
    except ValueError as error:
        raise SourceError(f"{shown} is not a driftcheck snapshot: {error}", hint=_REFRESH, path=shown) from error
    return _aged(reading, held.hashes, document, project, shown)


def _load(project: Project, location: str, shown: str) -> dict[str, Any]:
    try:
        document = parse_json(project.text(location, errors="strict"))
    except FileNotFoundError as error:
        raise SourceError(
            f"there is no snapshot at {shown}", hint=_REFRESH.replace("refresh", "write"), path=shown
        ) from error
    except OSError as error:
        raise SourceError(f"{shown} cannot be read: {error.strerror or error}", path=shown) from error
    except Malformed as error:
        hint = "a snapshot cannot be merged; resolve the conflict by taking it again: driftcheck snapshot"
        raise SourceError(f"{shown} is not JSON: {error}", hint=hint, path=shown, line=error.line) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{shown} is not JSON: {error}", hint=_REFRESH, path=shown) from error
    if not isinstance(document, dict):
        raise SourceError(f"{shown} is not a driftcheck snapshot", hint=_REFRESH, path=shown)
    return document


def _aged(
    reading: Reading, recorded: Mapping[str, str], document: dict[str, Any], project: Project, shown: str
) -> Reading:
    """`reading` with a gap if it is stale, and notes that say what it was made by."""
    age = freshness(recorded, project)
    tool = document.get("tool")
    version = f" by driftcheck {tool.get('version')}" if isinstance(tool, dict) else ""
    notes = [f"read from the snapshot {shown}, made{version}"]
    gaps = list(reading.gaps)
    if reading.database is not None:
        notes.append(f"it is of a database as it was at {reading.database.time}")
    elif age.is_unknown:
        notes.append("whether it is stale is unknown: none of the files that it names is here")
    elif stale := (*age.changed, *age.gone):
        words = ", ".join(stale[:_NAMED]) + (f" and {len(stale) - _NAMED} more" if len(stale) > _NAMED else "")
        gaps.append(Gap(Location(shown), "snapshot", f"it is stale: {words} changed since it was made; {_REFRESH}"))
    statements = reading.statements
    if len(gaps) > len(reading.gaps):
        statements = replace(statements, read=statements.read + 1, gaps=statements.gaps + 1)
    return replace(reading, gaps=tuple(gaps), statements=statements, notes=(*notes, *reading.notes))


def _known(dialect: str) -> str:
    if dialect and dialect not in DIALECTS:
        raise ValueError(f"its dialect '{dialect[:30]}' is none of {', '.join(DIALECTS)}")
    return dialect


def _understood(management: Management) -> Management:
    for expression in (management.schemas, management.tables):
        Pattern(expression)  # raises ValueError
    return management
