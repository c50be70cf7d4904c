"""The diagram for Graphviz: https://graphviz.org/doc/info/lang.html, labels as https://graphviz.org/doc/info/shapes.html#html"""

from __future__ import annotations

import html
from collections.abc import Iterator

from ..model import Column, Table
from ..plain import plain
from .described import Described, Marks, shown
from .ids import Ids
from .wording import brief

#: Words of the language, in any case.
_WORDS = frozenset("digraph edge graph node strict subgraph".split())
_LONGEST = 200
_HEAD = """\
digraph schema {
  graph [rankdir=LR, nodesep=0.4, ranksep=1.1, fontname="Helvetica"]
  node [shape=plain, fontname="Helvetica", fontsize=11]
  edge [dir=both, fontname="Helvetica", fontsize=9, color="#64748b"]
"""


def write(described: Described) -> str:
    """The whole schema as one graph; an edge leads from a foreign key to what it refers to."""
    ids = Ids(_WORDS)
    lines = [_HEAD.rstrip("\n")]
    lines += [f"  {ids[table.key]} [label=<{_label(table, described.marks(table))}>]" for table in described.tables]
    absent = sorted(described.referenced.keys() - described.by_key.keys())
    lines += [f"  {ids[key]} [shape=box, style=dashed, label={_quoted(shown(key))}]" for key in absent]
    for table in described.tables:
        lines += _edges(ids, table, described)
    return "\n".join([*lines, "}", ""])


def _label(table: Table, marks: Marks) -> str:
    head = f'<tr><td colspan="2" bgcolor="#e2e8f0"><b>{_escaped(shown(table.key))}</b></td></tr>'
    rows = "".join(_row(number, marks, column) for number, column in enumerate(table.columns))
    return f'<table border="0" cellborder="1" cellspacing="0" cellpadding="4" color="#94a3b8">{head}{rows}</table>'


def _row(number: int, marks: Marks, column: Column) -> str:
    name = _escaped(column.name)
    if column.name in marks.primary:
        name = f"<u>{name}</u>"
    kind = _escaped(brief(column.type)) + (" ?" if column.name in marks.optional else "")
    return f'<tr><td align="left" port="c{number}">{name}</td><td align="left">{kind}</td></tr>'


def _edges(ids: Ids, table: Table, described: Described) -> Iterator[str]:
    ports = {column.name: number for number, column in enumerate(table.columns)}
    marks = described.marks(table)
    for key in marks.keys:
        target = described.by_key.get((key.target_schema, key.target_table))
        end = ids[(key.target_schema, key.target_table)]
        if target is not None:
            columns = described.targets(key)
            place = (
                next((n for n, one in enumerate(target.columns) if one.name == columns[0]), None) if columns else None
            )
            end += f":c{place}" if place is not None else ""
        start = ids[table.key] + (f":c{ports[key.columns[0]]}" if key.columns and key.columns[0] in ports else "")
        many = "teeodot" if marks.single(key.columns) else "crowodot"
        one = "teeodot" if not marks.optional.isdisjoint(key.columns) else "teetee"
        label = f"{', '.join(key.columns)}" + ("" if key.on_delete == "no action" else f" ({key.on_delete})")
        yield f"  {start} -> {end} [arrowtail={many}, arrowhead={one}, tooltip={_quoted(label)}]"


def _escaped(text: str) -> str:
    shown = html.escape(plain(text, _LONGEST))
    return shown if shown.strip() else "&#160;"


def _quoted(text: str) -> str:
    """A quoted string, in which a backslash before some letters means something (`\\N` the node's name)."""
    shown = plain(text, _LONGEST).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'
