"""Why one statement, or a part of one, could not be taken into the catalog. None of these leaves the reader."""

from __future__ import annotations

from ...sql import SqlError, Token


class UnreadableError(SqlError):
    """`why` is a clause for a gap; `token` where it was met, if that is narrower than the statement."""

    def __init__(self, why: str, token: Token | None = None, object_: str | None = None) -> None:
        super().__init__(why, token)
        self.object = object_


class MissingError(UnreadableError):
    """The statement names something that does not exist at this point (PostgreSQL's undefined_… conditions)."""


class DuplicateError(UnreadableError):
    """The statement creates something that exists already (PostgreSQL's duplicate_… conditions)."""


class ForeignError(Exception):
    """The statement changes something in a schema that these files do not define; nothing to model, and no gap."""

    def __init__(self, schema: str) -> None:
        super().__init__(schema)
        self.schema = schema
