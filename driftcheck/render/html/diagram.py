"""An entity-relationship diagram of the truth, in which drifted tables and columns stand out."""

from __future__ import annotations

from ...findings import Report
from ...model import Column, Table
from .layout import CHARACTER, HEAD, PAD, ROW, Box, boxes
from .text import escape

#: In a larger schema a table shows its keys and what drifts, and how many more columns it has.
_ALL_COLUMNS_UP_TO = 25
#: Beyond this a drawing helps nobody: only tables that drift, and what they reference, are drawn.
_ALL_TABLES_UP_TO = 150

_Drift = dict[tuple[str, str], dict[str, str]]


def diagram(report: Report) -> str:
    """The SVG with its heading; nothing for a truth without tables."""
    drift = _drift(report)
    tables = _drawn(report, drift)
    if not tables:
        return ""
    shown = {table.key: _shown(table, drift.get(table.key, {}), len(tables)) for table in tables}
    placed = boxes(tables, {key: len(columns) + (hidden > 0) for key, (columns, hidden) in shown.items()})
    width = max(box.x + box.width for box in placed) + 20
    height = max(box.y + box.height for box in placed) + 20
    body = _edges(placed, shown) + "".join(_table(box, *shown[box.table.key], drift) for box in placed)
    return (
        f'<section id="diagram"><h2>What {escape(report.truth)} describes</h2>\n'
        '<p class="hint">Tables and columns that drift are marked; choose one to see its findings.</p>\n'
        f'<div class="scroll" tabindex="0" role="group" aria-label="Diagram of {len(tables)} tables">'
        f'<svg viewBox="-10 -10 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f"{body}</svg></div></section>"
    )


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


def _table(box: Box, columns: list[Column], hidden: int, drift: _Drift) -> str:
    table, marks = box.table, drift.get(box.table.key, {})
    state = f" drifts {marks['']}" if marks else ""
    name = table.name if table.schema == "public" else f"{table.schema}.{table.name}"
    rows = [_column(column, number, box, table, marks) for number, column in enumerate(columns)]
    if hidden:
        y = HEAD + len(columns) * ROW + 13
        rows.append(f'<text class="more" x="{PAD}" y="{y}">{hidden} more</text>')
    label = f"{name}, {'drifts' if marks else 'agrees'}"
    return (
        f'<g class="table{state}" transform="translate({box.x:.0f} {box.y:.0f})" tabindex="0" role="button" '
        f'data-table="{escape(".".join(table.key))}" aria-label="{escape(label)}">'
        f'<rect class="box" width="{box.width:.0f}" height="{box.height:.0f}" rx="5"/>'
        f'<text class="name" x="{PAD}" y="17">{escape(_cut(name, box.width))}</text>{"".join(rows)}</g>'
    )


def _column(column: Column, number: int, box: Box, table: Table, marks: dict[str, str]) -> str:
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


def _edges(placed: list[Box], shown: dict[tuple[str, str], tuple[list[Column], int]]) -> str:
    by_key = {box.table.key: box for box in placed}
    lines = []
    for box in placed:
        names = [column.name for column in shown[box.table.key][0]]
        for key in box.table.foreign_keys:
            target = by_key.get((key.target_schema, key.target_table))
            if target is not None:
                row = names.index(key.columns[0]) if key.columns[0] in names else 0
                lines.append(_edge(box, HEAD + row * ROW + ROW / 2, target))
    return f'<g class="edges">{"".join(lines)}</g>'


def _edge(box: Box, dy: float, target: Box) -> str:
    y1, y2 = box.y + dy, target.y + HEAD / 2
    if target.x < box.x:
        x1, x2, bend = box.x, target.x + target.width, -40
    elif target.x > box.x:
        x1, x2, bend = box.x + box.width, target.x, 40
    else:
        x1, x2 = box.x, target.x
        return f'<path d="M{x1:.0f} {y1:.0f} C{x1 - 34:.0f} {y1:.0f} {x2 - 34:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"/>'
    return f'<path d="M{x1:.0f} {y1:.0f} C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"/>'
