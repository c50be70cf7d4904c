"""Comments on what has no room for one: held as long as what they are on is there under its name."""

from __future__ import annotations

from ...model import Comment
from .catalog import Catalog
from .entries import TableEntry

#: Kinds whose names stand among the relations of a schema, and among its types.
RELATIONS = frozenset({"index", "view", "materialized", "sequence"})
TYPES = frozenset({"type", "domain"})
#: Kinds that are in a table, and kinds that have a signature.
IN_TABLES = frozenset({"constraint", "trigger", "policy"})
ROUTINES = frozenset({"function", "procedure", "aggregate"})


def is_there(catalog: Catalog, comment: Comment) -> bool:
    """Whether what `comment` is on exists; what is called otherwise by now does not."""
    key = (comment.schema or "", comment.name)
    if comment.kind in RELATIONS:
        return key in catalog.relations
    if comment.kind in TYPES:
        return key in catalog.types
    if comment.kind in ROUTINES:
        return (*key, comment.signature or ()) in catalog.functions
    if comment.kind == "schema":
        return comment.name in catalog.namespaces
    table = catalog.relations.get((comment.schema or "", comment.table or ""))
    if comment.kind == "constraint":
        return isinstance(table, TableEntry) and comment.name in table.constraints
    held = catalog.policies if comment.kind == "policy" else catalog.triggers
    return comment.name in held.get((comment.schema or "", comment.table or ""), {})
