"""CREATE TABLE and CREATE INDEX of a table, as SQLAlchemy's dialect of another engine than PostgreSQL writes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.schema import CreateIndex, CreateTable

from .compiling import Compiler, why


def of_table(table: Any, compiler: Compiler, gap: Any) -> list[str]:
    """The statements that `create_all` would run; none, and a gap, where one of them has no form."""
    try:
        found = [str(CreateTable(table).compile(dialect=compiler.dialect))]
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            statement = CreateIndex(index)
            if compiler.is_created(index, statement):
                found.append(str(statement.compile(dialect=compiler.dialect)))
    except Exception as error:  # noqa: BLE001 # types and expressions are the project's own code
        gap(str(table.name), why(error), None, "columns")
        return []
    return found
