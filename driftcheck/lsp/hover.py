"""What every source says of a table or a column, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..documents.described import marked, shown
from ..documents.wording import actions, default
from ..model import Column, ForeignKey, Table, quote
from ..plain import plain
from ..render.markdown import code
from .kept import Kept
from .objects import Declared, named

_LONGEST = 200


def hover(kept: Kept, one: Declared) -> str:
    """A heading and a table in Markdown, a row for each source. Nothing in it is markup but what is made here."""
    found = {item.source.name: item for item in named(kept, one.key)}
    head = _COLUMN if one.column is not None else _TABLE
    lines = [f"**{code(_title(one))}**", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for source, _ in kept.sources():
        name = code(source.name) + (" (truth)" if source.name == kept.truth else "")
        item = found.get(source.name)
        cells = ["not there"] + [""] * (len(head) - 2) if item is None else list(_cells(item))
        lines.append(f"| {' | '.join([name, *cells])} |")
    return "\n".join(lines)


def _title(one: Declared) -> str:
    name = shown(one.table.key)
    return name if one.column is None else f"{name}.{one.column.name}"


_COLUMN = ("source", "type", "null", "default", "keys")
_TABLE = ("source", "columns", "primary key", "foreign keys", "unique", "checks", "indexes")


def _cells(item: Declared) -> Iterator[str]:
    table, column = item.table, item.column
    if column is None:
        yield str(len(table.columns)) + (" or more" if "columns" in table.unknown else "")
        yield _code(", ".join(map(quote, table.primary_key.columns)) if table.primary_key is not None else "")
        yield from (_count(part) for part in (table.foreign_keys, table.uniques, table.checks, table.indexes))
        return
    yield _unless(column, "type", str(column.type))
    yield _unless(column, "nullable", "null" if column.name in marked(table).optional else "not null")
    yield _unless(column, "default", default(column))
    yield ", ".join(_keys(table, column))


def _unless(column: Column, fact: str, value: str) -> str:
    return "not understood" if fact in column.unknown else _code(value)


def _keys(table: Table, column: Column) -> Iterator[str]:
    marks = marked(table)
    if column.name in marks.primary:
        yield "primary key"
    for key in marks.by_column.get(column.name, ()):
        yield f"→ {_code(_target(key, column.name))} {_code(actions(key))}"
    if column.name not in marks.primary and marks.single([column.name]):
        yield "unique"
    if column.name in marks.indexed:
        yield "index"


def _target(key: ForeignKey, name: str) -> str:
    table = shown((key.target_schema, key.target_table))
    if len(key.target_columns) != len(key.columns):
        return table
    return f"{table}.{key.target_columns[key.columns.index(name)]}"


def _count(items: Iterable[object]) -> str:
    return str(len(list(items)) or "")


def _code(text: str) -> str:
    """`text` as code in a cell. Editors show no HTML, which is what reports write for a pipe."""
    shown = plain(text, _LONGEST)
    if "|" in shown and "\\|" not in shown:
        return "\\|".join(code(shown.replace("|", "\0"))[0:].split("\0"))
    return code(shown) if text else ""
