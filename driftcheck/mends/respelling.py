"""What the truth says in SQL, in the names that the drifting source has for renamed columns.

Renames run last in a script, so that all before them speaks of the columns as they are.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from ..differ.between import Between
from ..model import Expression, quote

T = TypeVar("T")

#: Strings, which are left alone, and identifiers.
_TOKENS = re.compile(r"""'(?:[^']|'')*'|"(?P<quoted>(?:[^"]|"")+)"|(?P<plain>[^\W\d][\w$]*)(?P<call>\s*\()?""")

#: The truth's name of a column → the drifting source's.
Names = Mapping[str, str]


def respelled(between: Between) -> Between:
    """`between` with the truth's expressions about tables that have renamed columns in the drifting source's names."""
    renamed = between.renames.columns
    if not any(renamed.values()):
        return between
    tables = tuple(respell(table, renamed.get(table.key, {})) for table in between.expected.tables)
    hooks = {
        field: tuple(
            respell(thing, renamed.get((thing.schema, thing.table), {})) for thing in getattr(between.expected, field)
        )
        for field in ("policies", "triggers")
    }
    expected = dataclasses.replace(
        between.expected, tables=tables, policies=hooks["policies"], triggers=hooks["triggers"]
    )
    subjects = {
        (code, about): (respell(wanted, renamed.get((about.schema, about.table or about.name), {})), actual)
        for (code, about), (wanted, actual) in between.subjects.items()
    }
    return dataclasses.replace(between, expected=expected, subjects=subjects, _tables={}, _matches={})


def respell(thing: T, names: Names) -> T:
    """`thing` with the SQL of every expression in it in other names."""
    return cast(T, _respell(thing, names)) if names else thing


def _respell(thing: Any, names: Names) -> Any:
    if isinstance(thing, Expression):
        return Expression(_renamed(thing.sql, names), thing.canonical, thing.as_text)
    if isinstance(thing, tuple):
        return tuple(_respell(item, names) for item in thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        changed = {
            field.name: _respell(value, names)
            for field in dataclasses.fields(thing)
            if isinstance(value := getattr(thing, field.name), tuple) or dataclasses.is_dataclass(value)
        }
        return dataclasses.replace(thing, **changed)
    return thing


def _renamed(sql: str, names: Names) -> str:
    def other(match: re.Match[str]) -> str:
        name = match["quoted"].replace('""', '"') if match["quoted"] else match["plain"]
        if name is None or match["call"]:
            return match[0]
        found = names.get(name) or (names.get(name.lower()) if match["plain"] else None)
        return quote(found) if found is not None else match[0]

    return _TOKENS.sub(other, sql)
