"""A piece of SQL that stands for a value, a condition or a query."""

from __future__ import annotations

from dataclasses import field

from ..frozen import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """SQL as its author wrote it, and the form by which it is compared.

    `sql` is for people (and for writers) and takes no part in equality. `canonical` is what decides: readers leave it
    empty, so that it is the text itself; `normalize/` replaces it with a form in which PostgreSQL's different
    spellings of one meaning are alike. `as_text` says that normalize could not parse `sql` and compared its words.
    """

    sql: str = field(compare=False)
    canonical: str = ""
    as_text: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if not self.canonical:
            object.__setattr__(self, "canonical", self.sql)

    def __str__(self) -> str:
        return self.sql
