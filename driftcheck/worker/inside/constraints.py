"""Primary, foreign and unique keys, checks, exclusions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
    exc,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.sql import visitors

from .compiling import Compiler, why, word

Facts = dict[str, Any]


class Constraints:
    """The constraints of one table, as lists by kind, in the order in which PostgreSQL would make them."""

    def __init__(self, table: Any, compiler: Compiler, places: Any, gap: Any) -> None:
        self._table, self._compiler, self._places, self._gap = table, compiler, places, gap
        self.facts: Facts = {"foreign_keys": [], "uniques": [], "checks": [], "exclusions": []}
        # Checks that are in a Column belong to the column alone, and are written before those of the table.
        for column in table.columns:
            for constraint in sorted(column.constraints, key=lambda each: each._creation_order):
                self._add(constraint)
        for constraint in sorted(table._sorted_constraints, key=lambda each: each is not table.primary_key):
            self._add(constraint)

    def _add(self, constraint: Any) -> None:
        makers = {
            PrimaryKeyConstraint: ("primary_key", self._primary_key),
            ForeignKeyConstraint: ("foreign_keys", self._foreign_key),
            UniqueConstraint: ("uniques", self._unique),
            CheckConstraint: ("checks", self._check),
            ExcludeConstraint: ("exclusions", self._exclusion),
        }
        found = next((makers[cls] for cls in type(constraint).__mro__ if cls in makers), None)
        what = type(constraint).__name__
        if found is None:
            self._gap(what, "no such constraint is known", constraint)
            return
        field, make = found
        try:
            if not self._compiler.is_created(constraint):
                return
            facts = make(constraint)
        except Exception as error:  # noqa: BLE001 # expressions and names are the project's own code
            self._gap(f"{what} {constraint.name or ''}".strip(), why(error), constraint, field)
            return
        if facts is None:
            return
        if field == "primary_key":
            self.facts[field] = facts
        else:
            self.facts[field].append(facts)

    def _common(self, constraint: Any, columns: list[Any]) -> Facts:
        try:
            name = self._compiler.name(constraint)
        except exc.InvalidRequestError as error:  # a naming convention that asks for a name nobody gave
            self._gap(f"{type(constraint).__name__} of {self._table.name}", why(error), constraint, None)
            name = None
        return {
            "name": name,
            "deferrable": bool(constraint.deferrable),
            "initially_deferred": str(constraint.initially or "").upper() == "DEFERRED",
            "added": self._compiler.is_added(constraint),
            "at": self._places.element(constraint, self._table, columns),
        }

    def _options(self, constraint: Any) -> Any:
        return constraint.dialect_options["postgresql"]

    def _primary_key(self, constraint: Any) -> Facts | None:
        columns = list(constraint.columns_autoinc_first if constraint._implicit_generated else constraint.columns)
        if not columns:
            return None
        facts = self._common(constraint, columns)
        facts["columns"] = [str(column.name) for column in columns]
        facts["include"] = _names(_option(self._options(constraint), "include"))
        return facts

    def _unique(self, constraint: Any) -> Facts | None:
        columns = list(constraint.columns)
        if not columns:
            return None
        options = self._options(constraint)
        facts = self._common(constraint, columns)
        facts["columns"] = [str(column.name) for column in columns]
        facts["include"] = _names(_option(options, "include"))
        facts["nulls_distinct"] = not _option(options, "nulls_not_distinct")
        return facts

    def _foreign_key(self, constraint: Any) -> Facts | None:
        elements = list(constraint.elements)
        facts = self._common(constraint, [element.parent for element in elements])
        targets = [_target(element) for element in elements]
        facts.update(
            columns=[str(element.parent.name) for element in elements],
            target_schema=targets[0][0],
            target_table=targets[0][1],
            target_columns=[target[2] for target in targets],
            on_delete=word(constraint.ondelete),
            on_update=word(constraint.onupdate),
            match=word(constraint.match),
            validated=not _option(self._options(constraint), "not_valid"),
        )
        return facts

    def _check(self, constraint: Any) -> Facts:
        columns = _columns(constraint.sqltext, self._table)
        facts = self._common(constraint, columns)
        facts["expression"] = self._compiler.expression(constraint.sqltext)
        facts["columns"] = [str(column.name) for column in columns]
        facts["validated"] = not _option(self._options(constraint), "not_valid")
        return facts

    def _exclusion(self, constraint: Any) -> Facts:
        columns = [c for expression, _, _ in constraint._render_exprs for c in _columns(expression, self._table)]
        facts = self._common(constraint, columns)
        facts["elements"] = [
            {
                "expression": self._compiler.expression(expression),
                "operator": str(operator),
                "opclass": word(constraint.ops.get(getattr(expression, "key", None))),
                "column": str(expression.name) if getattr(expression, "table", None) is self._table else None,
            }
            for expression, _, operator in constraint._render_exprs
        ]
        facts["method"] = str(constraint.using).lower()
        facts["predicate"] = None if constraint.where is None else self._compiler.expression(constraint.where)
        return facts


def _option(options: Any, name: str) -> Any:
    """An option that this SQLAlchemy may not have yet."""
    try:
        return options[name]
    except KeyError:
        return None


def _names(columns: Any) -> list[str]:
    return [str(column if isinstance(column, str) else column.name) for column in columns or ()]


def _target(element: Any) -> tuple[str | None, str, str | None]:
    """Schema, table and column that a foreign key means, even if that table is not in the metadata."""
    try:
        column = element.column
    except (exc.NoReferencedTableError, exc.NoReferenceError):
        schema, table, name = element._column_tokens
        if schema is None:
            schema = element.parent.table.metadata.schema
        return (None if schema is None else str(schema)), str(table), (None if name is None else str(name))
    schema = column.table.schema
    return (None if schema is None else str(schema)), str(column.table.name), str(column.name)


def _columns(clause: Any, table: Any) -> list[Any]:
    """The columns of `table` in an expression built of SQLAlchemy's objects, each once."""
    found: list[Any] = []
    for node in visitors.iterate(clause):
        if getattr(node, "table", None) is table and node not in set(found):
            found.append(node)
    return found
