"""A Mermaid `erDiagram` of the tables that drift, which GitHub and GitLab draw: https://mermaid.js.org/syntax/entityRelationshipDiagram

Names may hold anything, and Mermaid takes few characters: what it would not take is `_` here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Report
from ..model import Column, Table

#: Beyond these a drawing helps nobody.
_TABLES, _COLUMNS, _LONGEST = 15, 20, 60
#: What Mermaid takes within the quotes of an entity's name, and in an attribute's type and name.
_NAME, _WORD = re.compile(r"[^\w .,+()$/-]", re.ASCII), re.compile(r"[^A-Za-z0-9_()\[\]]")
#: Words that mean something to Mermaid where the name of an attribute stands.
_KEYS = frozenset({"PK", "FK", "UK"})

_Key = tuple[str, str]


def diagram(report: Report) -> str:
    """The diagram; empty if no table drifts."""
    drift = _drift(report)
    known = {table.key: table for table in report.schema.tables}
    drawn = sorted(drift)[:_TABLES]
    if not drawn:
        return ""
    lines = ["erDiagram"]
    for key in drawn:
        lines += _entity(key, known.get(key), drift[key])
    for key in drawn:
        lines += _references(known[key]) if key in known else ()
    if rest := len(drift) - len(drawn):
        lines.append(f"    %% and {rest} more table{'' if rest == 1 else 's'}")
    return "\n".join(lines) + "\n"


def _drift(report: Report) -> dict[_Key, dict[str, str]]:
    """(schema, table) → column → the rules under which it drifts; what concerns no column is left to the tables."""
    tables = {table.key for table in report.schema.tables}
    drift: dict[_Key, dict[str, str]] = {}
    for finding in report.findings:
        ref = finding.object
        if finding.rule.gap or (ref.kind != "table" and ref.home not in tables):
            continue
        columns = drift.setdefault(ref.home, {})
        if ref.kind == "column":
            columns[ref.name] = finding.rule.name
    return drift


def _entity(key: _Key, table: Table | None, drift: dict[str, str]) -> Iterator[str]:
    columns = [] if table is None else [one for one in table.columns if one.name in drift or _is_key(table, one)]
    if table is None or not columns:
        yield f"    {_quoted(key)}"
        return
    yield f"    {_quoted(key)} {{"
    for column in columns[:_COLUMNS]:
        marks = ["PK"] * _in_primary(table, column) + ["FK"] * _in_foreign(table, column)
        mark = f" {', '.join(marks)}" if marks else ""
        note = f' "{_name(drift[column.name])}"' if column.name in drift else ""
        yield f"        {_word(str(column.type))} {_word(column.name)}{mark}{note}"
    yield "    }"


def _references(table: Table) -> Iterator[str]:
    nullable = {column.name for column in table.columns if column.nullable}
    for key in table.foreign_keys:
        one = "o|" if nullable & set(key.columns) else "||"
        target = _quoted((key.target_schema, key.target_table))
        yield f'    {_quoted(table.key)} }}o--{one} {target} : "{_name(", ".join(key.columns))}"'


def _is_key(table: Table, column: Column) -> bool:
    return _in_primary(table, column) or _in_foreign(table, column)


def _in_primary(table: Table, column: Column) -> bool:
    return table.primary_key is not None and column.name in table.primary_key.columns


def _in_foreign(table: Table, column: Column) -> bool:
    return any(column.name in key.columns for key in table.foreign_keys)


def _quoted(key: _Key) -> str:
    return f'"{_name(key[1] if key[0] in ("public", "") else ".".join(key))}"'


def _name(text: str) -> str:
    return _NAME.sub("_", text)[:_LONGEST] or "_"


def _word(text: str) -> str:
    word = _WORD.sub("_", text)[:_LONGEST]
    return word if word[:1].isalpha() and word.upper() not in _KEYS else f"_{word}"
