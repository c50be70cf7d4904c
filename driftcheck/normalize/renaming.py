"""A schema's expressions as they are where tables and columns are called otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from typing import Any, TypeVar, cast

from ..model import Check, Column, Exclusion, Expression, Generated, Index, Policy, Schema, Table, Trigger, View
from ..sql.references import things_named
from ..sql.renames import renamed_columns
from .constraints import canonical_check, canonical_exclusion
from .expressions import Site, assignment, query
from .expressions.parser import parse_expression, parse_query
from .expressions.respelling import Key, NewNames, Renamed, Respelling, called, marked
from .indexes import canonical_index
from .known import Columns, Known, known_of
from .programs import canonical_trigger
from .security import canonical_policy
from .views import with_views

T = TypeVar("T")


@dataclass(frozen=True)
class Renaming:
    """What `schema` says in the names that `other` has for it.

    `known` is what `schema` declares, its columns aware of their new names; those of its views, too, which follow the
    columns they show unless `other` keeps the old name for them. `after` is the same in the new names alone; `old` are
    the names that are no more.
    """

    names: NewNames
    known: Known
    after: Known
    old: frozenset[str]

    @classmethod
    def between(
        cls, schema: Schema, other: Schema, tables: Mapping[Key, Key], columns: Mapping[Key, Mapping[str, str]]
    ) -> Renaming:
        """`tables` and `columns` are the new names, those of columns by the old key of their table."""
        names = NewNames(tables, columns)
        theirs = with_views(known_of(other), other.views).columns
        known = _with_views(names.known(known_of(schema)), schema.views, names, theirs)
        old = {str(name) for found in known.columns.values() for name, _ in found if isinstance(name, Renamed)}
        return cls(names, known, _after(known, names), frozenset(old | {name for _, name in tables}))

    def columns(self, key: Key) -> dict[str, str]:
        """Columns of a view or table that are called otherwise: old name → new name."""
        if key in self.names.columns:
            return dict(self.names.columns[key])
        return {str(name): name.now for name, _ in self.known.columns.get(key, ()) if isinstance(name, Renamed)}

    def mentioned(self, sql: str) -> bool:
        """Whether `sql` may speak of anything that is called otherwise."""
        return "*" in sql or not things_named(sql).isdisjoint(self.old)

    def respelled(self, thing: T, table: Key) -> T:
        """`thing`, which is in `table` (old name), with the SQL of every expression in the new names."""
        return cast(T, self._respelled(thing, self._speller(thing, table), fresh=False))

    def _speller(self, thing: Any, table: Key) -> Callable[[str], str]:
        if table in self.names.columns and table not in self.known.columns:
            return partial(renamed_columns, columns=self.names.columns[table])
        of = Site.of_trigger if isinstance(thing, Trigger) else Site.of_table
        return partial(self._text, site=of(self.known, *table), columns=self.columns(table))

    def _respelled(self, thing: Any, spell: Callable[[str], str], *, fresh: bool) -> Any:
        """`fresh` ones have no canonical form: the old one is that of the old names."""
        if isinstance(thing, Expression):
            text = spell(thing.sql) if self.mentioned(thing.sql) else thing.sql
            return Expression(text) if fresh else replace(thing, sql=text)
        if isinstance(thing, tuple):
            return tuple(self._respelled(item, spell, fresh=fresh) for item in thing)
        if is_dataclass(thing) and not isinstance(thing, type):
            changed = {
                field.name: self._respelled(value, spell, fresh=fresh)
                for field in fields(thing)
                if isinstance(value := getattr(thing, field.name), tuple) or is_dataclass(value)
            }
            return replace(thing, **changed)
        return thing

    def _text(self, sql: str, site: Site, columns: Mapping[str, str]) -> str:
        try:
            reader = Respelling(sql, self.known, self.names)
            reader.visit(parse_expression(sql), site.scope())
        except (ValueError, RecursionError):
            return renamed_columns(sql, columns)
        return reader.text()

    def translated(self, thing: T, old: Key, table: Table) -> T:
        """`thing`, whose own names are new already, with canonical forms in the new names and the SQL as it was.

        It is in what was called `old` and is now `table`.
        """
        if not any(map(self.mentioned, _sql_of(thing))):
            return thing
        again = self._respelled(thing, self._speller(thing, old), fresh=True)
        return cast(T, _in_words_of(thing, self._canonical(again, table, Site.of_table(self.after, *table.key))))

    def generated(self, column: Column, old: Key, table: Key) -> Generated | None:
        """What fills the column, in the new names."""
        if column.generated is None or not self.mentioned(column.generated.expression.sql):
            return column.generated
        again: Generated = self._respelled(column.generated, self._speller(column, old), fresh=True)
        found = assignment(again.expression, Site.of_table(self.after, *table), column.type)
        return replace(again, expression=replace(found, sql=column.generated.expression.sql))

    def _canonical(self, thing: Any, table: Table, site: Site) -> Any:
        match thing:
            case Check():
                return canonical_check(thing, site)
            case Exclusion():
                return canonical_exclusion(thing, table, site)
            case Index():
                return canonical_index(thing, table, site, self.after.types)
            case Policy():
                return canonical_policy(thing, self.after)
            case Trigger():
                return canonical_trigger(thing, self.after)
        return thing

    def view(self, view: View) -> View:
        """`view` with the query's canonical form in the new names."""
        if "definition" in view.unknown or view.definition.as_text or not self.mentioned(view.definition.sql):
            return view
        before = query(Expression(view.definition.sql), self.known)[0].canonical
        columns = self.known.columns.get((view.schema, view.name))
        if before != view.definition.canonical or columns is None:
            return view
        text = _query_text(view, self.known, self.names)[0]
        found = query(Expression(text), self.after, tuple(called(name) for name, _ in columns))[0]
        return replace(view, definition=replace(found, sql=view.definition.sql))


between = Renaming.between


def _sql_of(thing: Any) -> Iterator[str]:
    """The SQL of every expression in `thing`."""
    if isinstance(thing, Expression):
        yield thing.sql
    elif isinstance(thing, tuple):
        yield from (sql for item in thing for sql in _sql_of(item))
    elif is_dataclass(thing):
        yield from (sql for field in fields(thing) for sql in _sql_of(getattr(thing, field.name)))


def _in_words_of(written: Any, thing: Any) -> Any:
    """`thing` with the SQL of the like object `written`."""
    if isinstance(thing, Expression) and isinstance(written, Expression):
        return replace(thing, sql=written.sql)
    if isinstance(thing, tuple) and isinstance(written, tuple) and len(thing) == len(written):
        return tuple(map(_in_words_of, written, thing))
    if is_dataclass(thing) and not isinstance(thing, type) and type(thing) is type(written):
        changed = {field.name: _in_words_of(getattr(written, field.name), value)
                   for field in fields(thing)
                   if isinstance(value := getattr(thing, field.name), tuple) or is_dataclass(value)}  # fmt: skip
        return replace(thing, **changed)
    return thing


def _after(known: Known, names: NewNames) -> Known:
    columns = {
        names.tables.get(key, key): tuple((called(name), type_) for name, type_ in found)
        for key, found in known.columns.items()
    }
    return replace(known, columns=columns)


def followed(expression: Expression, table: Key, known: Known, names: NewNames) -> Expression | None:
    """A condition on `table` once things are called otherwise; None if its grammar is not known."""
    try:
        reader = Respelling(expression.sql, known, names)
        reader.visit(parse_expression(expression.sql), Site.of_table(known, *table).scope())
    except (ValueError, RecursionError):
        return None
    return Expression(reader.text())


def followed_view(view: View, known: Known, names: NewNames) -> View | None:
    """A view once what it reads is called otherwise: PostgreSQL keeps the names of its own columns.

    None if its grammar, or what it shows, is not known.
    """
    text, columns = _query_text(view, known, names)
    if columns is None:
        return None
    kept = tuple(str(name) for name, _ in columns)
    listed = kept if any(isinstance(name, Renamed) for name, _ in columns) else view.columns
    return replace(view, definition=Expression(text), columns=listed)


def _with_views(known: Known, views: tuple[View, ...], names: NewNames, theirs: Mapping[Key, Columns]) -> Known:
    """`known` with the columns of `views`, in rounds: a view may depend on another."""
    columns: dict[Key, Columns] = dict(known.columns)
    for _ in views:
        known = replace(known, columns=dict(columns))
        for view in views:
            if "definition" not in view.unknown:
                found = _query_text(view, known, names)[1]
                if found is not None:
                    columns[view.schema, view.name] = _kept(found, theirs.get((view.schema, view.name)))
        if columns == known.columns and _new_names(columns) == _new_names(known.columns):
            break
    return known


def _query_text(view: View, known: Known, names: NewNames) -> tuple[str, Columns | None]:
    try:
        reader = Respelling(view.definition.sql, known, names)
        _, columns = reader.view(parse_query(view.definition.sql), view.columns)
    except (ValueError, RecursionError):
        return view.definition.sql, None
    return reader.text(), columns


def _kept(columns: Columns, theirs: Columns | None) -> Columns:
    """A view's columns under their old names where the other source's view has those."""
    if theirs is None or len(theirs) != len(columns):
        return columns
    kept = {str(mine) for (mine, _), (other, _) in zip(columns, theirs, strict=True) if mine == other}
    names = {str(name): name.now for name, _ in columns if isinstance(name, Renamed) and name not in kept}
    return marked(tuple((str(name), type_) for name, type_ in columns), names)


def _new_names(columns: Mapping[Key, Columns]) -> dict[Key, list[str]]:
    return {key: [name.now for name, _ in found if isinstance(name, Renamed)] for key, found in columns.items()}
