"""The same SQL where tables and columns are called otherwise: every name that means one of them is written anew.

Names are resolved as the server resolves them, so that only what means a renamed thing is touched: not an alias, not a
namesake in another table, not a word in a string.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...model import DEFAULT_SCHEMA, quote
from ...sql import Token, tokenize
from ...sql.renames import edited
from ..known import Columns, Known
from .analysis import Analysis
from .naming import result_name
from .scope import QueryScope, Relation, Visible
from .tree import Node, NotUnderstood

#: (schema, name) of a table or view.
Key = tuple[str, str]


class Renamed(str):
    """The name of a column, and what it is called `now`."""

    now: str

    def __new__(cls, name: str, now: str) -> Renamed:
        made = super().__new__(cls, name)
        made.now = now
        return made


@dataclass(frozen=True)
class NewNames:
    """What is called otherwise: tables and, by the table's old name, columns: old name → new name."""

    tables: Mapping[Key, Key] = field(default_factory=dict)
    columns: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)

    def known(self, known: Known) -> Known:
        """`known` with columns that know their new names."""
        columns = {
            key: marked(found, self.columns[key]) if key in self.columns else found
            for key, found in known.columns.items()
        }
        return replace(known, columns=columns)


def marked(columns: Columns, names: Mapping[str, str]) -> Columns:
    """`columns`, those in `names` with their new names."""
    return tuple((Renamed(name, names[name]) if name in names else name, type_) for name, type_ in columns)


class Respelling(Analysis):
    """An analysis that notes what has to be written otherwise. Of `known` the columns know their new names."""

    def __init__(self, sql: str, known: Known, names: NewNames) -> None:
        super().__init__(known)
        self._sql = sql
        self._names = names
        self._tokens: list[Token] = tokenize(sql)
        self._at = {token.start: index for index, token in enumerate(self._tokens)}
        self._edits: dict[int, tuple[str, ...]] = {}

    def text(self) -> str:
        """The SQL in the new names, as far as it has been looked at."""
        tokens = self._tokens
        edits = ((tokens[at].start, tokens[at].end, ".".join(map(quote, path))) for at, path in self._edits.items())
        return edited(self._sql, edits)

    def _write(self, start: int, part: int, *path: str) -> None:
        """A new name for the part number `part` of the dotted name at `start`."""
        self._edits[self._at[start] + 2 * part] = path

    def _visit_name(self, node: Node, scope: QueryScope) -> Node:
        found = super()._visit_name(node, scope)
        parts = tuple(part.text for part in node.children)
        if found.kind == "column":
            owner = _owner(scope, found)
            now = _now(owner, found.text)
            if len(parts) == 1 and owner is not None and _ambiguous(scope, owner, found.text):
                self._write(node.start, 0, self._alias_of(owner), now or found.text)
            elif now is not None:
                self._write(node.start, len(parts) - 1, now)
            self._qualifier(node, parts[:-1], scope)
        elif found.kind == "row_of":
            self._qualifier(node, parts, scope)
        return found

    def _visit_star(self, node: Node, scope: QueryScope) -> Node:
        self._qualifier(node, tuple(part.text for part in node.children), scope)
        return super()._visit_star(node, scope)

    def _star(self, star: Node, scope: QueryScope) -> list[tuple[str, Node]]:
        self._qualifier(star, tuple(part.text for part in star.children), scope)
        return super()._star(star, scope)

    def _qualifier(self, node: Node, parts: tuple[str, ...], scope: QueryScope) -> None:
        """The name of a table in front of a column, where it is the table's own and no alias."""
        relation = scope.relation(parts) if parts else None
        if relation is None or relation.schema is None:
            return
        now = self._names.tables.get((relation.schema, relation.alias))
        if now is not None:
            self._relation(node.start, parts, now)

    def _alias_of(self, relation: Relation) -> str:
        now = self._names.tables.get((relation.schema, relation.alias)) if relation.schema is not None else None
        return now[1] if now is not None else relation.alias

    def _relation(self, start: int, parts: tuple[str, ...], now: Key) -> None:
        last = len(parts) - 1
        self._write(start, last, now[1])
        if last > 0:
            self._write(start, last - 1, now[0])

    def _table(self, item: Node, what: Node, names: tuple[str, ...], scope: QueryScope) -> Node:
        parts = tuple(part.text for part in what.children)
        common = len(parts) == 1 and scope.common_table(parts[0]) is not None
        schema = parts[-2] if len(parts) > 1 else DEFAULT_SCHEMA
        now = None if common else self._names.tables.get((schema, parts[-1]))
        if now is not None:
            self._relation(what.start, parts, now)
            if len(parts) == 1 and now[0] != schema:
                self._write(what.start, 0, *now)
        return super()._table(item, what, names, scope)

    def _with(self, node: Node, scope: QueryScope) -> Node:
        """A query that reads itself is read before its columns are known."""
        found = super()._with(node, scope)
        columns = (name for common in node.children for name, _ in scope.common[common.text] or ())
        if node.text and any(isinstance(name, Renamed) for name in columns):
            raise NotUnderstood("WITH RECURSIVE over renamed columns")
        return found

    def existence(self, query: Node, scope: QueryScope) -> Node:
        """What an EXISTS selects is looked at, too, although it means nothing."""
        return self.subquery(query, scope)[0]

    def _results(self, targets: Node, scope: QueryScope) -> list[tuple[str, Node]]:
        """A result that nobody named is called as its column is, now as before."""
        results: list[tuple[str, Node]] = []
        for target in targets.children:
            found = super()._results(Node("targets", children=(target,)), scope)
            value = target.children[0]
            if not target.text and value.kind != "star":
                before, now = found[0][0], result_name(self._after(value))
                found = [(before if before == now else Renamed(before, now), found[0][1])]
            results.extend(found)
        return results

    def _after(self, node: Node) -> Node:
        """`node` as written, in its new names."""
        if node.kind != "name":
            return node.map(self._after)
        last = len(node.children) - 1
        path = self._edits.get(self._at[node.start] + 2 * last)
        return node if path is None else node.with_children((*node.children[:last], Node("part", path[-1])))

    def _key(self, key: Node, scope: QueryScope, results: list[tuple[str, Node]], *, inside: bool) -> Node:
        self._result_key(key, [name for name, _ in results])
        return super()._key(key, scope, results, inside=inside)

    def _combined_order(self, order: Node | None, columns: Columns | None) -> Node | None:
        for key in order.children if order is not None else ():
            for item in key.children:
                self._result_key(item, [name for name, _ in columns or ()])
        return super()._combined_order(order, columns)

    def _result_key(self, key: Node, names: list[str]) -> None:
        if key.kind == "name" and len(key.children) == 1:
            for name in names:
                if name == key.children[0].text and isinstance(name, Renamed):
                    self._write(key.start, 0, name.now)

    def _join(self, item: Node, scope: QueryScope) -> tuple[Node, Visible | None]:
        before = len(scope.relations)
        joined = super()._join(item, scope)
        if len(item.children) == 3 and item.children[2].kind == "natural":
            self._natural(item, scope.relations[before:])
        elif len(item.children) == 3 and item.children[2].kind == "using":
            for column in item.children[2].children:
                self._using(column, scope.relations[before:])
        return joined

    def _natural(self, item: Node, relations: list[Relation]) -> None:
        """Where columns are called otherwise, NATURAL would join by others."""
        if any(isinstance(name, Renamed) for one in relations for name, _ in one.columns or ()):
            raise NotUnderstood("NATURAL over renamed columns")

    def _using(self, column: Node, relations: list[Relation]) -> None:
        """One name for a column of two tables can only follow if it is another one in both."""
        names = {called(name) for one in relations for name, _ in one.columns or () if name == column.text}
        if len(names) > 1:
            raise NotUnderstood("USING over columns that no longer share a name")
        for now in names - {column.text}:
            self._write(column.start, 0, now)


def called(name: str) -> str:
    """What a column is called in the end."""
    return name.now if isinstance(name, Renamed) else name


def _owner(scope: QueryScope, column: Node) -> Relation | None:
    """The relation of a resolved column: no two in sight have one label."""
    place = column.child("of")
    label = place.text if place is not None else ""
    relations = (relation for level in scope.levels() for relation in level.relations)
    return next((relation for relation in relations if relation.label == label), None)


def _now(owner: Relation | None, column: str) -> str | None:
    """The new name of a column; None if it keeps its name."""
    names = (name for name, _ in owner.columns or () if name == column) if owner is not None else ()
    return next((name.now for name in names if isinstance(name, Renamed)), None)


def _ambiguous(scope: QueryScope, owner: Relation, column: str) -> bool:
    """Whether a column of `owner` and one that a bare name would mean as well, or rather, come to share a name."""
    now = _now(owner, column)
    return column not in scope.joined and any(
        called(name) == (now or column) and (now is not None or isinstance(name, Renamed))
        for relation in _no_farther_than(owner, scope)
        for name, _ in relation.columns or ()
    )


def _no_farther_than(owner: Relation, scope: QueryScope) -> Iterator[Relation]:
    """The other relations at the level of `owner` and inside it: those farther out lose a bare name to it."""
    for level in scope.levels():
        yield from (relation for relation in level.relations if relation is not owner)
        if any(relation is owner for relation in level.relations):
            break
