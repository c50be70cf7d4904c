"""Why one statement, or a part of one, could not be taken into the catalog. None of these leaves the reader."""

from __future__ import annotations

from typing import ClassVar

from ...sql import SqlError, Token


class UnreadableError(SqlError):
    """`why` is a clause for a gap; `token` where it was met, if that is narrower than the statement."""

    def __init__(self, why: str, token: Token | None = None, object_: str | None = None) -> None:
        super().__init__(why, token)
        self.object = object_


class RefusedError(UnreadableError):
    """PostgreSQL refuses the statement, which then changes nothing; `why` is what the server says.

    `conditions` are the names by which an EXCEPTION clause of PL/pgSQL catches it, as far as they are known.
    """

    conditions: ClassVar[frozenset[str]] = frozenset({"others"})


class UnparsedError(RefusedError):
    """PostgreSQL's grammar has no such statement: nobody knows what its author meant to change."""


class StateError(RefusedError):
    """PostgreSQL refuses the statement for what the database holds at this point."""


class MissingError(StateError):
    """The statement names something that does not exist at this point: `wanted` says what (kind, schema, name)."""

    conditions = frozenset(
        "undefined_object undefined_table undefined_column undefined_function invalid_schema_name others".split()
    )

    def __init__(
        self,
        why: str,
        token: Token | None = None,
        object_: str | None = None,
        *,
        wanted: tuple[str, str, str] | None = None,
    ) -> None:
        super().__init__(why, token, object_)
        self.wanted = wanted


class DuplicateError(StateError):
    """The statement creates something that exists already."""

    conditions = frozenset(
        """
        duplicate_object duplicate_table duplicate_column duplicate_schema duplicate_function duplicate_alias
        unique_violation invalid_table_definition others
        """.split()
    )


class ForeignError(Exception):
    """The statement changes something in a schema that these files do not define; nothing to model, and no gap."""

    def __init__(self, schema: str) -> None:
        super().__init__(schema)
        self.schema = schema


class UnmadeError(Exception):
    """The statement changes something that was refused for want of what no statement makes: a gap says so already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
