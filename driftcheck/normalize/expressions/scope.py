"""Which relation a column name means: an item of FROM, of a query around it, or the expression's own table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from ...frozen import dataclass
from ...model import ColumnType
from ..known import Columns
from .tree import Node

#: The columns that an item of FROM gives to a `*`: names, and what they mean.
Visible = tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Something with columns. `label` takes the place of its alias ("" for the expression's own table).

    `columns` is None if nobody knows them. `only` is the single column of a function in FROM: the alias means it too.
    `own` are what the columns are called by themselves, where a list behind the alias gives them other names.
    """

    label: str
    alias: str
    schema: str | None = None
    columns: Columns | None = None
    only: bool = False
    own: tuple[str, ...] = ()

    def type_of(self, name: str) -> ColumnType | None:
        return dict(self.columns or ()).get(name)

    def has(self, name: str) -> bool:
        return any(column == name for column, _ in self.columns or ())

    def column(self, name: str) -> Node:
        place = (Node("of", self.label),) if self.label else ()
        return Node("column", "" if self.only else self._by_itself(name), place, self.type_of(name))

    def _by_itself(self, name: str) -> str:
        """The column that a list of names calls `name`."""
        names = [column for column, _ in self.columns or ()]
        return self.own[names.index(name)] if self.own and name in names else name

    def visible(self) -> Visible | None:
        """All columns in order, as `*` gives them."""
        if self.columns is None:
            return None
        return tuple((name, self.column(name)) for name, _ in self.columns[: 1 if self.only else None])


@dataclass(slots=True)
class QueryScope:
    """The relations of one level; `parent` is the level around it. `joined` are columns that USING made one.

    `visible` are the columns of each item of FROM, None for an item of which they are not known.
    """

    relations: list[Relation] = field(default_factory=list)
    parent: QueryScope | None = None
    joined: dict[str, Node] = field(default_factory=dict)
    visible: list[Visible | None] = field(default_factory=list)
    common: dict[str, Columns | None] = field(default_factory=dict)

    def levels(self) -> Iterator[QueryScope]:
        level: QueryScope | None = self
        while level is not None:
            yield level
            level = level.parent

    def label(self, name: str) -> str:
        """A label for the relation `name` that no relation in sight has."""
        taken = {relation.label for level in self.levels() for relation in level.relations}
        label, number = name, 1
        while label in taken:
            number += 1
            label = f"{name}#{number}"
        return label

    def common_table(self, name: str) -> tuple[Columns | None] | None:
        """The columns of the WITH query `name`, in a 1-tuple; None if there is no such query in sight."""
        for level in self.levels():
            if name in level.common:
                return (level.common[name],)
        return None

    def resolve(self, parts: tuple[str, ...]) -> Node | None:
        """The column (or whole row) that `parts` mean, or None if that cannot be known."""
        return self._bare(parts[0]) if len(parts) == 1 else self._dotted(parts)

    def _bare(self, name: str) -> Node | None:
        for level in self.levels():
            if name in level.joined:
                return level.joined[name]
            found = [relation for relation in level.relations if relation.has(name)]
            if len(found) == 1:
                return found[0].column(name)
            if found:
                return None
            blind = [relation for relation in level.relations if relation.columns is None]
            if blind:
                return self._guess(name, level, blind)
        return self._whole_row(name)

    def _guess(self, name: str, level: QueryScope, blind: list[Relation]) -> Node | None:
        """A name at a level with relations of unknown columns: theirs only if nothing farther out could be meant."""
        outside = level.parent.levels() if level.parent else iter(())
        if len(blind) > 1 or any(
            relation.has(name) or relation.columns is None for outer in outside for relation in outer.relations
        ):
            return None
        return self._whole_row(name) or blind[0].column(name)

    def _whole_row(self, name: str) -> Node | None:
        for level in self.levels():
            for relation in level.relations:
                if name and relation.alias == name and (relation.label or relation.columns is not None):
                    return relation.column(name) if relation.only else Node("row_of", relation.label)
        return None

    def relation(self, parts: tuple[str, ...]) -> Relation | None:
        """The relation that `parts` name: an alias, a table's name, or schema and table."""
        for level in self.levels():
            for relation in level.relations:
                if relation.alias == parts[-1] and (len(parts) == 1 or relation.schema == parts[-2]):
                    return relation
        return None

    def _dotted(self, parts: tuple[str, ...]) -> Node | None:
        relation = self.relation(parts[:-1])
        return relation.column(parts[-1]) if relation is not None else None
