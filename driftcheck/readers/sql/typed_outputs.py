"""The columns of a query in which every value has a type that is certain, by PostgreSQL's own rules of typing."""

from __future__ import annotations

from ...model import Column, ColumnType, Domain
from ...normalize.expressions.analysis import Analysis
from ...normalize.expressions.parser import parse_query
from ...normalize.expressions.scope import QueryScope
from ...normalize.expressions.tree import Node
from ...normalize.known import Known
from ...normalize.types import canonical_type
from .entries import TableEntry
from .session import Session

#: Values whose modifier is the type's own, or that have none.
_PLAIN = frozenset({"column", "cast", "op", "call", "compare", "literal", "and", "or", "not", "is", "exists", "prefix"})
#: Calls that may keep the modifier that their arguments share.
_SHARING = frozenset({"coalesce", "greatest", "least", "nullif"})


def typed_outputs(session: Session, text: str) -> list[Column] | None:
    """The columns of a SELECT that is no set operation; None where any of them has not one type for certain."""
    known = _known(session)
    if known is None or session.qualify is not None:
        return None
    try:
        node, columns = Analysis(known).subquery(parse_query(text), QueryScope(), named=True)
    except (ValueError, RecursionError):
        return None
    select = node.child("select")
    targets = select.child("targets") if select is not None else None
    if targets is None or columns is None or len(targets.children) != len(columns):
        return None
    found = []
    for target, (name, type_) in zip(targets.children, columns, strict=True):
        value = target.children[0]
        kept = _type(value, type_)
        if kept is None:
            return None
        found.append(Column(name=name, type=kept))
    return found


def _type(value: Node, type_: ColumnType | None) -> ColumnType | None:
    """The type of a result, whose modifiers only a column or a cast hands on."""
    if value.kind not in _PLAIN or (value.kind == "call" and value.text in _SHARING):
        return None
    if value.kind == "literal" and value.type is None:
        return ColumnType("text")
    if value.kind in ("column", "cast") or type_ is None:
        return type_
    return ColumnType(type_.name, (), type_.schema, type_.dimensions, type_.quoted)


def _known(session: Session) -> Known | None:
    """What the catalog says of tables; None where a column has a domain's type or a collation, which would be lost."""
    if session.blind or any(isinstance(item, Domain) for item in session.catalog.types.values()):
        return None
    columns = {}
    for entry in session.catalog.relations.values():
        if isinstance(entry, TableEntry) and not entry.opaque and "columns" not in entry.unknown:
            if any(column.collation is not None or "type" in column.unknown for column in entry.columns.values()):
                continue
            columns[entry.key] = tuple((one.name, canonical_type(one.type)) for one in entry.columns.values())
    return Known(columns=columns)
