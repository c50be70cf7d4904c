"""Keys and checks, from the rows of pg_constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ...model import Action, Check, Exclusion, ExclusionElement, Expression, ForeignKey, Location, PrimaryKey, Unique
from ...model.identifiers import quote
from ...sql import Stream
from ...sql.index_keys import index_key
from .rows import ConstraintRow, numbers, true

if TYPE_CHECKING:
    from .tables import Relations

_ACTIONS = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}


def constraint_of(one: ConstraintRow, relations: Relations) -> PrimaryKey | Unique | ForeignKey | Check | Exclusion:
    """The constraint of a table that the row is."""
    table = relations.relations[one.relation]
    place = relations.places.of(table.schema, table.name, one.name)
    if one.type == "c":
        return check_of(one, place)
    if one.type == "f":
        return _foreign_key(one, relations, place)
    if one.type == "x":
        return _exclusion(one, place)
    facts: dict[str, Any] = {
        "name": one.name,
        "columns": relations.names(one.relation, numbers(one.columns)),
        "include": relations.names(one.relation, numbers(one.index_columns)[int(one.key_count or 0) :]),
        "without_overlaps": true(one.period),
        "location": place,
        **_when(one),
    }
    if one.type == "p":
        return PrimaryKey(**facts)
    return Unique(**facts, nulls_distinct=not true(one.nulls_not_distinct))


def check_of(one: ConstraintRow, place: Location) -> Check:
    """A check of a table or a domain."""
    return Check(
        name=one.name,
        expression=Expression(one.definition),
        no_inherit=true(one.no_inherit),
        validated=true(one.validated),
        enforced=true(one.enforced),
        location=place,
    )


def _when(one: ConstraintRow) -> dict[str, Any]:
    return {"deferrable": true(one.deferrable), "initially_deferred": true(one.deferred)}


def _foreign_key(one: ConstraintRow, relations: Relations, place: Location) -> ForeignKey:
    target = relations.key(one.target) or ("", "")
    return ForeignKey(
        name=one.name,
        columns=relations.names(one.relation, numbers(one.columns)),
        target_schema=target[0],
        target_table=target[1],
        target_columns=relations.names(one.target, numbers(one.target_columns)),
        on_delete=cast(Action, _ACTIONS[one.on_delete]),
        on_update=cast(Action, _ACTIONS[one.on_update]),
        delete_columns=relations.names(one.relation, numbers(one.delete_columns)),
        match="full" if one.match == "f" else "simple",
        validated=true(one.validated),
        enforced=true(one.enforced),
        period=true(one.period),
        location=place,
        **_when(one),
    )


def _exclusion(one: ConstraintRow, place: Location) -> Exclusion:
    """An exclusion constraint, from `pg_get_constraintdef`: EXCLUDE USING gist (…) INCLUDE (…) WHERE (…)."""
    stream = Stream.of(one.definition)
    stream.expect("exclude")
    method = stream.identifier() if stream.accept("using") else "btree"
    elements = tuple(_element(part) for part in stream.parts(*stream.skip_group()))
    include = stream.names() if stream.accept("include") else ()
    while stream.at("with", "("):
        stream.advance()
        stream.skip_group()
    predicate = stream.condition() if stream.accept("where") else None
    return Exclusion(
        name=one.name,
        elements=elements,
        method=method,
        predicate=predicate,
        include=include,
        location=place,
        **_when(one),
    )


def _element(part: Stream) -> ExclusionElement:
    key = index_key(part.until("with"))
    part.expect("with")
    operator = part.until()
    expression = key.expression if key.expression is not None else Expression(quote(key.column or ""))
    return ExclusionElement(expression, operator, key.opclass, key.collation)
