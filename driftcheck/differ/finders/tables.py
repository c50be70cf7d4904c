"""Tables that one side lacks, and facts of tables themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding
from ..between import Between, reference
from ..facts import drifts
from ..owned import owner

#: Reported by finders of their own.
_ELSEWHERE = ("row_security", "force_row_security")


def find(between: Between) -> Iterator[Finding]:
    for table in between.tables.missing:
        if owner(table) is None:
            about = reference("table", table)
            yield between.missing("DR101", about, table, between.other.reading.home)
    for table in between.tables.extra:
        if owner(table) is None:
            about = reference("table", table)
            yield between.extra("DR102", about, table, between.truth.reading.home)
    for match in between.matches:
        about = reference("table", match.actual)
        yield from drifts(between, "table", match.expected, match.actual, about, skip=_ELSEWHERE)
