"""Which columns a view has, as far as its query says so for certain, and what PostgreSQL refuses of them.

`FigureColname` in parse_target.c names them; `checkViewColumns` in view.c holds CREATE OR REPLACE to those there were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...model import DEFAULT_SCHEMA, ColumnType, View
from ...normalize.expressions.tree import Node
from ...sql import signature_type
from . import builtin
from .casts import kind_of_type
from .entries import ViewEntry
from .errors import RefusedError, StateError
from .scopes import Scope
from .session import Session
from .uses import Used, Uses, columns_meant, parsed

#: Name and type of a column, each None if it is not known.
Output = tuple[str | None, ColumnType | None]
#: Functions that the grammar gives other names than the author wrote.
_RESPELLED = frozenset(
    {"timezone", "extract", "date_part", "btrim", "ltrim", "rtrim", "position", "overlay", "substring"}
)


def check_columns(session: Session, view: View) -> None:
    """Raises RefusedError if two columns have one name, or there are fewer than names for them."""
    outputs = _outputs(session, view, session.path)
    if outputs is None or session.blind:
        return
    if len(view.columns) > len(outputs):
        many = "too many column names were specified"
        raise RefusedError(many if view.materialized else "CREATE VIEW specifies more column names than columns")
    seen: set[str] = set()
    for name, _ in outputs:
        if name is not None and name in seen:
            raise RefusedError(f'column "{name}" specified more than once')
        seen |= {name} if name is not None else set()


def check_replacement(session: Session, old: ViewEntry, new: View) -> None:
    """Raises StateError for what CREATE OR REPLACE VIEW cannot change."""
    if session.blind or old.view.unknown:
        return
    before = _outputs(session, old.view, (DEFAULT_SCHEMA,), old.starred)
    after = _outputs(session, new, session.path)
    if before is None or after is None:
        return
    if len(after) < len(before):
        raise StateError("cannot drop columns from view")
    for (name, type_), (new_name, new_type) in zip(before, after, strict=False):
        if name is not None and new_name is not None and name != new_name:
            raise StateError(f'cannot change name of view column "{name}" to "{new_name}"')
        if type_ is not None and new_type is not None:
            kinds = [kind_of_type(item, session.catalog.types) for item in (type_, new_type)]
            if None not in kinds and kinds[0] != kinds[1]:
                types = f"from {signature_type(type_)} to {signature_type(new_type)}"
                raise StateError(f'cannot change data type of view column "{name}" {types}')


def _outputs(
    session: Session, view: View, path: tuple[str, ...], starred: Collection[Used] | None = None
) -> list[Output] | None:
    """All columns in order; None if their number is not known. `starred` are those that `*` stood for at the time."""
    tree = parsed(str(view.definition), True)
    if tree is None or tree.kind != "query":
        return None
    walk = Uses(session, path)
    body = next((child for child in tree.children if child.kind in ("select", "set")), None)
    while body is not None and body.kind == "set":
        body = body.children[0] if body.children else None
    if body is None or body.kind != "select":
        return None
    scope = walk.body(body, walk.within(tree, Scope()))
    targets = body.child("targets")
    if scope is None or targets is None:
        return None
    found: list[Output] = []
    for target in targets.children:
        if target.children[0].kind != "star":
            found.append(_output(session, target, scope))
        elif (columns := _star(session, target.children[0], scope, body, starred)) is not None:
            found += columns
        else:
            return None
    if any(child.kind == "set" for child in tree.children):
        found = [(name, None) for name, _ in found]
    return [(name, type_) for name, (_, type_) in zip(view.columns, found, strict=False)] + found[len(view.columns) :]


def _star(
    session: Session, star: Node, scope: Scope, body: Node, starred: Collection[Used] | None
) -> list[Output] | None:
    label = star.children[-1].text if star.children else ""
    if not label and any(node.kind in ("using", "natural") for node in _joins(body)):
        return None
    meant = [read for read in scope.relations if not label or read.label == label]
    if not meant or any(read.columns is None or read.key is None for read in meant):
        return None
    found: list[Output] = []
    for read in meant:
        table = session.catalog.table(read.key) if read.key is not None else None
        if table is None:
            return None
        session.budget.step(len(table.columns))
        there = [column for column in table.columns.values() if starred is None or (table.key, column.name) in starred]
        found += [(column.name, column.type) for column in there]
    return found


def _joins(body: Node) -> Iterator[Node]:
    waiting = [node for node in (body.child("from"),) if node is not None]
    while waiting:
        node = waiting.pop()
        if node.kind in ("join", "using", "natural"):
            yield node
        waiting += [child for child in node.children if child.kind in ("join", "using", "natural", "from")]


def _output(session: Session, target: Node, scope: Scope) -> Output:
    value = target.children[0]
    name = target.text or _name(value)
    if value.kind == "cast":
        return name, value.type
    if value.kind == "name":
        meant = columns_meant(tuple(part.text for part in value.children), scope)
        tables = [(session.catalog.table(key), column) for key, column in meant]
        types = [table.columns[column].type for table, column in tables if table is not None]
        return name, types[0] if len(types) == 1 else None
    return name, None


def _name(value: Node) -> str | None:
    if value.kind == "name":
        return value.children[-1].text
    if value.kind == "cast":
        return _name(value.children[0])
    if value.kind == "call" and value.text not in _RESPELLED and builtin.find(value.text) is not None:
        return value.text
    constant = value.kind == "literal" and value.type is not None and value.type.name != "boolean"
    return "?column?" if constant or value.kind == "op" else None
