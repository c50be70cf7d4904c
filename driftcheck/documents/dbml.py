"""The schema in DBML, which dbdiagram.io and others draw: https://dbml.dbdiagram.io/docs

What DBML has no words for is in comments beside it: its parser takes no backtick in an expression, no second
reference between the same columns, no table without a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..dialects import dialect_named
from ..model import DEFAULT_SCHEMA, Column, Enum, ForeignKey, Index, Table
from ..plain import plain
from .described import Described, Key
from .wording import brief, default
from .wording import index as index_text

#: Of a name or a value; of running text.
_LONGEST, _LONGEST_NOTE = 1_000, 10_000
_TYPE = re.compile(r"[A-Za-z_]\w*(?:\(\d+(?:,\d+)*\))?(?:\[\])*\Z", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_STRING = re.compile(r"'((?:[^'\\]|'')*)'\Z")


def write(described: Described) -> str:
    """The whole schema. The same schema gives the same text."""
    note = f"Schema of {described.source} ({described.kind})"
    title = dialect_named(described.dialect).title
    blocks = [f"Project schema {{\n  database_type: {_string(title)}\n  Note: {_string(note)}\n}}\n"]
    blocks += [f"// not in this file: {_line(sentence)}\n" for sentence in described.left_out]
    enums = sorted(described.schema.enums, key=lambda enum: (enum.schema, enum.name))
    blocks += [_enum(enum) for enum in enums]
    blocks += ["\n".join(_table(table, described)) + "\n" for table in described.tables]
    blocks += [
        "\n".join(_absent(key, described)) + "\n" for key in sorted(described.referenced) if _is_absent(key, described)
    ]
    references = list(_references(described))
    return "\n".join(blocks) + ("\n" + "\n".join(references) + "\n" if references else "")


def _enum(enum: Enum) -> str:
    name = _path((enum.schema, enum.name))
    if not enum.values:
        return f"// enum {_line(name)} has no values\n"
    return "\n".join([f"Enum {name} {{", *map(_label, enum.values), "}", ""])


def _label(value: str) -> str:
    return f"  {_name(value)}" if value else "  \"(empty)\" [note: 'the empty text']"


def _table(table: Table, described: Described) -> Iterator[str]:
    yield f"Table {_path(table.key)} {{"
    if not table.columns:
        yield "  \"(no columns)\" void [note: 'the table has no columns']"
    for column in table.columns:
        yield _column(table, column, described)
    if keys := list(_keys(table)):
        yield "\n  indexes {"
        yield from (f"    {key}" for key in keys)
        yield "  }"
    if checks := list(_checks(table)):
        yield "\n  checks {"
        yield from (f"    {check}" for check in checks)
        yield "  }"
    if purpose := described.purpose(table):
        yield f"\n  Note: {_string(purpose)}"
    yield "}"


def _column(table: Table, column: Column, described: Described) -> str:
    primary = table.primary_key is not None and table.primary_key.columns == (column.name,)
    settings = ["pk"] * primary + ["not null"] * (column.name not in described.marks(table).optional)
    settings += ["unique"] * any(unique.columns == (column.name,) for unique in table.uniques)
    notes = [note] if (note := described.note(table, column)) else []
    if column.identity is not None:
        settings.append("increment")
    elif value := default(column):
        if "`" in value:
            notes.append(f"default: {value}")
        else:
            settings.append(f"default: {_value(value)}")
    settings += [f"note: {_string('; '.join(notes))}"] if notes else []
    shown = f" [{', '.join(settings)}]" if settings else ""
    return f"  {_name(column.name)} {_type(column)}{shown}"


def _type(column: Column) -> str:
    text = brief(column.type)
    if column.type.schema is not None and not column.type.dimensions and not column.type.modifiers:
        return f"{_name(column.type.schema)}.{_name(column.type.name)}"
    return text if _TYPE.match(text) else _name(text)


def _value(text: str) -> str:
    if _NUMBER.match(text) or text in ("true", "false", "null"):
        return text
    if string := _STRING.match(text):
        return _string(string[1].replace("''", "'"))
    return f"`{_line(text)}`"


def _keys(table: Table) -> Iterator[str]:
    """Keys of more than one column, and indexes."""
    if table.primary_key is not None and len(table.primary_key.columns) > 1:
        yield f"({', '.join(map(_name, table.primary_key.columns))}) [pk]"
    for unique in table.uniques:
        if len(unique.columns) > 1:
            yield f"({', '.join(map(_name, unique.columns))}) [unique, name: {_name(unique.name)}]"
    for index in sorted(table.indexes, key=lambda index: index.name):
        yield _index(index)


def _index(index: Index) -> str:
    text = index_text(index)
    if any(key.expression is not None and "`" in str(key.expression) for key in index.keys):
        return f"// {_line(index.name)}: {_line(text)}"
    keys = [
        f"`{_line(str(one.expression))}`" if one.expression is not None else _name(one.column or "")
        for one in index.keys
    ]
    settings = ["unique"] * index.unique + [f"name: {_name(index.name)}", f"type: {_name(index.method)}"]
    if index.predicate is not None or index.include:
        settings.append(f"note: {_string(text)}")
    return f"({', '.join(keys)}) [{', '.join(settings)}]"


def _checks(table: Table) -> Iterator[str]:
    for check in sorted(table.checks, key=lambda check: check.name):
        text = _line(str(check.expression))
        yield f"// {_line(check.name)}: {text}" if "`" in text else f"`{text}` [name: {_string(check.name)}]"


def _is_absent(key: Key, described: Described) -> bool:
    return key not in described.by_key


def _absent(key: Key, described: Described) -> Iterator[str]:
    """A table that others refer to and the source does not declare: DBML demands it."""
    columns: dict[str, str] = {}
    for table, foreign in described.referenced[key]:
        for name, target in zip(
            foreign.columns, foreign.target_columns or ("id",) * len(foreign.columns), strict=False
        ):
            column = table.column(name)
            columns.setdefault(target, "unknown" if column is None else _type(column))
    yield f"Table {_path(key)} {{"
    yield from (f"  {_name(name)} {kind}" for name, kind in (columns or {"(no columns)": "void"}).items())
    yield f"\n  Note: {_string(f'not declared by {described.source}')}\n}}"


def _references(described: Described) -> Iterator[str]:
    seen: set[frozenset[tuple[Key, tuple[str, ...]]]] = set()
    for table in described.tables:
        for key in described.marks(table).keys:
            target = (key.target_schema, key.target_table)
            columns = described.targets(key) or ("id",) * len(key.columns)
            ends = frozenset({(table.key, key.columns), (target, columns)})
            line = _reference(table, key, target, columns, described)
            known = table.columns and all(map(table.column, key.columns)) and _has(described, target, columns)
            written = known and len(ends) == 2 and ends not in seen and len(columns) == len(key.columns)
            seen.add(ends)
            yield line if written else f"// DBML takes no such reference: {_line(line)}"


def _has(described: Described, target: Key, columns: tuple[str, ...]) -> bool:
    table = described.by_key.get(target)
    return table is None or all(map(table.column, columns))


def _reference(table: Table, key: ForeignKey, target: Key, columns: tuple[str, ...], described: Described) -> str:
    many = "-" if described.marks(table).single(key.columns) else ">"
    start, end = _end(table.key, key.columns), _end(target, columns)
    return f"Ref {_name(key.name)}: {start} {many} {end} [delete: {key.on_delete}, update: {key.on_update}]"


def _end(table: Key, columns: tuple[str, ...]) -> str:
    inner = ", ".join(map(_name, columns))
    return f"{_path(table)}.{inner if len(columns) == 1 else f'({inner})'}"


def _path(key: Key) -> str:
    return _name(key[1]) if key[0] in (DEFAULT_SCHEMA, "") else f"{_name(key[0])}.{_name(key[1])}"


def _name(text: str) -> str:
    shown = plain(text, _LONGEST).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'


def _string(text: str) -> str:
    lines = " ".join(text.split()) if "\n" in text else text
    shown = plain(lines, _LONGEST_NOTE).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{shown}'"


def _line(text: str) -> str:
    """`text` as it may be in a comment or between backticks."""
    return plain(" ".join(text.split()) if "\n" in text else text, _LONGEST_NOTE)
