"""A kind of source that exists in the tests alone: `table column type` lines, comments behind `;`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from driftcheck.discovery.files import Files
from driftcheck.discovery.found import Candidate, Sighting
from driftcheck.findings import Fix
from driftcheck.fixes.drift import Drift
from driftcheck.fixes.edits import Editing, NotPlaced
from driftcheck.kinds import Lazy, SourceKind
from driftcheck.model import Column, Location, Schema, Table
from driftcheck.model.types import ColumnType
from driftcheck.project import Project
from driftcheck.reading import Capabilities, Reading, Statements


def read(location: str, project: Project) -> Reading:
    tables: dict[str, list[Column]] = {}
    for number, line in enumerate(project.text(location).splitlines(), 1):
        words = line.partition(";")[0].split()
        if words:
            column = Column(name=words[1], type=ColumnType(words[2]), location=Location(location, number))
            tables.setdefault(words[0], []).append(column)
    found = tuple(
        Table(schema="public", name=name, columns=tuple(columns), location=columns[0].location)
        for name, columns in tables.items()
    )
    return Reading(Schema(tables=found), Capabilities("toy"), files=(location,), statements=Statements(len(found)))


def comments(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(r";[^\n]*", text))


def search(files: Files) -> Sighting:
    found = [
        Candidate(kind="toy", location=path, why="a toy", word="toy", tables=frozenset(), vague=True)
        for path in files.ending(".toy")
    ]
    return Sighting(tuple(found), (), "toys")


def fix(drift: Drift) -> Fix | None:
    return Fix("toy", f"write {drift.code} like a toy")


def edit(editing: Editing) -> Sequence[NotPlaced]:
    return [NotPlaced("toys are edited by hand") for _ in editing.drifts]


TOY = SourceKind(
    name="toy",
    example="toy:schema.toy",
    location="a `.toy` file",
    suffixes=(".toy",),
    offered=(".toy",),
    comments=Lazy("tests.kinds.toy:comments"),
    read=Lazy("tests.kinds.toy:read"),
    find=Lazy("tests.kinds.toy:search"),
    fix=Lazy("tests.kinds.toy:fix"),
    options=frozenset({"timeout"}),
)
