"""Reads a snapshot back: the schema, and the account of what is not in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from ...errors import DriftcheckError, SourceError
from ...model import Location
from ...model.json import from_json
from ...reading import Capabilities, Gap, GapKind, Management, Reading, Statements, Unexported
from .freshness import freshness

T = TypeVar("T")

_REFRESH = "refresh it where the project's packages are installed: driftcheck snapshot"
#: How many files a sentence names.
_NAMED = 5


def read(location: str, root: Path) -> Reading:
    """The reading that the file at `location` (relative to `root`) holds.

    A file that it was made of and that has changed since makes it stale: that is a gap, so that a comparison with the
    past is never taken for one with the present. Raises SourceError if there is no such file, or if it is no snapshot.
    """
    path = root / location
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    document = _load(path, shown)
    try:
        schema = from_json(document)
        reading = Reading(
            schema=schema,
            capabilities=Capabilities(
                _text(document.get("language", "")), frozenset(_texts(document.get("cannot", [])))
            ),
            files=(shown, *_texts(document.get("files", []))),
            gaps=tuple(_gap(item) for item in _list(document.get("gaps", []))),
            unexported=tuple(_object(Unexported, item) for item in _list(document.get("unexported", []))),
            statements=_statements(document.get("statements", {})),
            notes=tuple(_texts(document.get("notes", []))),
            home=_location(document["home"]) if document.get("home") else None,
            management=_management(document.get("management", {})),
        )
        recorded = {_text(name): _text(digest) for name, digest in dict(document.get("hashes", {})).items()}
    except DriftcheckError as error:
        raise SourceError(f"{shown}: {error.message}", hint=error.hint or _REFRESH, path=shown) from error
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise SourceError(f"{shown} is no driftcheck snapshot: {error}", hint=_REFRESH, path=shown) from error
    return _aged(reading, recorded, document, root, shown)


def _load(path: Path, shown: str) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SourceError(
            f"there is no snapshot at {shown}", hint=_REFRESH.replace("refresh", "write"), path=shown
        ) from error
    except OSError as error:
        raise SourceError(f"{shown} cannot be read: {error.strerror or error}", path=shown) from error
    except json.JSONDecodeError as error:
        hint = "a snapshot is made, not merged: solve the conflict by making it again: driftcheck snapshot"
        raise SourceError(f"{shown} is no JSON: {error.msg}", hint=hint, path=shown, line=error.lineno) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise SourceError(f"{shown} is no JSON: {error}", hint=_REFRESH, path=shown) from error
    if not isinstance(document, dict):
        raise SourceError(f"{shown} is no driftcheck snapshot", hint=_REFRESH, path=shown)
    return document


def _aged(reading: Reading, recorded: dict[str, str], document: dict[str, Any], root: Path, shown: str) -> Reading:
    """`reading` with a gap if it is stale, and notes that say what it was made by."""
    age = freshness(recorded, root)
    tool = document.get("tool")
    version = f" by driftcheck {tool.get('version')}" if isinstance(tool, dict) else ""
    notes = [f"read from the snapshot {shown}, made{version}"]
    gaps = list(reading.gaps)
    if age.is_unknown:
        notes.append("whether it is stale cannot be told: it names no file that is here")
    elif stale := (*age.changed, *age.gone):
        words = ", ".join(stale[:_NAMED]) + (f" and {len(stale) - _NAMED} more" if len(stale) > _NAMED else "")
        gaps.append(Gap(Location(shown), "snapshot", f"it is stale: {words} changed since it was made; {_REFRESH}"))
    statements = reading.statements
    if len(gaps) > len(reading.gaps):
        statements = replace(statements, read=statements.read + 1, gaps=statements.gaps + 1)
    return replace(reading, gaps=tuple(gaps), statements=statements, notes=(*notes, *reading.notes))


def _management(value: dict[str, Any]) -> Management:
    found = Management(**{_text(key): _text(text) for key, text in dict(value).items()})
    for expression in (found.schemas, found.tables):
        try:
            re.compile(expression)
        except re.error as error:
            raise ValueError(f"{expression!r} is no regular expression: {error}") from error
    return found


def _statements(value: dict[str, Any]) -> Statements:
    unmodelled = {_text(kind): int(count) for kind, count in dict(value.get("unmodelled", {})).items()}
    counts = {name: int(value.get(name, 0)) for name in ("read", "irrelevant", "gaps")}
    return Statements(**counts, unmodelled=unmodelled)


def _gap(value: dict[str, Any]) -> Gap:
    gap = _object(Gap, value)
    if gap.kind not in get_args(GapKind):
        raise ValueError(f"{gap.kind!r} is no kind of gap")
    return gap


def _object(make: Callable[..., T], value: dict[str, Any]) -> T:
    fields = {name: None if item is None else _text(item) for name, item in value.items() if name != "location"}
    return make(location=_location(value["location"]), **fields)


def _location(value: dict[str, Any]) -> Location:
    numbers = {name: int(value[name]) for name in ("line", "column", "end_line") if value.get(name) is not None}
    return Location(_text(value["path"]), **numbers)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _texts(value: Any) -> list[str]:
    return [_text(item) for item in _list(value)]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
