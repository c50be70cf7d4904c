"""Which line of Drizzle a project uses: what is installed, else what it asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from driftcheck.project import Project
from driftcheck.readers.drizzle.line import Line, line_of
from driftcheck.typescript.modules.documents import Documents


def _asks(version: str) -> str:
    return json.dumps({"devDependencies": {"drizzle-orm": version}})


#: (files, the line of `packages/db`)
PROJECTS: list[tuple[dict[str, str], Line]] = [
    ({}, Line.STABLE),
    ({"package.json": _asks("^0.44.1")}, Line.STABLE),
    ({"package.json": _asks("0.44.1"), "packages/db/package.json": _asks("1.0.0-beta.2")}, Line.NEXT),
    ({"package.json": _asks("beta")}, Line.NEXT),
    ({"package.json": _asks("workspace:*")}, Line.STABLE),
    (
        {
            "packages/db/package.json": _asks("^0.44.1"),
            "packages/db/node_modules/drizzle-orm/package.json": '{ "version": "1.0.0-rc.1" }',
        },
        Line.NEXT,
    ),
    (
        {
            "packages/db/package.json": _asks("catalog:"),
            "pnpm-workspace.yaml": "catalog:\n  drizzle-kit: 0.31.0\n  'drizzle-orm': 1.0.0-rc.2\n",
        },
        Line.NEXT,
    ),
    (
        {
            "packages/db/package.json": _asks("catalog:db"),
            "pnpm-workspace.yaml": "peers:\n  drizzle-orm: '*'\ncatalogs:\n  db:\n    drizzle-orm: ^0.45.2 # one\n",
        },
        Line.STABLE,
    ),
    (
        {
            "packages/db/package.json": _asks("catalog:"),
            "package.json": json.dumps({"workspaces": {"catalog": {"drizzle-orm": "^1.0.0-beta.1"}}}),
        },
        Line.NEXT,
    ),
    (
        {
            "packages/db/package.json": _asks("catalog:db"),
            "package.json": json.dumps({"catalogs": {"db": {"drizzle-orm": "^1.0.0-beta.1"}}}),
        },
        Line.NEXT,
    ),
]


@pytest.mark.parametrize(("files", "line"), PROJECTS, ids=[str(number) for number in range(len(PROJECTS))])
def test_line(tmp_path: Path, files: dict[str, str], line: Line) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert line_of(tmp_path / "packages" / "db", Documents(Project(tmp_path), lambda place, why: None)) is line
