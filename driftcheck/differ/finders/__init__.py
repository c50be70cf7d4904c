"""What looks for drift: for each family of rules, a generator of findings over two sources laid side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...findings import Finding
from ..between import Between
from . import checks, columns, indexes, keys, programs, renamed, security, tables, types

#: Every finder. A new family of rules is one more line here.
FINDERS: tuple[Callable[[Between], Iterator[Finding]], ...] = (
    renamed.find,
    tables.find,
    columns.find,
    keys.find,
    checks.find,
    indexes.find,
    types.find,
    security.find,
    programs.find,
)
