"""Statements that PostgreSQL refuses within a transaction block, which then fails as a whole."""

from __future__ import annotations

from ..cursor import Cursor
from ..errors import StateError
from ..session import Session

#: The first words of those that make nothing of a schema, or what belongs to the server.
_ALONE = (
    ("vacuum",), ("create", "database"), ("drop", "database"), ("create", "tablespace"), ("drop", "tablespace"),
    ("alter", "system"), ("reindex", "database"), ("reindex", "system"),
)  # fmt: skip


def not_in_transaction(session: Session, what: str) -> None:
    """Raises StateError within a transaction block."""
    if session.in_transaction:
        raise StateError(f"{what} cannot run inside a transaction block")


def check_alone(cursor: Cursor, session: Session) -> None:
    """Raises StateError for a statement that must be alone, and is not."""
    words = tuple(token.word for token in cursor.tokens[:4])
    for alone in _ALONE:
        if words[: len(alone)] == alone:
            not_in_transaction(session, " ".join(alone).upper())
    if words[0] == "reindex" and "concurrently" in words:
        not_in_transaction(session, "REINDEX CONCURRENTLY")
