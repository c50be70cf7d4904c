"""What listens for the creation of tables, called as `create_all` calls it, with a connection that only listens.

A statement's text is what is of use; whatever a listener asks of the connection is answered as by an empty database.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.schema import AddConstraint

from .compiling import Compiler, why, word
from .engines import Nothing, UnconnectedDialect

Facts = dict[str, Any]
_MOST = 1_000


class Heard(Nothing):
    """A connection that notes the SQL that it is given."""

    def __init__(self, compiler: Compiler) -> None:
        self.statements: list[str] = []
        self.dialect: Any = UnconnectedDialect()
        self._compiler = compiler

    def execute(self, statement: Any, *_: Any, **__: Any) -> Any:
        # What adds a constraint of the models is described with its table.
        if not isinstance(statement, AddConstraint) and len(self.statements) < _MOST:
            self.statements.append(
                statement if isinstance(statement, str) else str(statement.compile(dialect=self._compiler.dialect))
            )
        return Nothing()

    exec_driver_sql = execute

    def scalar(self, statement: Any, *_: Any, **__: Any) -> Any:
        self.execute(statement)
        return None

    def scalars(self, statement: Any, *_: Any, **__: Any) -> Any:
        return self.execute(statement)


def heard(listener: Any, target: Any, compiler: Compiler, at: Any) -> list[Facts]:
    """The statements that `listener` runs when `target` is created, or why that is not known."""
    connection = Heard(compiler)
    metadata = getattr(target, "metadata", target)
    named = {"schema": word(target.schema), "table": str(target.name)} if target is not metadata else {}
    common: Facts = {"schema": None, "table": None, **named, "at": at, "why": None}
    error = None
    try:
        listener(target, connection, tables=list(metadata.tables.values()), checkfirst=False, _ddl_runner=Nothing())
    except (Exception, SystemExit) as raised:  # noqa: BLE001 # the project's own code, on a connection that it did not expect
        error = why(raised)
    heard = [{**common, "sql": statement} for statement in connection.statements]
    return heard if error is None else [*heard, {**common, "sql": "", "why": error}]
