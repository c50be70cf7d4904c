"""The truth's schema under the names that the other source uses, so that all else is compared as if nothing had moved.

Names that were made from a renamed name (`users_pkey`, `users_email_key`) follow it: nobody chose them anew. So do the
columns of views that show a renamed column under its own name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from ..dialects import Dialect
from ..dialects.dialect import Renaming
from ..model import (
    Check,
    Column,
    Exclusion,
    Expression,
    ForeignKey,
    Index,
    Partition,
    Policy,
    PrimaryKey,
    Schema,
    Sequence,
    Table,
    Trigger,
    Unique,
    View,
)
from .renames import Key, Renames

K = TypeVar("K", PrimaryKey, Unique)
T = TypeVar("T", Policy, Trigger)
C = TypeVar("C", Check, Exclusion, Index)


def translate(schema: Schema, other: Schema, renames: Renames, dialect: Dialect) -> tuple[Schema, Renaming]:
    """`schema` with every rename applied, and what its expressions were translated by.

    The places, and the SQL of expressions, stay as the truth has them.
    """
    before = {new: old for old, new in renames.tables.items()}
    columns = {before.get(key, key): names for key, names in renames.columns.items()}
    renaming = dialect.rename.load()(schema, other, renames.tables, columns)

    def within(old: Key) -> _Translator:
        return _Translator(old, renames, renaming)

    translated = replace(
        schema,
        tables=tuple(within(table.key).table(table) for table in schema.tables),
        sequences=tuple(_sequence(one, renames, renaming) for one in schema.sequences),
        views=tuple(within((one.schema, one.name)).view(one) for one in schema.views),
        policies=tuple(within((one.schema, one.table)).policy(one) for one in schema.policies),
        triggers=tuple(within((one.schema, one.table)).trigger(one) for one in schema.triggers),
    )
    return translated, renaming


def _sequence(sequence: Sequence, renames: Renames, renaming: Renaming) -> Sequence:
    if sequence.owned_by is None:
        return sequence
    translator = _Translator(sequence.owned_by[:2], renames, renaming)
    owner = (*translator.key, translator.column(sequence.owned_by[2]))
    return replace(sequence, name=translator.name(sequence.name), schema=sequence.schema, owned_by=owner)


class _Translator:
    """The names of one table, and of what is in it."""

    def __init__(self, old: Key, renames: Renames, renaming: Renaming) -> None:
        self._renames, self._renaming = renames, renaming
        self._old = old
        self.key = renames.table(*old)
        self._columns = renaming.columns(old)
        words = dict(self._columns)
        if self.key[1] != old[1]:
            words[old[1]] = self.key[1]
        self._words = words
        pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self._bare = re.compile(rf"(?<![\w$'\"])(?:{pattern})(?![\w$'\"])") if words else None
        self._inside = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])") if words else None

    def column(self, name: str) -> str:
        return self._columns.get(name, name)

    def columns(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.column, names))

    def name(self, name: str) -> str:
        """A name made from the table's and columns' names, made from the new ones."""
        return self._inside.sub(lambda found: self._words[found[0]], name) if self._inside else name

    def table(self, table: Table) -> Table:
        moved = replace(
            table,
            schema=self.key[0],
            name=self.key[1],
            columns=tuple(self._column(column) for column in table.columns),
            primary_key=self._key(table.primary_key) if table.primary_key is not None else None,
            foreign_keys=tuple(self._foreign_key(key) for key in table.foreign_keys),
            uniques=tuple(self._key(key) for key in table.uniques),
            partition_of=self._partition(table.partition_of),
            inherits=tuple(self._renames.table(*parent) for parent in table.inherits),
        )
        return replace(
            moved,
            partition_by=self._partition_key(table.partition_by),
            exclusions=tuple(self._exclusion(one, moved) for one in table.exclusions),
            checks=tuple(self._check(one, moved) for one in table.checks),
            indexes=tuple(self._index(one, moved) for one in table.indexes),
        )

    def _partition(self, partition: Partition | None) -> Partition | None:
        if partition is None:
            return None
        parent = self._renames.table(partition.parent_schema, partition.parent_table)
        return replace(partition, parent_schema=parent[0], parent_table=parent[1])

    def _partition_key(self, text: str | None) -> str | None:
        """Its canonical form is made of words, for people to read."""
        if text is None or self._bare is None:
            return text
        return self._bare.sub(lambda found: self._words[found[0]], text)

    def _column(self, column: Column) -> Column:
        default = column.default
        if default is not None and "nextval" in default.sql.lower() and self._inside is not None:
            renamed = self._inside.sub(lambda found: self._words[found[0]], default.canonical)
            default = Expression(self.name(default.sql), renamed, default.as_text)
        generated = self._renaming.generated(column, self._old, self.key) if self._columns else column.generated
        return replace(column, name=self.column(column.name), generated=generated, default=default)

    def _key(self, key: K) -> K:
        return replace(
            key, name=self.name(key.name), columns=self.columns(key.columns), include=self.columns(key.include)
        )

    def _foreign_key(self, key: ForeignKey) -> ForeignKey:
        target = _Translator((key.target_schema, key.target_table), self._renames, self._renaming)
        return replace(
            key,
            name=target.name(self.name(key.name)),
            columns=self.columns(key.columns),
            target_schema=target.key[0],
            target_table=target.key[1],
            target_columns=target.columns(key.target_columns),
            delete_columns=tuple(sorted(self.columns(key.delete_columns))),
        )

    def _exclusion(self, one: Exclusion, table: Table) -> Exclusion:
        return self._meant(replace(one, name=self.name(one.name), include=self.columns(one.include)), table)

    def _check(self, check: Check, table: Table) -> Check:
        return self._meant(replace(check, name=self.name(check.name)), table)

    def _index(self, index: Index, table: Table) -> Index:
        keys = (
            replace(key, column=self.column(key.column)) if key.column is not None else key for key in index.keys
        )  # fmt: skip
        moved = replace(index, name=self.name(index.name), keys=tuple(keys), include=self.columns(index.include))
        return self._meant(moved, table)

    def _meant(self, thing: C, table: Table) -> C:
        """`thing` with its expressions in the new names; they speak of no table but their own."""
        return self._renaming.translated(thing, self._old, table) if self._columns else thing

    def view(self, view: View) -> View:
        rows = Table(schema=view.schema, name=view.name)
        indexes = tuple(self._index(index, rows) for index in view.indexes)
        return replace(self._renaming.view(view), indexes=indexes)

    def policy(self, policy: Policy) -> Policy:
        return self._hooked(replace(policy, schema=self.key[0], table=self.key[1]))

    def trigger(self, trigger: Trigger) -> Trigger:
        columns = self.columns(trigger.update_columns)
        return self._hooked(replace(trigger, schema=self.key[0], table=self.key[1], update_columns=columns))

    def _hooked(self, thing: T) -> T:
        return self._renaming.translated(thing, self._old, Table(schema=self.key[0], name=self.key[1]))
