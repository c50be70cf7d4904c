"""Markdown that GitHub and GitLab show: one page, a page for each table, or a region of a page that people write.

A section is a name by which a region asks for it, a title, and what writes its lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ...model import Table
from ..described import Described, Key, shown
from ..places import Places, Slugs
from ..words import marked, people_call
from . import others, overview, tables
from .page import Page, heading
from .text import code

#: By its first line a page is known to be made, and may be made anew.
MADE = "<!-- Made by driftcheck export; what is not between words markers is made anew. -->"

#: How a page of one table ends.
_BACK = "[All tables](README.md)"

#: What Windows takes for a device, whatever its ending.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{word}{number}" for word in ("com", "lpt") for number in range(10))]
)

Section = Callable[[Page], Iterator[str]]


def _all_tables(page: Page) -> Iterator[str]:
    yield from overview.index_of_tables(page)
    for table in page.described.tables:
        yield from tables.section(page, table)


SECTIONS: Mapping[str, tuple[str, Section]] = {
    "overview": ("Overview", overview.counts),
    "diagram": ("Diagram", overview.diagram),
    "tables": ("Tables", _all_tables),
    "views": ("Views", others.views),
    "enums": ("Enums", others.enums),
    "types": ("Types", others.types),
    "sequences": ("Sequences", others.sequences),
    "functions": ("Functions", others.functions),
    "around": ("Around the tables", others.around),
    "left-out": ("Not in this document", others.left_out),
}
#: What only regions show: on a whole page each table says it of itself.
BRIEF: Mapping[str, Section] = {
    "index": overview.index_of_tables,
    "relationships": overview.relationships,
    "cascades": overview.cascades,
    "indexes": overview.indexes,
    "unique": overview.unique,
    "values": overview.values,
    "checks": overview.checks,
}


def whole(described: Described, up: str | None, kept: Mapping[str, str], title: str = "Database schema") -> str:
    """One page on everything. `up` as in `Places`; `kept` are the words of people on the page as it was."""
    page = Page(described, Places(_headings(described, title), up), kept)
    body = list(_sections(page, SECTIONS))
    return _text([MADE, "", f"# {title}", "", *body, *_homeless(page)])


def _sections(page: Page, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        heading, write = SECTIONS[name]
        if lines := list(write(page)):
            yield f"## {heading}"
            yield ""
            yield from lines


def _headings(described: Described, title: str) -> Mapping[Key, str]:
    """The address of each table and view on a page that has all of them: every heading before it counts."""
    return _addresses(title, described.by_key, [(view.schema, view.name) for view in described.views])


def _addresses(title: str, tables: Iterable[Key], views: Iterable[Key]) -> dict[Key, str]:
    slugs = Slugs()
    for one in (title, "Overview", "Diagram", "Tables"):
        slugs.of(one)
    found = {key: f"#{slugs.of(heading(key))}" for key in tables}
    slugs.of("Views")
    return {**found, **{key: f"#{slugs.of(heading(key))}" for key in views}}


def folder(described: Described, up: str | None, kept: Mapping[str, str]) -> dict[str, str]:
    """Pages by the names of their files: README.md, which a forge shows for the folder, and one for each table."""
    files = _files(described)
    views = _addresses("Database schema", (), [(view.schema, view.name) for view in described.views])
    elsewhere = {key: f"README.md{address}" for key, address in views.items()}
    index = Page(described, Places({**files, **views}, up), kept)
    sections = [name for name in SECTIONS if name != "tables"]
    listed = ["## Tables", "", *overview.index_of_tables(index)] if described.tables else []
    head, rest = sections[:2], sections[2:]
    body = [*_sections(index, head), *listed, *_sections(index, rest)]
    page = replace(index, places=Places({**files, **elsewhere}, up))
    pages = {}
    for table in described.tables:
        lines = [*tables.section(page, table, 1), *overview.neighbourhood(page, table), _BACK]
        pages[files[table.key]] = _text([MADE, "", *lines])
    start = _text([MADE, "", "# Database schema", "", *body, *_homeless(index)])
    return {"README.md": start, **pages}


def is_of_folder(name: str, text: str) -> bool:
    """Whether a page was made by `folder`, and is not a document of its own that is beside its pages."""
    return text.startswith(MADE) and (name == "README.md" or text.rstrip().endswith(_BACK))


def _files(described: Described) -> dict[Key, str]:
    """A name for each page that every system takes, also where two names differ in case alone."""
    used = {"readme"}
    found: dict[Key, str] = {}
    for table in described.tables:
        word = re.sub(r"[^A-Za-z0-9_.]+", "-", shown(table.key))[:80].strip(".-") or "table"
        if word.split(".")[0].lower() in _RESERVED:
            word = f"table-{word}"
        number, free = 1, word
        while free.lower() in used:
            number += 1
            free = f"{word}-{number}"
        used.add(free.lower())
        found[table.key] = f"{free}.md"
    return found


def region(described: Described, name: str, up: str | None, kept: Mapping[str, str]) -> str | None:
    """What stands in a region that asks for `name`: a section, a table, or without a name everything. None if there is
    no such thing.
    """
    if name == "":
        page = Page(described, Places(_headings(described, ""), up), kept)
        return _lines(_sections(page, SECTIONS))
    if name.startswith("table "):
        wanted = name.removeprefix("table ").strip()
        table = next((one for one in described.tables if wanted in (shown(one.key), ".".join(one.key))), None)
        return None if table is None else _lines(_one(described, table, up, kept))
    write = SECTIONS[name][1] if name in SECTIONS else BRIEF.get(name)
    if write is None:
        return None
    headings = _headings(described, "") if name in ("tables", "views") else {}
    here = {key: address for key, address in headings.items() if (key in described.by_key) == (name == "tables")}
    return _lines(write(Page(described, Places(here, up), kept)))


def _one(described: Described, table: Table, up: str | None, kept: Mapping[str, str]) -> Iterator[str]:
    return tables.section(Page(described, Places({}, up), kept), table)


def _homeless(page: Page) -> Iterator[str]:
    """Words about what the schema no longer has: they are not thrown away."""
    left = {name: words for name, words in sorted(page.kept.items()) if name not in page.placed}
    if left:
        yield "## Words without a place"
        yield ""
        for name, words in left.items():
            yield f"On {code(people_call(name))}, which the schema does not have:"
            yield ""
            yield marked(name, words)
            yield ""


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip("\n")


def _text(lines: Iterable[str]) -> str:
    return _lines(lines) + "\n"
