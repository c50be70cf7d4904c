"""Keys, checks and indexes of sqlite-core: which of them drizzle-kit names, and which it makes unique indexes of."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from .... import model
from ....dialects.sqlite.cursor import Cursor
from ....dialects.sqlite.lexer import NotSqlite, Statement, tokens
from ....dialects.sqlite.replay import index_keys
from ....typescript.runtime.values import Unknown, Value
from .. import naming
from ..columns import IndexedColumn, PgColumn
from ..constraints import IndexBuilder
from ..keys import KeyReader
from ..literals import NotKnown
from ..rendering import Renderer
from ..sql import SqlObject

#: Names that nobody reads in the database: drizzle-kit 0.x gives none.
_UNNAMED = frozenset({"name"})


class SqliteKeys(KeyReader):
    """0.x makes unique indexes of unique keys, and names neither primary nor foreign keys; 1.0 names them all."""

    def cut(self, name: str) -> str:
        """SQLite keeps names whole."""
        return name

    def _column_primary_key(self) -> None:
        columns = [column for column in self.table.columns.values() if column.facts.primary]
        if columns:
            names = tuple(column.name for column in columns)
            self.keys.primary_key = model.PrimaryKey(
                name=f"{self.name}_pk", columns=names, location=columns[0].location, unknown=_UNNAMED
            )

    def _primary_key(self, builder: object) -> None:
        super()._primary_key(builder)  # type: ignore[arg-type]
        key = self.keys.primary_key
        if key is not None and (self.stable or len(key.columns) == 1):
            self.keys.primary_key = replace(key, unknown=_UNNAMED)
        elif key is not None and self._given(getattr(builder, "name", None)) is None:
            self.keys.primary_key = replace(key, name=f"{self.name}_pk")

    def _drop_redundant_uniques(self) -> None:
        """SQLite makes one index of several keys on the same columns; normalize sees to that."""

    def _add_unique(
        self, name: str | None, columns: list[PgColumn], nulls_distinct: bool, location: model.Location | None
    ) -> None:
        called = name or naming.unique_name(self.name, self._words(columns))
        names = tuple(column.name for column in columns)
        if self.stable:
            keys = tuple(model.IndexKey(column=one) for one in names)
            self.keys.indexes.append(model.Index(name=called, keys=keys, unique=True, location=location))
            return
        unknown = _UNNAMED if name is None and len(columns) == 1 else frozenset[str]()
        self.keys.uniques.append(model.Unique(name=called, columns=names, location=location, unknown=unknown))

    def _foreign_key_named(self, name: str | None, key: model.ForeignKey) -> model.ForeignKey:
        if self.stable:
            return replace(key, unknown=_UNNAMED)
        if name is not None:
            return replace(key, name=name)
        parts = [self.name, *key.columns, key.target_table, *key.target_columns]
        return replace(key, name=f"fk_{'_'.join(parts)}_fk")

    def _index(self, builder: IndexBuilder) -> None:
        if self._given(builder.name) is None and not builder.keys_:
            raise NotKnown(Unknown("it has no columns"))
        super()._index(builder)

    def _keys(self, value: Value) -> list[model.IndexKey]:
        if isinstance(value, Unknown):
            raise NotKnown(value)
        if isinstance(value, PgColumn):
            return [model.IndexKey(column=value.name)]
        if isinstance(value, IndexedColumn):
            down = value.descending
            return [model.IndexKey(column=value.column.name, descending=down, nulls_first=down)]
        if not isinstance(value, SqlObject):
            raise NotKnown(Unknown("one of its keys is neither a column nor SQL"))
        text = f"({Renderer(self.context.budget, bare=True).render(value)})"
        columns = frozenset(column.name for column in self.table.columns.values())
        with suppress(NotSqlite):
            cursor = Cursor(Statement(text, tuple(tokens(text))))
            found = index_keys(cursor, columns)
            if cursor.done:
                return list(found)
        raise NotKnown(Unknown("one of its keys is not understood"))
