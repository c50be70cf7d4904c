"""What the worker's SQLAlchemy writes for another engine than PostgreSQL, replayed, at the places of the models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...budget import Budget
from ...dialects import Dialect
from ...model import DEFAULT_SCHEMA, Column, Location, Opaque, Table, View
from ...model.expressions import Expression
from ...reading import Gap
from ...worker.answer import ColumnFacts, Description, Place, TableFacts

Locate = Callable[[Place | None], Location | None]


class Replayed:
    """The schema of one answer, and what is not in it."""

    def __init__(self, document: Description, dialect: Dialect, budget: Budget, locate: Locate, home: Location) -> None:
        assert dialect.replay is not None
        self._locate, self._home = locate, home
        replay = dialect.replay.load()(budget)
        self.gaps = [Gap(self._at(gap.at), gap.what, gap.why, gap.object) for gap in document.gaps]
        written = [facts for facts in document.tables if facts.ddl]
        for facts in written:
            for statement in facts.ddl:
                replay.file(self._at(facts.at).path, statement, self._at(facts.at))
        self.gaps += replay.gaps
        found = replay.schema()
        by_name = {facts.name.lower(): facts for facts in written}
        tables = tuple(self._placed(table, by_name[table.name.lower()]) for table in found.tables)
        unread = tuple(self._opaque("table", facts.name, facts.at) for facts in document.tables if not facts.ddl)
        views = [facts for facts in document.views if not facts.definition]
        self.schema = replace(
            found,
            tables=tables,
            views=tuple(
                View(
                    schema=DEFAULT_SCHEMA,
                    name=facts.name,
                    definition=Expression(facts.definition),
                    location=self._locate(facts.at),
                )
                for facts in document.views
                if facts.definition
            ),
            opaque=(
                *found.opaque,
                *unread,
                *(self._opaque("view", one.name, one.at) for one in views),
                *(self._opaque(one.kind, one.name, one.at) for one in document.lost),
            ),
            unknown=found.unknown | frozenset(document.unlisted),
        )
        self.unmodelled = replay.statements.unmodelled

    def _at(self, at: Place | None) -> Location:
        return self._locate(at) or self._home

    def _opaque(self, kind: str, name: str, at: Place | None) -> Opaque:
        return Opaque(kind=kind, schema=DEFAULT_SCHEMA, name=name, location=self._locate(at))

    def _placed(self, table: Table, facts: TableFacts) -> Table:
        """`table` where the models declare it, with what their own code fills in."""
        said = {column.name.lower(): column for column in facts.columns}
        columns = tuple(self._column(column, said.get(column.name.lower())) for column in table.columns)
        at = {column.name: column.location for column in columns}
        indexes = {index.name: self._locate(index.at) for index in facts.indexes if index.name}
        key = table.primary_key
        return replace(
            table,
            columns=columns,
            primary_key=replace(key, location=at.get(key.columns[0])) if key is not None else None,
            foreign_keys=tuple(replace(one, location=at.get(one.columns[0])) for one in table.foreign_keys),
            uniques=tuple(replace(one, location=at.get(one.columns[0])) for one in table.uniques),
            indexes=tuple(
                replace(one, location=indexes.get(one.name) or at.get(one.keys[0].column or "") or one.location)
                for one in table.indexes
            ),
            unknown=table.unknown | frozenset(facts.unknown),
        )

    def _column(self, column: Column, facts: ColumnFacts | None) -> Column:
        if facts is None:
            return column
        return replace(
            column,
            location=self._locate(facts.at) or column.location,
            application_default=facts.application_default,
            application_onupdate=facts.application_onupdate,
            unknown=frozenset(facts.unknown),
        )
