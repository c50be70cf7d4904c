"""The names that PostgreSQL gives to what SQLAlchemy leaves unnamed, in the order in which it would meet them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...model.identifiers import truncate
from ...model.naming import column_part, free_name


class TakenNames:
    """The names that are taken, by schema: constraints and relations have rooms of their own."""

    def __init__(self) -> None:
        self._constraints: dict[str, set[str]] = {}
        self._relations: dict[str, set[str]] = {}

    def take_relation(self, schema: str, name: str) -> str:
        name = truncate(name)
        self._relations.setdefault(schema, set()).add(name)
        return name

    def take_constraint(self, schema: str, name: str) -> str:
        name = truncate(name)
        self._constraints.setdefault(schema, set()).add(name)
        return name

    def relations(self, schema: str) -> set[str]:
        return self._relations.setdefault(schema, set())

    def key(self, schema: str, table: str, columns: Iterable[str], label: str, given: str | None) -> str:
        """The name of a constraint that is an index too: primary key, unique, exclusion (`ChooseIndexName`)."""
        taken = _Either(self.relations(schema), self._constraints.setdefault(schema, set()))
        name = truncate(given) if given else free_name(table, column_part(columns), label, taken)
        self.take_relation(schema, name)
        return self.take_constraint(schema, name)

    def constraint(self, schema: str, table: str, columns: Sequence[str], label: str, given: str | None) -> str:
        """The name of a check or foreign key (`ChooseConstraintName`)."""
        taken = self._constraints.setdefault(schema, set())
        name = truncate(given) if given else free_name(table, column_part(columns), label, taken)
        return self.take_constraint(schema, name)


class _Either:
    """What is in one of two sets, which grow with the schema: nobody makes a third of them for each key."""

    def __init__(self, *sets: set[str]) -> None:
        self._sets = sets

    def __contains__(self, name: object) -> bool:
        return any(name in one for one in self._sets)
