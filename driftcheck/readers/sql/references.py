"""Which columns, relations, types and functions an expression names, and the expression after one was renamed.

PostgreSQL stores expressions as trees that point at what they name, so a rename reaches them; here they are text, read
word by word. Where words alone cannot say what a name means, `AmbiguousError` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from ...model import DEFAULT_SCHEMA, quote
from ...model.identifiers import RESERVED
from ...sql import Token, tokens_of
from ...sql.tokens import QUOTED, STRING, WORD


class AmbiguousError(Exception):
    """What a name in an expression refers to can't be told from its words."""


class Name(NamedTuple):
    """A name in an expression. `role` is what stands there: "relation", "type", "function" or "column" (or alias).

    `qualifiers` are the names before it, joined to it by dots; `first` is the token with which all of it begins.
    """

    token: Token
    name: str
    qualifiers: tuple[str, ...]
    role: str
    first: Token


#: Words that end a FROM list, so that a comma behind them parts something else.
_AFTER_FROM = frozenset(
    """
    where group order having limit offset union intersect except window for select returning set values on fetch
    """.split()
)


def names_in(sql: str) -> Iterator[Name]:
    """All names that `sql` uses, in order, each with its role."""
    tokens = tokens_of(sql)
    lists = [False]  # for each open parenthesis: whether a FROM list is being read
    expecting = False
    position = 0
    while position < len(tokens) - 1:
        token = tokens[position]
        word = token.word
        if word == "(":
            lists.append(lists[-1] and expecting)
            if not lists[-1]:
                expecting = False
        elif word == ")":
            if len(lists) > 1:
                lists.pop()
            expecting = False
        elif word in ("from", "join") and tokens[position - 1].word != "distinct":
            lists[-1], expecting = True, True
        elif word == ",":
            expecting = lists[-1]
        elif word in ("only", "lateral") and expecting:
            pass
        elif token.is_name:
            name, after = _name_at(tokens, position, sql, expecting)
            if word in _AFTER_FROM:
                lists[-1] = word == "on" and lists[-1]
            expecting = False
            yield name
            position = after
            continue
        else:
            expecting = False
        position += 1


def _name_at(tokens: list[Token], position: int, sql: str, expecting: bool) -> tuple[Name, int]:
    """The dotted name that begins at `position`, and the position behind it."""
    first, before = tokens[position], tokens[position - 1].word if position else ""
    parts = [first.name]
    at = position
    while tokens[at + 1].word == "." and tokens[at + 2].is_name:
        at += 2
        parts.append(tokens[at].name)
    behind = tokens[at + 1].word
    if behind == "." and tokens[at + 2].word == "*":
        return Name(tokens[at + 2], "*", tuple(parts), "column", first), at + 3
    role = "column"
    if before == "::" or (before == "as" and behind in (")", "[", "(") and _in_cast(tokens, position)):
        role = "type"
    elif behind == "(":
        role = "function"
    elif expecting:
        role = "relation"
    return Name(tokens[at], parts[-1], tuple(parts[:-1]), role, first), at + 1


def _in_cast(tokens: list[Token], position: int) -> bool:
    """Whether the AS before `position` is that of CAST(… AS …)."""
    depth = 0
    for at in range(position - 1, 0, -1):
        word = tokens[at].word
        depth += 1 if word == ")" else -1 if word == "(" else 0
        if depth < 0:
            return tokens[at - 1].word == "cast"
    return False


def columns_in(sql: str, table: str, columns: Collection[str]) -> list[str]:
    """The columns of `table` that the expression names, each once, in order of appearance."""
    found: dict[str, None] = {}
    for name in names_in(sql):
        if name.role == "column" and name.name in columns and _of_table(name, table):
            found[name.name] = None
    return list(found)


def _of_table(name: Name, table: str) -> bool:
    return not name.qualifiers or name.qualifiers[-1] in (table, "new", "old", "excluded")


def may_name(sql: str, name: str) -> bool:
    """Whether `name` can occur in `sql` at all; cheap, and never wrongly false."""
    return name in sql or (name.isascii() and name in sql.lower()) or '""' in sql or "&" in sql


def renamed_column(sql: str, table: str, old: str, new: str) -> str:
    """The expression with the column `old` of `table` called `new`.

    Raises AmbiguousError if `old` occurs unqualified beside a SELECT, where it may be another table's column.
    """
    if not may_name(sql, old):
        return sql
    found = [name for name in names_in(sql) if name.role == "column" and name.name == old and _of_table(name, table)]
    if any(not name.qualifiers for name in found) and any(token.word == "select" for token in tokens_of(sql)):
        raise AmbiguousError
    return _replaced(sql, [(name.token.start, name.token.end, quote(new)) for name in found])


def relations_in(sql: str) -> Iterator[tuple[str | None, str]]:
    """The relations that a query reads, as (schema or None, name); names of its own WITH queries left out."""
    own = own_queries(sql)
    for name in names_in(sql):
        if name.role == "relation" and (name.qualifiers or name.name not in own):
            yield (name.qualifiers[-1] if name.qualifiers else None), name.name


def aliases_in(sql: str) -> dict[str, tuple[str | None, str]]:
    """The relations that a query reads, as (schema or None, name), by what they are called in it."""
    own, tokens = own_queries(sql), tokens_of(sql)
    positions = {token.start: position for position, token in enumerate(tokens)}
    found: dict[str, tuple[str | None, str]] = {}
    for name in names_in(sql):
        if name.role != "relation" or (not name.qualifiers and name.name in own):
            continue
        behind = positions[name.token.start] + 1
        behind += tokens[behind].word in ("as", "*")
        token = tokens[behind]
        alias = token.kind == QUOTED or (token.kind == WORD and token.word not in RESERVED | _AFTER_FROM)
        called = token.name if alias else name.name
        found[called] = (name.qualifiers[-1] if name.qualifiers else None, name.name)
    return found


def own_queries(sql: str) -> set[str]:
    """The names that WITH gives to queries."""
    tokens = tokens_of(sql)
    if not any(token.word == "with" for token in tokens):
        return set()
    return {
        token.name
        for token, behind, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.is_name
        and (behind.word == "(" or (behind.word == "as" and after.word in ("(", "materialized", "not")))
    }


def renamed_relation(sql: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """The query with the relation `old` called `new`, where it is read and where it qualifies a column."""
    if not may_name(sql, old[1]):
        return sql
    own, edits = own_queries(sql), []
    for name in names_in(sql):
        if name.role == "relation" and name.name == old[1]:
            schema = name.qualifiers[-1] if name.qualifiers else None
            if schema == old[0] or (schema is None and name.name not in own):
                edits.append((name.first.start, name.token.end, _written(new, schema is not None)))
        elif name.qualifiers and name.qualifiers[-1] == old[1] and name.qualifiers[:-1] in ((), (old[0],)):
            prefix = _written(new, len(name.qualifiers) > 1)
            edits.append((name.first.start, name.token.start, f"{prefix}."))
    return _replaced(sql, edits)


def renamed_object(sql: str, role: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """The expression with the type or function `old` called `new`."""
    if not may_name(sql, old[1]):
        return sql
    edits = [
        (name.first.start, name.token.end, _written(new, bool(name.qualifiers)))
        for name in names_in(sql)
        if name.role == role and name.name == old[1] and name.qualifiers in ((), (old[0],))
    ]
    return _replaced(sql, edits)


def renamed_sequence(sql: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """The expression with the sequence `old`, named in a string for nextval or regclass, called `new`."""
    if not may_name(sql, old[1]):
        return sql
    edits = []
    for token in tokens_of(sql):
        if token.kind == STRING:
            parts = [part.strip('"') for part in token.value.split(".")]
            if parts in ([old[1]], list(old)):
                edits.append((token.start, token.end, "'" + _written(new, len(parts) > 1).replace("'", "''") + "'"))
    return _replaced(sql, edits)


def sequences_in(sql: str) -> Iterator[tuple[str | None, str]]:
    """The relations that an expression names in a string, for nextval or regclass, as (schema or None, name)."""
    tokens = tokens_of(sql)
    for position, token in enumerate(tokens[:-1]):
        opened = position > 1 and tokens[position - 1].word == "(" and tokens[position - 2].word.endswith("val")
        cast = [item.word for item in tokens[position + 1 : position + 3]] == ["::", "regclass"]
        if token.kind == STRING and (opened or cast):
            parts = [part.strip('"') for part in token.value.split(".")]
            yield (parts[-2] if len(parts) > 1 else None), parts[-1]


def qualified_names(sql: str, schema_of: Callable[[str, str], str | None]) -> str:
    """The expression with a schema written before every name for which `schema_of(role, name)` gives one."""
    own = own_queries(sql)
    edits = []
    for name in names_in(sql):
        if name.qualifiers or name.role == "column" or (name.role == "relation" and name.name in own):
            continue
        if schema := schema_of(name.role, name.name):
            edits.append((name.first.start, name.first.start, f"{quote(schema)}."))
    tokens = tokens_of(sql)
    for token, behind, before in zip(tokens[1:], tokens[2:], tokens, strict=False):
        if token.kind == STRING and (behind.word == "::" or before.word == "("):
            value = token.value
            named = value.isidentifier() and ("nextval" in sql.lower() or "regclass" in sql.lower())
            if named and (schema := schema_of("relation", value)):
                edits.append((token.start, token.end, f"'{quote(schema)}.{quote(value)}'"))
    return _replaced(sql, sorted(edits))


def _written(key: tuple[str, str], with_schema: bool) -> str:
    """`key` as it is to be written: with its schema if the old name had one, or if it is needed."""
    return f"{quote(key[0])}.{quote(key[1])}" if with_schema or key[0] != DEFAULT_SCHEMA else quote(key[1])


def _replaced(sql: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, text in reversed(edits):
        sql = sql[:start] + text + sql[end:]
    return sql
