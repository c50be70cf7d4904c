"""The keys, checks and indexes of one table, named as PostgreSQL would name what nobody named."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from typing import Any, TypeVar, cast

from ...model import (
    Check,
    Exclusion,
    ExclusionElement,
    Expression,
    ForeignKey,
    Index,
    IndexKey,
    Location,
    PrimaryKey,
    Unique,
    quote,
    truncate,
)
from ...model.constraints import Action
from ...model.identifiers import DEFAULT_SCHEMA
from ...sql import SqlError, Stream, tokens_of
from ...sql.index_keys import index_key
from ...sql.references import columns_in
from ...sql.stream import unwrapped
from ...worker.answer import (
    CheckFacts,
    ConstraintFacts,
    ExclusionFacts,
    ForeignKeyFacts,
    IndexFacts,
    KeyFacts,
    Place,
    PrimaryKeyFacts,
    TableFacts,
    UniqueFacts,
)
from .names import TakenNames

K = TypeVar("K", bound=ConstraintFacts)


class Keys:
    """What depends on the columns of a table."""

    def __init__(
        self,
        facts: TableFacts,
        schema: str,
        table: str,
        columns: tuple[str, ...],
        names: TakenNames,
        locate: Callable[[Place | None], Location | None],
    ) -> None:
        self._schema, self._table, self._columns = schema, table, columns
        self._names, self._locate = names, locate
        # PostgreSQL names checks first, then keys and exclusions, then foreign keys; indexes are made last.
        self.checks = tuple(self._check(check) for check in facts.checks)
        keys = _without_repeats([*([] if facts.primary_key is None else [facts.primary_key]), *facts.uniques])
        primary_keys = [self._primary_key(key) for key in keys if isinstance(key, PrimaryKeyFacts)]
        self.primary_key = primary_keys[0] if primary_keys else None
        self.uniques = tuple(self._unique(key) for key in keys if isinstance(key, UniqueFacts))
        self.exclusions = tuple(self._exclusion(key) for key in _without_repeats(facts.exclusions))
        self.foreign_keys = tuple(self._foreign_key(key) for key in facts.foreign_keys)
        self.indexes = tuple(self._index(index) for index in facts.indexes)

    def _common(self, facts: ConstraintFacts) -> dict[str, Any]:
        return {
            "deferrable": facts.deferrable or facts.initially_deferred,
            "initially_deferred": facts.initially_deferred,
            "location": self._locate(facts.at),
            "unknown": _left_open(facts),
        }

    def _check(self, facts: CheckFacts) -> Check:
        read = columns_in(facts.expression, self._table, self._columns)
        part = read if len(read) == 1 else []
        name = self._names.constraint(self._schema, self._table, part, "check", facts.name)
        return Check(
            name=name,
            expression=Expression(facts.expression),
            validated=facts.validated,
            location=self._locate(facts.at),
            unknown=_left_open(facts),
        )

    def _primary_key(self, facts: PrimaryKeyFacts) -> PrimaryKey:
        return PrimaryKey(
            name=self._names.key(self._schema, self._table, (), "pkey", facts.name),
            columns=_cut(facts.columns),
            include=_cut(facts.include),
            **self._common(facts),
        )

    def _unique(self, facts: UniqueFacts) -> Unique:
        columns, include = _cut(facts.columns), _cut(facts.include)
        return Unique(
            name=self._names.key(self._schema, self._table, columns + include, "key", facts.name),
            columns=columns,
            nulls_distinct=facts.nulls_distinct,
            include=include,
            **self._common(facts),
        )

    def _exclusion(self, facts: ExclusionFacts) -> Exclusion:
        elements = tuple(
            ExclusionElement(Expression(element.expression), element.operator, opclass=element.opclass)
            for element in facts.elements
        )
        parts = [truncate(element.column or "expr") for element in facts.elements]
        return Exclusion(
            name=self._names.key(self._schema, self._table, parts, "excl", facts.name),
            elements=elements,
            method=facts.method,
            predicate=None if facts.predicate is None else Expression(facts.predicate),
            **self._common(facts),
        )

    def _foreign_key(self, facts: ForeignKeyFacts) -> ForeignKey:
        columns = _cut(facts.columns)
        on_delete, delete_columns = action(facts.on_delete)
        return ForeignKey(
            name=self._names.constraint(self._schema, self._table, columns, "fkey", facts.name),
            columns=columns,
            target_schema=truncate(facts.target_schema or DEFAULT_SCHEMA),
            target_table=truncate(facts.target_table),
            target_columns=_cut(name for name in facts.target_columns if name is not None),
            on_delete=on_delete,
            delete_columns=delete_columns,
            on_update=action(facts.on_update)[0],
            match="full" if (facts.match or "").upper() == "FULL" else "simple",
            validated=facts.validated,
            **self._common(facts),
        )

    def _index(self, facts: IndexFacts) -> Index:
        keys = tuple(self._key(key) for key in facts.keys)
        include = _cut(facts.include)
        if facts.name:
            name = self._names.take_relation(self._schema, facts.name)
        else:
            parts = [key.column or "expr" for key in keys] + list(include)
            name = self._names.take_relation(
                self._schema, _free_index_name(self._table, parts, self._names.relations(self._schema))
            )
        return Index(
            name=name,
            keys=keys,
            unique=facts.unique,
            nulls_distinct=facts.nulls_distinct,
            method=facts.method or "btree",
            include=include,
            predicate=Expression(facts.predicate) if facts.predicate else None,
            options=tuple(sorted(facts.options.items())),
            tablespace=facts.tablespace,
            location=self._locate(facts.at),
        )

    def _key(self, facts: KeyFacts) -> IndexKey:
        written = f" {facts.opclass}" if facts.opclass else ""
        if facts.text is not None:
            key = key_of_text(facts.text + written, self._columns)
        else:
            column = facts.column
            expression = None if column is not None else Expression(unwrapped(facts.expression or ""))
            key = replace(
                index_key(f"a{written}"),
                column=None if column is None else truncate(column),
                expression=expression,
            )
        descending = key.descending if facts.descending is None else facts.descending
        nulls_first = key.nulls_first if facts.descending is None else descending
        if facts.nulls_first is not None:
            nulls_first = facts.nulls_first
        return replace(key, descending=descending, nulls_first=nulls_first, collation=facts.collation or key.collation)


def key_of_text(text: str, columns: Container[str]) -> IndexKey:
    """The key that PostgreSQL would read in `text`: `created_at DESC NULLS LAST`, `lower(name) text_pattern_ops`."""
    key = index_key(text)
    if key.column is None or key.column in columns:
        return key
    return replace(key, column=None, expression=Expression(quote(key.column)))


#: What two keys of one CREATE TABLE must have in common to be one index (`transformIndexConstraints`).
_OF_THE_INDEX = ("columns", "include", "elements", "method", "predicate", "deferrable", "initially_deferred")


def _without_repeats(keys: Iterable[K]) -> list[K]:
    """The keys that PostgreSQL makes of those in one CREATE TABLE: of equal ones the first, a primary key before all.

    If that one has no name, it gets the name of the next that has one (src/backend/parser/parse_utilcmd.c).
    """
    kept: list[K] = []
    for key in keys:
        earlier = next((at for at, one in enumerate(kept) if not key.added and _same_index(one, key)), None)
        if earlier is None:
            kept.append(key)
        elif not kept[earlier].name:
            kept[earlier] = replace(kept[earlier], name=key.name)
    return kept


def _same_index(a: ConstraintFacts, b: ConstraintFacts) -> bool:
    return getattr(a, "nulls_distinct", True) == getattr(b, "nulls_distinct", True) and all(
        getattr(a, fact, None) == getattr(b, fact, None) for fact in _OF_THE_INDEX
    )


def _left_open(facts: ConstraintFacts) -> frozenset[str]:
    """A constraint without a name: the models agree with whatever the database calls it, so no name can drift."""
    return frozenset() if facts.name else frozenset({"name"})


def action(text: str | None) -> tuple[Action, tuple[str, ...]]:
    """`SET NULL (a, b)` as PostgreSQL's words and the columns; no text is NO ACTION."""
    stream = Stream(tokens_of(text or ""))
    words = stream.until("(").lower().split()
    try:
        columns = stream.names() if stream.at("(") else ()
        stream.finish()
    except SqlError:
        return "no action", ()
    return cast(Action, " ".join(words) or "no action"), columns


def _cut(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(truncate(name) for name in names)


def _free_index_name(table: str, parts: list[str], taken: set[str]) -> str:
    from ...model.naming import column_part, free_name

    return free_name(table, column_part(parts), "idx", taken)
