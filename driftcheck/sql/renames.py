"""SQL text once something is called otherwise, written anew word by word: only what means the renamed thing changes.

Where words alone cannot say what a name means, `AmbiguousError` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..model import DEFAULT_SCHEMA, quote
from .lexer import tokens_of
from .references import COLUMN, RELATION, is_of_table, may_name, names_in, names_in_strings, own_queries
from .strings import literal

#: Start and end offset of a piece of text, and what is to be there.
Edit = tuple[int, int, str]


class AmbiguousError(Exception):
    """What a name in an expression refers to can't be determined from its text."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits, none of which reaches into another."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def renamed_columns(sql: str, columns: Mapping[str, str]) -> str:
    """The expression with every name that can be one of `columns` (old name → new name) called as it is now."""
    found = (name for name in names_in(sql) if name.role == COLUMN and name.name in columns)
    return edited(sql, [(name.token.start, name.token.end, quote(columns[name.name])) for name in found])


def renamed_column(sql: str, table: str, old: str, new: str) -> str:
    """The expression with the column `old` of `table` called `new`.

    Raises AmbiguousError if `old` occurs unqualified beside a SELECT, where it may be another table's column.
    """
    if not may_name(sql, old):
        return sql
    found = [name for name in names_in(sql) if name.role == COLUMN and name.name == old and is_of_table(name, table)]
    if any(not name.qualifiers for name in found) and any(token.word == "select" for token in tokens_of(sql)):
        raise AmbiguousError
    return edited(sql, [(name.token.start, name.token.end, quote(new)) for name in found])


def renamed_relation(sql: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """The query with the relation `old` called `new`, where it is read and where it qualifies a column."""
    if not may_name(sql, old[1]):
        return sql
    own, edits = own_queries(sql), []
    for name in names_in(sql):
        if name.role == RELATION and name.name == old[1]:
            if name.schema == old[0] or (name.schema is None and name.name not in own):
                edits.append((name.first.start, name.token.end, _written(new, name.schema is not None)))
        elif name.qualifiers and name.qualifiers[-1] == old[1] and name.qualifiers[:-1] in ((), (old[0],)):
            prefix = _written(new, len(name.qualifiers) > 1)
            edits.append((name.first.start, name.token.start, f"{prefix}."))
    return edited(sql, edits)


def renamed_object(sql: str, role: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """The expression with the type or function `old` called `new`."""
    if not may_name(sql, old[1]):
        return sql
    return edited(
        sql,
        [
            (name.first.start, name.token.end, _written(new, bool(name.qualifiers)))
            for name in names_in(sql)
            if name.role == role and name.name == old[1] and name.qualifiers in ((), (old[0],))
        ],
    )


def renamed_sequence(sql: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """The expression with the sequence `old`, named in a string for nextval or regclass, called `new`."""
    if not may_name(sql, old[1]):
        return sql
    found = (name for name in names_in_strings(sql) if name.role == RELATION and name.path in ((old[1],), old))
    return edited(
        sql,
        [(name.token.start, name.token.end, literal(_written(new, bool(name.qualifiers)))) for name in found],
    )


def qualified_names(sql: str, schema_of: Callable[[str, str], str | None]) -> str:
    """The expression with a schema written before every name for which `schema_of(role, name)` gives one."""
    own = own_queries(sql)
    edits: list[Edit] = []
    for name in names_in(sql):
        if name.qualifiers or name.role == COLUMN or (name.role == RELATION and name.name in own):
            continue
        if schema := schema_of(name.role, name.name):
            edits.append((name.first.start, name.first.start, f"{quote(schema)}."))
    edits += (
        (name.token.start, name.token.end, literal(f"{quote(schema)}.{quote(name.name)}"))
        for name in names_in_strings(sql)
        if not name.qualifiers and name.role == RELATION and (schema := schema_of(RELATION, name.name))
    )
    return edited(sql, edits)


def _written(key: tuple[str, str], with_schema: bool) -> str:
    """`key` as it is to be written: with its schema if the old name had one, or if it is needed."""
    return f"{quote(key[0])}.{quote(key[1])}" if with_schema or key[0] != DEFAULT_SCHEMA else quote(key[1])
