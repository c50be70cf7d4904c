"""What concerns the whole schema: counts, the diagram, and short tables of its keys, indexes and values."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Table
from ..described import placed, shown
from ..graph import parts
from ..mermaid import diagram as mermaid
from ..values import allowed, listing
from ..wording import index as index_text
from .page import Page
from .text import cell, code, count, table

_COUNTED = (
    "table", "view", "enum", "domain", "composite", "range", "sequence", "function", "trigger", "policy", "extension",
    "role", "collation",
)  # fmt: skip


def counts(page: Page) -> Iterator[str]:
    """How much there is, and of what source."""
    schema = page.described.schema
    columns = sum(len(one.columns) for one in schema.tables)
    keys = sum(len(one.foreign_keys) for one in schema.tables)
    indexes = sum(len(one.indexes) for one in schema.tables)
    found = [
        count(len(schema.tables), "table"),
        count(columns, "column"),
        count(keys, "foreign key"),
        count(indexes, "index"),
    ]
    for word in _COUNTED[1:]:
        plural = "policies" if word == "policy" else f"{word}s"
        if number := len(getattr(schema, plural)):
            found.append(count(number, {"composite": "composite type", "range": "range type"}.get(word, word)))
    yield f"As {code(page.described.source)} declares it ({page.described.kind}): {', '.join(found)}."
    yield ""


def diagram(page: Page) -> Iterator[str]:
    """One drawing, or several where one would be unreadable."""
    for title, tables in parts(page.described):
        if title:
            yield f"**{cell(title)}**"
            yield ""
        yield "```mermaid"
        yield mermaid(page.described, tables, page.drawn).rstrip("\n")
        yield "```"
        yield ""


def neighbourhood(page: Page, one: Table) -> Iterator[str]:
    """A table with those that it refers to and those that refer to it."""
    described = page.described
    keys = {(key.target_schema, key.target_table) for key in one.foreign_keys}
    keys |= {other.key for other, _ in described.referenced.get(one.key, ())}
    if keys:
        found = sorted((keys | {one.key}) & described.by_key.keys(), key=placed)
        around = [described.by_key[key] for key in found]
        yield "**Around it**"
        yield ""
        yield "```mermaid"
        yield mermaid(described, around, page.drawn).rstrip("\n")
        yield "```"
        yield ""


def index_of_tables(page: Page) -> Iterator[str]:
    """Every table with its size and purpose."""
    rows = (
        (page.table(one.key), str(len(one.columns)), cell(page.described.purpose(one).split("\n\n")[0]))
        for one in page.described.tables
    )
    yield from table(("Table", "Columns", "Purpose"), rows)


def relationships(page: Page) -> Iterator[str]:
    """Each foreign key as what it means for rows."""
    rows = []
    for target in sorted(page.described.referenced, key=lambda key: (key not in page.described.by_key, key)):
        for other, key in page.described.referenced[target]:
            many = "one" if page.described.marks(other).single(key.columns) else "many"
            rows.append(
                (
                    page.table(target),
                    f"one → {many}",
                    page.table(other.key),
                    code(", ".join(key.columns)),
                    code(key.on_delete),
                )
            )
    yield from table(("Table", "Rows", "Referenced by", "Columns", "On delete"), rows)


def cascades(page: Page) -> Iterator[str]:
    """What deleting a row of each table does."""
    rows = []
    for target, referring in sorted(page.described.referenced.items()):
        effects = [
            ", ".join(dict.fromkeys(page.table(one.key) for one, key in referring if key.on_delete in actions))
            for actions in (("cascade",), ("set null", "set default"), ("no action", "restrict"))
        ]
        rows.append((page.table(target), *effects))
    yield from table(("Deleting from", "Deletes from", "Clears the reference in", "Refused while rows are in"), rows)


def indexes(page: Page) -> Iterator[str]:
    rows = (
        (page.table(one.key), code(index.name), code(index_text(index)))
        for one in page.described.tables
        for index in sorted(one.indexes, key=lambda index: index.name)
    )
    yield from table(("Table", "Index", "On"), rows)


def unique(page: Page) -> Iterator[str]:
    """Constraints and indexes that let no two rows be alike."""
    yield from table(("Unique", "By"), (row for one in page.described.tables for row in _unique(page, one)))


def _unique(page: Page, one: Table) -> Iterator[tuple[str, str]]:
    for item in sorted(one.uniques, key=lambda item: item.name):
        yield _columns(page, one, item.columns), f"constraint {code(item.name)}"
    for index in sorted(one.indexes, key=lambda index: index.name):
        if index.unique:
            where = f" where {code(str(index.predicate))}" if index.predicate is not None else ""
            yield _columns(page, one, tuple(map(str, index.keys))), f"index {code(index.name)}{where}"


def _columns(page: Page, one: Table, columns: tuple[str, ...]) -> str:
    inner = columns[0] if len(columns) == 1 else f"({', '.join(columns)})"
    return page.column(one.key, inner)


def values(page: Page) -> Iterator[str]:
    """Columns that may have a few values only."""
    rows = (
        (page.column(one.key, column.name), ", ".join(map(code, listed)))
        for one, column, listed in allowed(page.described)
    )
    yield from table(("Column", "Values"), rows)


def checks(page: Page) -> Iterator[str]:
    """The conditions of rows that are no list of values."""
    rows = (
        (page.table(one.key), code(check.name), code(str(check.expression)))
        for one in page.described.tables
        for check in sorted(one.checks, key=lambda check: check.name)
        if listing(check) is None
    )
    yield from table(("Table", "Check", "Condition"), rows)


def title(key: tuple[str, str]) -> str:
    return cell(shown(key))
