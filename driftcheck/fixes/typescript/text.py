"""What Drizzle schemas say of keys, indexes, policies, sequences and roles, in single quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...dialects.sqlite.text import collation
from ...dialects.sqlite.text import name as name_in_sqlite
from ...findings import Fix
from ...model import (
    Check,
    Expression,
    ForeignKey,
    Index,
    IndexKey,
    Policy,
    PrimaryKey,
    Role,
    Sequence,
    Table,
    Unique,
)
from ..spelling import Spelling, camel
from . import sqlite_text
from .column_text import is_nameless, options, quoted, said_by_column, template


def extra(words: Spelling, table: Table, thing: Any, owner: str = "t") -> str:
    """What a table's third argument says of a key, check or index. `owner` is the parameter that has the columns."""
    return _EXTRA[type(thing)](words, table, thing, owner)


def _columns(words: Spelling, table: tuple[str, str], names: tuple[str, ...], owner: str) -> str:
    return ", ".join(f"{owner}.{words.property(table, name)}" for name in names)


def _primary_key(words: Spelling, table: Table, key: PrimaryKey, owner: str) -> str:
    own = key.name == _own_name(table, key) or is_nameless(key, words.core)
    named = "" if own else f"name: {quoted(key.name)}, "
    return f"primaryKey({{ {named}columns: [{_columns(words, table.key, key.columns, owner)}] }})"


def _own_name(table: Table, key: PrimaryKey) -> str:
    """The name that Drizzle gives a key of several columns."""
    return "_".join((table.name, *key.columns, "pk"))


def _foreign_key(words: Spelling, table: Table, key: ForeignKey, owner: str) -> str:
    target = key.target_schema, key.target_table
    holder = owner if target == table.key else words.table(target)
    there = _columns(words, target, key.target_columns or ("id",), holder)
    ends = options(
        name=quoted(key.name) if not is_nameless(key, words.core) else None,
        columns=f"[{_columns(words, table.key, key.columns, owner)}]",
        foreignColumns=f"[{there}]",
    )
    text = f"foreignKey({ends})"
    if key.on_delete != "no action":
        text += f".onDelete({quoted(key.on_delete)})"
    if key.on_update != "no action":
        text += f".onUpdate({quoted(key.on_update)})"
    return text


def _unique(words: Spelling, table: Table, key: Unique, owner: str) -> str:
    nulls = "" if key.nulls_distinct else ".nullsNotDistinct()"
    return f"unique({quoted(key.name)}).on({_columns(words, table.key, key.columns, owner)}){nulls}"


def _check(_words: Spelling, _table: Table, check: Check, _owner: str) -> str:
    return f"check({quoted(check.name)}, {template(check.expression)})"


def _index(words: Spelling, table: Table, index: Index, owner: str) -> str:
    text = f"{'uniqueIndex' if index.unique else 'index'}({quoted(index.name)}){keys(words, table, index, owner)}"
    if index.predicate is not None:
        text += f".where({template(index.predicate)})"
    if index.options:
        text += f".with({options(**{_key_name(key): _parameter(value) for key, value in index.options})})"
    return text


def _sqlite_key(key: IndexKey) -> str:
    """What sqlite-core has no words for."""
    text = f"({key.expression.sql})" if key.expression is not None else name_in_sqlite(key.column or "")
    return f"{text}{collation(key.collation)}{' desc' * key.descending}"


def _key_name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else quoted(name)


def _parameter(value: str) -> str:
    """A storage parameter as a value."""
    return value if re.fullmatch(r"-?\d+(\.\d+)?|true|false", value) else quoted(value)


def keys(words: Spelling, table: Table, index: Index, owner: str) -> str:
    """`.on(…)` or `.using(…)` of an index."""
    said = ", ".join(_key(words, table, key, owner) for key in index.keys)
    return f".using({quoted(index.method)}, {said})" if index.method != "btree" else f".on({said})"


def _key(words: Spelling, table: Table, key: IndexKey, owner: str) -> str:
    """One key. Drizzle's own order is ASC NULLS LAST, and its `.desc()` says NULLS LAST too."""
    if words.core == sqlite_text.CORE and (key.expression is not None or key.descending or key.collation is not None):
        return template(Expression(_sqlite_key(key)))
    if key.expression is not None:
        order = " desc" * key.descending
        nulls = "" if key.nulls_first == key.descending else f" nulls {'first' if key.nulls_first else 'last'}"
        more = (f" {key.opclass}" if key.opclass is not None else "") + order + nulls
        return template(Expression(f"({key.expression.sql}){more}") if more else key.expression)
    text = f"{owner}.{words.property(table.key, key.column or '')}"
    if key.descending:
        text += ".desc()"
    if key.nulls_first:
        text += ".nullsFirst()"
    return text + (f".op({quoted(key.opclass)})" if key.opclass is not None else "")


def sequence_text(sequence: Sequence) -> str:
    """The statement that declares a sequence."""
    given = options(
        startWith=_number(sequence.start),
        increment=_number(sequence.increment),
        minValue=_number(sequence.minimum),
        maxValue=_number(sequence.maximum),
        cache=_number(sequence.cache),
        cycle="true" if sequence.cycle else None,
    )
    more = f", {given}" if given else ""
    return f"export const {camel(sequence.name)} = pgSequence({quoted(sequence.name)}{more});"


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def policy_text(policy: Policy) -> str:
    """A policy as the third argument of its table has it."""
    roles = [quoted(role) for role in policy.roles]
    given = options(
        **{
            "as": None if policy.permissive else "'restrictive'",
            "for": quoted(policy.command) if policy.command != "all" else None,
            "to": None if policy.roles == ("public",) else roles[0] if len(roles) == 1 else f"[{', '.join(roles)}]",
            "using": template(policy.using) if policy.using is not None else None,
            "withCheck": template(policy.check) if policy.check is not None else None,
        }
    )
    return f"pgPolicy({quoted(policy.name)}{', ' + given if given else ''})"


def role_text(role: Role) -> str:
    """The statement that declares a role."""
    given = options(
        createDb="true" if role.create_database else None,
        createRole="true" if role.create_role else None,
        inherit=None if role.inherit else "false",
    )
    return f"export const {camel(role.name)} = pgRole({quoted(role.name)}{', ' + given if given else ''});"


def beside_columns(table: Table, core: str) -> list[Any]:
    """What is beside the columns: all that no column says of itself."""
    key = table.primary_key
    composite = key is not None and (len(key.columns) > 1 or key.name != f"{table.name}_pkey")
    keys: list[Any] = [key] if composite else []
    keys += [one for one in table.foreign_keys if not said_by_column(one, table, core)]
    return [*keys, *table.uniques, *table.checks, *table.indexes]


_EXTRA: dict[type, Callable[[Spelling, Table, Any, str], str]] = {
    PrimaryKey: _primary_key,
    ForeignKey: _foreign_key,
    Unique: _unique,
    Check: _check,
    Index: _index,
}


def enabling(table: Table) -> Fix:
    """How to enable row-level security on a table, which no truth has to demand."""
    return Fix("typescript", f"pgTable({table.name!r}, …).enableRLS()")
