"""PostgreSQL's words for SQLAlchemy's objects, by SQLAlchemy's own PostgreSQL compilers.

What `create_all` would do against a server is followed piece by piece rather than by compiling CREATE TABLE, so that
one thing that cannot be compiled costs that one thing.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from sqlalchemy import exc
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects.postgresql.base import PGDialect

_COLLATE = re.compile(r"(?s)(.*?) COLLATE (.+?)((?:\[\])*)")
#: Longer than any chain of decorators and variants that means something.
_DEEPEST = 20


class Compiler:
    """SQLAlchemy's PostgreSQL dialect, set as a connection to a server with its defaults would set it; or another one,
    by its name.
    """

    def __init__(self, name: str = "") -> None:
        # The paramstyle keeps `%` single, as the server sees it; the driver would undo the doubling.
        dialect: Any = import_module(f"sqlalchemy.dialects.{name}").dialect if name else PGDialect
        self.dialect: Any = dialect(paramstyle="named")
        self.dialect._backslash_escapes = False
        self.preparer: Any = self.dialect.identifier_preparer
        self.ddl: Any = self.dialect.ddl_compiler(self.dialect, None)
        # Since SQLAlchemy 2.1 the server decides whether a generated column is stored, if the author does not.
        self.leaves_storage_open = hasattr(self.dialect, "supports_virtual_generated_columns")
        self._types: Any = getattr(self.dialect, "type_compiler_instance", None) or self.dialect.type_compiler

    def expression(self, clause: Any) -> str:
        """`clause` as SQL, values written out. Raises SQLAlchemy's errors if it has none."""
        return str(self.ddl.sql_compiler.process(clause, include_table=False, literal_binds=True))

    def literal(self, value: str) -> str:
        text: str = self.ddl.sql_compiler.render_literal_value(value, sqltypes.String())
        return text

    def type_and_collation(self, type_: Any, column: Any = None) -> tuple[str, str | None]:
        """The type's SQL and the collation that SQLAlchemy would write behind it."""
        text: str = self._types.process(type_, type_expression=column, identifier_preparer=self.preparer)
        if match := _COLLATE.fullmatch(text):
            return match[1] + match[3], match[2]
        return text, None

    def resolved(self, type_: Any) -> Any:
        """What `type_` is in the dialect, beneath decorators and variants."""
        for _ in range(_DEEPEST):
            variants = getattr(type_, "_variant_mapping", None)
            if variants and self.dialect.name in variants:
                type_ = variants[self.dialect.name]
            elif isinstance(type_, sqltypes.TypeDecorator):
                type_ = type_.load_dialect_impl(self.dialect)
            else:
                break
        return type_

    def name(self, element: Any) -> str | None:
        """The name of a constraint or index as SQLAlchemy would write it; None where it would write none.

        Names that its own rules make are cut by its own rule; names that the author wrote are left to PostgreSQL,
        which cuts them (where `create_all` refuses to send them).
        """
        if element.name is None:
            return None
        try:
            name = self.preparer.format_constraint(element, _alembic_quote=False)
        except exc.IdentifierError:
            name = element.name
        return None if name is None else str(name)

    def is_created(self, element: Any, statement: Any = None) -> bool:
        """Whether `create_all` on PostgreSQL would make `element`, by its own rule and `ddl_if`.

        A constraint that an `AddConstraint` event creates is kept out of CREATE TABLE only, so it is made all the same.
        """
        rule = getattr(element, "_create_rule", None)
        if rule is not None and not self.is_added(element) and not rule(self.ddl):
            return False
        condition = getattr(element, "_ddl_if", None)
        if condition is None:
            return True
        return bool(condition._should_execute(statement, element, None, compiler=self.ddl))

    def is_added(self, constraint: Any) -> bool:
        """Whether an event adds `constraint` to its table after CREATE TABLE."""
        rule = getattr(constraint, "_create_rule", None)
        return "_create_rule_disable" in (getattr(rule, "name", ""), getattr(rule, "__name__", ""))


def word(value: Any) -> str | None:
    """A name or word that the project gave, which need not be a string."""
    return None if value is None else str(value)


def why(error: BaseException) -> str:
    """An error as one short line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:200]
