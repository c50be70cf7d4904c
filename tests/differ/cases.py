"""The fixture cases: folders of sources that drift where a comment says so, and nowhere else.

`drift: DR203` on a line expects that finding at that line; a line without such a comment expects none. `silent: DR203`
says so of a line that comes near: it means what the truth says, in other words. The first of `SOURCES` that a folder
holds is the truth, and its `driftcheck.toml`, if it has one, is the config.
"""

from __future__ import annotations

import re
from pathlib import Path

from driftcheck.check import Request, check
from driftcheck.findings import Report

ROOT = Path(__file__).resolve().parents[2] / "fixtures" / "cases"

SOURCES = {
    "truth.sql": "truth=sql:truth.sql",
    "schema.ts": "drizzle:schema.ts",
    "schema.sql": "sql:schema.sql",
    "models.py": "sqlalchemy:models",
}

_MARK = re.compile(r"(drift|silent): (DR\d{3}(?:, DR\d{3})*)")

#: (file, line, rule's code)
Mark = tuple[str, int, str]


def folders() -> list[Path]:
    return sorted(path for path in ROOT.iterdir() if path.is_dir())


def of_postgresql(folder: Path) -> bool:
    """Whether the case is of PostgreSQL; one of another engine says so in its config."""
    config = folder / "driftcheck.toml"
    return not config.exists() or "dialect" not in config.read_text(encoding="utf-8")


def marked(folder: Path, word: str = "drift") -> set[Mark]:
    """What the comments with `word` in the folder's files expect."""
    return {
        (path.name, number, code)
        for path in sorted(folder.iterdir())
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in _MARK.finditer(line)
        if found[1] == word
        for code in found[2].split(", ")
    }


def report(folder: Path) -> Report:
    """What the check says of the folder, by way of the real readers."""
    words = tuple(word for name, word in SOURCES.items() if (folder / name).exists())
    return check(Request(root=folder, sources=words, fail_on="note"))


def found(folder: Path) -> set[Mark]:
    """Where findings stand: in the drifting source's file, or in the config where they are about the config."""
    places = set()
    for finding in report(folder).findings:
        location = finding.actual.location
        assert location is not None, finding.message
        places.add((location.path, location.line, finding.rule.code))
    return places
