"""A schema's expressions as they are where tables and columns are called otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from ...model import Check, Column, Expression, Generated, Index, Schema, Table, View
from .catalog import respelled
from .expressions import canonical_query
from .normalize import canonical_check, canonical_index, canonical_table

T = TypeVar("T")
Key = tuple[str, str]


@dataclass(frozen=True)
class Renaming:
    """`tables` and `columns` are the new names, those of columns by the old key of their table."""

    tables: Mapping[Key, Key]
    names: Mapping[Key, Mapping[str, str]]

    def columns(self, key: Key) -> dict[str, str]:
        return dict(self.names.get(key, {}))

    def _words(self, key: Key) -> dict[str, str]:
        """Names in lower case → new names: those of the table's columns, and its own."""
        words = {old.lower(): new for old, new in self.names.get(key, {}).items()}
        moved = self.tables.get(key)
        return {**words, key[1].lower(): moved[1]} if moved is not None else words

    def respelled(self, thing: T, table: Key) -> T:
        words = self._words(table)
        return cast(T, _mapped(thing, lambda one: respelled(one, words))) if words else thing

    def translated(self, thing: T, old: Key, table: Table) -> T:
        again: Any = self.respelled(thing, old)
        names = frozenset(column.name.lower() for column in table.columns)
        if isinstance(again, Check):
            again = canonical_check(again, names)
        elif isinstance(again, Index):
            again = canonical_index(again, table, names)
        return cast(T, _in_words_of(thing, again))

    def generated(self, column: Column, old: Key, table: Key) -> Generated | None:
        if column.generated is None:
            return None
        again = self.respelled(column, old)
        made = canonical_table(Table(schema=table[0], name=table[1], columns=(again,)), {}).columns[0].generated
        found: Generated = _in_words_of(column.generated, made)
        return found

    def view(self, view: View) -> View:
        words: dict[str, str] = {}
        for key in {*self.tables, *self.names}:
            words |= self._words(key)
        again = replace(view, definition=canonical_query(respelled(view.definition, words)))
        found: View = _in_words_of(view, again)
        return found


def between(
    schema: Schema, other: Schema, tables: Mapping[Key, Key], columns: Mapping[Key, Mapping[str, str]]
) -> Renaming:
    """What `schema` says in the names that `other` has for it."""
    return Renaming(tables, columns)


def _mapped(thing: Any, change: Callable[[Expression], Expression]) -> Any:
    if isinstance(thing, Expression):
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(_mapped(one, change) for one in thing)
    fields = getattr(thing, "__dataclass_fields__", None)
    if fields is None:
        return thing
    found = {name: getattr(thing, name) for name in fields}
    changed = {
        name: _mapped(value, change) for name, value in found.items() if isinstance(value, _PARTS) or _holds(value)
    }
    return replace(thing, **changed)


_PARTS = (Expression, tuple)


def _holds(value: Any) -> bool:
    return isinstance(value, Generated) or type(value).__name__ == "IndexKey"


def _in_words_of(before: Any, after: Any) -> Any:
    """`after` with the SQL of `before`: its places and its words stay as the author has them."""
    if isinstance(before, Expression) and isinstance(after, Expression):
        return Expression(before.sql, after.canonical, after.as_text)
    if isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        return tuple(map(_in_words_of, before, after))
    fields = getattr(after, "__dataclass_fields__", None)
    if fields is None or type(before) is not type(after):
        return after
    changed = {
        name: _in_words_of(getattr(before, name), value)
        for name in fields
        if isinstance(value := getattr(after, name), _PARTS) or _holds(value)
    }
    return replace(after, **changed)
