"""Where the boxes of the diagram stand: tables in ranks by what they reference, ranks in columns of even height."""

from __future__ import annotations

from collections.abc import Sequence

from ...frozen import dataclass
from ...model import Table

ROW, HEAD, PAD = 18, 26, 6
CHARACTER = 7.0
GAP_X, GAP_Y = 70, 26
#: Columns of the drawing are kept about as high as the whole is wide.
_RATIO = 0.62


@dataclass(frozen=True, slots=True)
class Box:
    """A table's place, in SVG units; `column` counts from the left."""

    table: Table
    x: float
    y: float
    width: float
    height: float
    column: int


def boxes(tables: Sequence[Table], rows: dict[tuple[str, str], int]) -> list[Box]:
    """A place for each of `tables`; `rows` says how many columns of each are drawn."""
    ranked = _ranked(tables)
    area = sum(_height(rows[t.key]) * (_width(t) + GAP_X) for t in ranked)
    limit = max(320.0, (area * _RATIO) ** 0.5)
    placed: list[Box] = []
    x, y, widest, column = 0.0, 0.0, 0.0, 0
    for table in ranked:
        height, width = _height(rows[table.key]), _width(table)
        if y > 0 and y + height > limit:
            x, y, widest, column = x + widest + GAP_X, 0.0, 0.0, column + 1
        placed.append(Box(table, x, y, width, height, column))
        y += height + GAP_Y
        widest = max(widest, width)
    return placed


def _height(rows: int) -> float:
    return HEAD + rows * ROW + PAD


def _width(table: Table) -> float:
    columns = max((len(c.name) + len(str(c.type)) + 3 for c in table.columns), default=0)
    return min(max(columns, len(str(table)) + 4, 16), 44) * CHARACTER


def _ranked(tables: Sequence[Table]) -> list[Table]:
    """Referenced tables before those that reference them, as far as circles allow; neighbours stay together."""
    known = {table.key: table for table in tables}
    order: list[Table] = []
    seen: set[tuple[str, str]] = set()

    def visit(key: tuple[str, str]) -> None:
        stack = [(key, iter(_targets(known[key])))]
        seen.add(key)
        while stack:
            current, targets = stack[-1]
            for target in targets:
                if target in known and target not in seen:
                    seen.add(target)
                    stack.append((target, iter(_targets(known[target]))))
                    break
            else:
                order.append(known[current])
                stack.pop()

    for table in sorted(tables, key=lambda t: (len(t.foreign_keys), t.key)):
        if table.key not in seen:
            visit(table.key)
    return order


def _targets(table: Table) -> list[tuple[str, str]]:
    return [(key.target_schema, key.target_table) for key in table.foreign_keys]
