"""What people see at a terminal, by screen: projects of a few lines, and the archetype."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import driftcheck
from driftcheck.errors import DriftcheckError
from driftcheck.findings import Report
from driftcheck.render.text import Style, render

PIXCRAWLER = Path(__file__).parents[2] / "fixtures" / "pixcrawler"
#: How a source's remark on its interpreter begins.
_USING = re.compile(r"[\w-]+: using ")

WIDTHS = (80, 120, 160)

_HEAD = "import { integer, pgTable, text, varchar } from 'drizzle-orm/pg-core';\n"
_GUESTS = "export const guests = pgTable('guests', { id: integer().primaryKey(), name: varchar({ length: 80 }) });\n"
_SQL = "CREATE TABLE guests (id integer PRIMARY KEY, name varchar(80));\n"

#: screen → its files; the first two sources are a schema.ts and a schema.sql, models.py is a third that is not there.
PROJECTS = {
    "agreeing": {"schema.ts": _HEAD + _GUESTS, "schema.sql": _SQL},
    "gaps": {
        "schema.ts": _HEAD + _GUESTS,
        "schema.sql": _SQL
        + "CREATE TABEL rooms (id integer);\nALTER TABLE rooms ADD COLUMN floor integer;\n"
        + "ALTER TABLE beds ADD a text;\n",
    },
    "failing": {"schema.ts": _HEAD + _GUESTS, "schema.sql": _SQL.replace("80", "40")},
}


def checked(screen: str, root: Path) -> Report:
    """The report of a screen's check, made in `root`."""
    if screen == "archetype":
        return driftcheck.diff(root=PIXCRAWLER, no_exec=False)
    for name, text in PROJECTS[screen].items():
        (root / name).write_text(text)
    sources = ["drizzle:schema.ts", "sql:schema.sql"]
    if screen == "failing":
        sources.append("other=sql:a/folder/that/nobody/made/with/a/long/name/production_schema.sql")
    report = driftcheck.diff(*sources, root=root)
    here = str(root.resolve())  # of whatever length: replaced before lines are broken
    return replace(
        report,
        failures=tuple(replace(one, hint=one.hint and one.hint.replace(here, "/project")) for one in report.failures),
    )


def shown(screen: str, root: Path, width: int) -> str:
    """What is printed, but for what depends on the machine."""
    try:
        text = render(checked(screen, root), Style(width=width))
    except DriftcheckError as error:
        text = f"{error}\n"
    lines = text.replace(str(root.resolve()), "/project").splitlines(keepends=True)
    return "".join(without_interpreters(lines))


def without_interpreters(lines: list[str]) -> list[str]:
    """The lines of a report but for those that say which Python was used."""
    kept: list[str] = []
    using = False
    for line in lines:
        using = bool(_USING.match(line)) or (using and line.startswith("    "))
        kept += [] if using else [line]
    return kept
