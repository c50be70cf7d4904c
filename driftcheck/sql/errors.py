"""Text that PostgreSQL would not take, or that a reader of it did not expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tokens import Token


class SqlError(ValueError):
    """`why` is a clause for people; `token` is where it was met, if that is known."""

    def __init__(self, why: str, token: Token | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.token = token
