"""An entity-relationship diagram of the truth, in which drifted tables and columns stand out."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from ...findings import Report, Severity
from ...model import Column, Table
from .edges import Router, path
from .layout import CHARACTER, GAP_X, GAP_Y, HEAD, PAD, ROW, Box, boxes
from .text import escape, number

#: In a larger schema a table shows its keys and what drifts, and how many more columns it has.
_ALL_COLUMNS_UP_TO = 25
#: Beyond this a drawing helps nobody: only tables that drift, and what they reference, are drawn.
_ALL_TABLES_UP_TO = 150

_Drift = dict[tuple[str, str], dict[str, str]]


def diagram(report: Report) -> str:
    """The SVG with its heading and legend; nothing where there is no table."""
    drift = _drift(report)
    extra = _extra(report)
    tables = [*_drawn(report, drift), *extra.values()][:_ALL_TABLES_UP_TO]
    if not tables:
        return ""
    shown = {table.key: _shown(table, drift.get(table.key, {}), len(tables)) for table in tables}
    return (
        f'<section id="diagram"><h2>What {escape(report.truth)} describes</h2>\n{_legend(report)}'
        f"{_drawing(shown, tables, lambda box: _judged(box, shown, drift, extra))}</section>"
    )


def drawing(tables: Sequence[Table]) -> str:
    """The diagram alone, of a schema that is compared with nothing. At least one table."""
    shown = {table.key: _shown(table, {}, len(tables)) for table in tables}
    return _drawing(shown, tables, lambda box: _table(box, *shown[box.table.key], {}, "", ""))


def _drawing(
    shown: Mapping[tuple[str, str], tuple[list[Column], int]], tables: Sequence[Table], table: Callable[[Box], str]
) -> str:
    placed = boxes(tables, {key: len(columns) + (hidden > 0) for key, (columns, hidden) in shown.items()})
    body = _edges(placed, shown) + "".join(map(table, placed))
    width = max(box.x + box.width for box in placed) + 2 * GAP_X
    height = max(box.y + box.height for box in placed) + 2 * GAP_Y
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="Diagram, {number(len(tables), "table")}">'
        f'<svg viewBox="{-GAP_X} {-GAP_Y} {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f"{body}</svg></div>"
    )


def _judged(
    box: Box,
    shown: Mapping[tuple[str, str], tuple[list[Column], int]],
    drift: _Drift,
    extra: Container[tuple[str, str]],
) -> str:
    marks = drift.get(box.table.key, {})
    state = (f" drifts {marks['']}" if marks else "") + (" extra" if box.table.key in extra else "")
    return _table(box, *shown[box.table.key], marks, state, ", drifts" if marks else ", agrees")


def _legend(report: Report) -> str:
    levels = [(str(level), f"drifts: {level}") for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
    rows = [*levels, ("extra", f"not in {report.truth}"), ("agrees", "agrees")]
    items = "".join(f'<li><span class="key {name}"></span> {escape(text)}</li>' for name, text in rows)
    return (
        '<p class="hint">Choose a table to see its findings.</p>\n'
        f'<ul class="legend" aria-label="Legend">{items}<li><span class="key edge"></span> foreign key</li>'
        "<li>⚷ primary key</li></ul>\n"
    )


def _extra(report: Report) -> dict[tuple[str, str], Table]:
    """The tables that the truth does not have, as the first source has them that does."""
    tables: dict[tuple[str, str], Table] = {}
    for finding in report.findings:
        thing = finding.subjects[1]
        if isinstance(thing, Table) and finding.subjects[0] is None:
            tables.setdefault(thing.key, thing)
    return tables


def _drift(report: Report) -> _Drift:
    """(schema, table) → column → worst severity; the table itself as the column ""."""
    drift: _Drift = {}
    for finding in sorted(report.findings, key=lambda finding: finding.severity.rank):
        ref = finding.object
        key = (ref.schema, ref.name) if ref.kind == "table" else (ref.schema, ref.table or "")
        columns = drift.setdefault(key, {})
        columns[""] = str(finding.severity)
        for name in [ref.name] if ref.kind == "column" else ref.columns:
            columns[name] = str(finding.severity)
    return drift


def _drawn(report: Report, drift: _Drift) -> list[Table]:
    tables = list(report.schema.tables)
    if len(tables) <= _ALL_TABLES_UP_TO:
        return tables
    wanted = {table.key for table in tables if table.key in drift}
    wanted |= {(k.target_schema, k.target_table) for t in tables if t.key in wanted for k in t.foreign_keys}
    return [table for table in tables if table.key in wanted][:_ALL_TABLES_UP_TO]


def _shown(table: Table, drift: dict[str, str], tables: int) -> tuple[list[Column], int]:
    if tables <= _ALL_COLUMNS_UP_TO:
        return list(table.columns), 0
    keys = {name for key in table.foreign_keys for name in key.columns}
    keys |= set(table.primary_key.columns if table.primary_key else ())
    kept = [column for column in table.columns if column.name in keys or column.name in drift]
    return kept, len(table.columns) - len(kept)


def _table(box: Box, columns: list[Column], hidden: int, marks: Mapping[str, str], state: str, verdict: str) -> str:
    table = box.table
    name = table.name if table.schema == "public" else f"{table.schema}.{table.name}"
    rows = [_column(column, number, box, table, marks) for number, column in enumerate(columns)]
    if hidden:
        y = HEAD + len(columns) * ROW + 13
        rows.append(f'<text class="more" x="{PAD}" y="{y}">{hidden} more</text>')
    shown = _cut(name, box.width)
    label = f"{shown if shown == name else f'{shown}: {name}'}{verdict}"
    return (
        f'<g class="table{state}" transform="translate({box.x:.0f} {box.y:.0f})" '
        f'data-table="{escape(".".join(table.key))}">'
        f'<rect class="box" width="{box.width:.0f}" height="{box.height:.0f}" rx="5"/>'
        f'<g tabindex="0" role="button" aria-label="{escape(label)}"><text class="name" x="{PAD}" y="17">'
        f"{escape(shown)}</text></g>{''.join(rows)}</g>"
    )


def _column(column: Column, number: int, box: Box, table: Table, marks: Mapping[str, str]) -> str:
    y = HEAD + number * ROW
    state = f" drifts {marks[column.name]}" if column.name in marks else ""
    key = "⚷ " if table.primary_key and column.name in table.primary_key.columns else ""
    band = f'<rect class="band" x="1" y="{y}" width="{box.width - 2:.0f}" height="{ROW}"/>' if state else ""
    room = box.width - (len(key) + len(column.name) + 2) * CHARACTER
    kind = f'<text class="type" x="{box.width - PAD:.0f}" y="{y + 13}">{escape(_cut(str(column.type), room))}</text>'
    title = f"{key}{column.name}"
    return (
        f'<g class="column{state}">{band}<text x="{PAD}" y="{y + 13}">{escape(_cut(title, box.width))}</text>{kind}</g>'
    )


def _cut(text: str, room: float) -> str:
    letters = max(int(room / CHARACTER) - 1, 3)
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _edges(placed: list[Box], shown: Mapping[tuple[str, str], tuple[list[Column], int]]) -> str:
    by_key = {box.table.key: box for box in placed}
    router = Router(placed)
    lines = []
    for box in placed:
        names = [column.name for column in shown[box.table.key][0]]
        for key in box.table.foreign_keys:
            target = by_key.get((key.target_schema, key.target_table))
            if target is not None:
                row = names.index(key.columns[0]) if key.columns[0] in names else -0.5
                lines.append(f'<path d="{path(router.way(box, HEAD + row * ROW + ROW / 2, target))}"/>')
    marker = (
        '<defs><marker id="target" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z"/></marker></defs>'
    )
    return f'{marker}<g class="edges">{"".join(lines)}</g>'
