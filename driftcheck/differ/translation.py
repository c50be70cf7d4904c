"""The truth's schema under the names that the other source uses, so that all else is compared as if nothing had moved.

Names that were made from a renamed name (`users_pkey`, `users_email_key`) follow it: nobody chose them anew.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, TypeVar

from ..model import (
    Check,
    Column,
    Exclusion,
    Expression,
    ForeignKey,
    Generated,
    Index,
    Policy,
    PrimaryKey,
    Schema,
    Sequence,
    Table,
    Trigger,
    Unique,
)
from .renames import Key, Renames

K = TypeVar("K", PrimaryKey, Unique)


def translate(schema: Schema, renames: Renames) -> Schema:
    """`schema` with every rename applied; the places stay where the truth has them."""
    if not renames:
        return schema
    return replace(
        schema,
        tables=tuple(_Translator(table.key, renames).table(table) for table in schema.tables),
        sequences=tuple(_sequence(one, renames) for one in schema.sequences),
        policies=tuple(_Translator((one.schema, one.table), renames).policy(one) for one in schema.policies),
        triggers=tuple(_Translator((one.schema, one.table), renames).trigger(one) for one in schema.triggers),
    )


def _sequence(sequence: Sequence, renames: Renames) -> Sequence:
    if sequence.owned_by is None:
        return sequence
    translator = _Translator(sequence.owned_by[:2], renames)
    owner = (*translator.key, translator.column(sequence.owned_by[2]))
    return replace(sequence, name=translator.name(sequence.name), schema=sequence.schema, owned_by=owner)


class _Translator:
    """The names of one table, and of what stands in it."""

    def __init__(self, old: Key, renames: Renames) -> None:
        self._renames = renames
        self._old = old
        self.key = renames.table(*old)
        self._columns = renames.columns.get(self.key, {})
        words = dict(self._columns)
        if self.key[1] != old[1]:
            words[old[1]] = self.key[1]
        self._words = words
        pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self._bare = re.compile(rf"(?<![\w$'])(?:{pattern})(?![\w$'])") if words else None
        self._inside = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])") if words else None

    def column(self, name: str) -> str:
        return self._columns.get(name, name)

    def columns(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.column, names))

    def name(self, name: str) -> str:
        """A name made from the table's and columns' names, made from the new ones."""
        return self._inside.sub(lambda found: self._words[found[0]], name) if self._inside else name

    def expression(self, value: Expression | None) -> Expression | None:
        if value is None or self._bare is None:
            return value
        canonical = self._bare.sub(lambda found: self._words[found[0]], value.canonical)
        return Expression(value.sql, canonical, value.as_text)

    def table(self, table: Table) -> Table:
        return replace(
            table,
            schema=self.key[0],
            name=self.key[1],
            columns=tuple(self._column(column) for column in table.columns),
            primary_key=self._key(table.primary_key) if table.primary_key is not None else None,
            foreign_keys=tuple(self._foreign_key(key) for key in table.foreign_keys),
            uniques=tuple(self._key(key) for key in table.uniques),
            exclusions=tuple(self._exclusion(one) for one in table.exclusions),
            checks=tuple(self._check(one) for one in table.checks),
            indexes=tuple(self._index(one) for one in table.indexes),
        )

    def _column(self, column: Column) -> Column:
        generated = column.generated
        if generated is not None:
            generated = Generated(_known(self.expression(generated.expression)), generated.stored)
        default = column.default
        if default is not None and "nextval" in default.sql.lower() and self._inside is not None:
            renamed = self._inside.sub(lambda found: self._words[found[0]], default.canonical)
            default = Expression(self.name(default.sql), renamed, default.as_text)
        return replace(column, name=self.column(column.name), generated=generated, default=default)

    def _key(self, key: K) -> K:
        return replace(
            key, name=self.name(key.name), columns=self.columns(key.columns), include=self.columns(key.include)
        )

    def _foreign_key(self, key: ForeignKey) -> ForeignKey:
        target = _Translator((key.target_schema, key.target_table), self._renames)
        return replace(
            key,
            name=target.name(self.name(key.name)),
            columns=self.columns(key.columns),
            target_schema=target.key[0],
            target_table=target.key[1],
            target_columns=target.columns(key.target_columns),
            delete_columns=self.columns(key.delete_columns),
        )

    def _exclusion(self, one: Exclusion) -> Exclusion:
        elements = (replace(e, expression=_known(self.expression(e.expression))) for e in one.elements)
        return replace(
            one,
            name=self.name(one.name),
            elements=tuple(elements),
            predicate=self.expression(one.predicate),
            include=self.columns(one.include),
        )

    def _check(self, check: Check) -> Check:
        return replace(check, name=self.name(check.name), expression=_known(self.expression(check.expression)))

    def _index(self, index: Index) -> Index:
        keys = (
            replace(
                key,
                column=self.column(key.column) if key.column is not None else None,
                expression=self.expression(key.expression),
            )
            for key in index.keys
        )
        return replace(
            index,
            name=self.name(index.name),
            keys=tuple(keys),
            include=self.columns(index.include),
            predicate=self.expression(index.predicate),
        )

    def policy(self, policy: Policy) -> Policy:
        return replace(
            policy,
            schema=self.key[0],
            table=self.key[1],
            using=self.expression(policy.using),
            check=self.expression(policy.check),
        )

    def trigger(self, trigger: Trigger) -> Trigger:
        return replace(
            trigger,
            schema=self.key[0],
            table=self.key[1],
            update_columns=self.columns(trigger.update_columns),
            when=self.expression(trigger.when),
        )


def _known(value: Any) -> Expression:
    assert isinstance(value, Expression)
    return value
