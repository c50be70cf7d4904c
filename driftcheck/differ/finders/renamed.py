"""Tables and columns that seem to have got another name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...findings import Finding, ObjectRef, Side
from ...model import Column, Table
from .. import definitions
from ..between import Between, reference


def find(between: Between) -> Iterator[Finding]:
    for old, new in sorted(between.renames.tables.items()):
        mine, theirs = between.truth.schema.table(*old), between.actual.table(*new)
        if mine is not None and theirs is not None:
            yield _table(between, mine, theirs)
    for key, columns in sorted(between.renames.columns.items()):
        table, stand_in = between.actual.table(*key), between.expected.table(*key)
        for before, after in sorted(columns.items()):
            if table is not None and stand_in is not None:
                yield _column(between, table, before, stand_in.column(after), table.column(after))


def _table(between: Between, mine: Table, theirs: Table) -> Finding:
    about = reference("table", theirs)
    names = {column.name for column in mine.columns}
    common = sum(column.name in names for column in theirs.columns)
    references = (str(reference("table", one)) for one in (mine, theirs))
    expected, actual = references
    message = (
        f"{between.other.name} has a table {actual}, {between.truth.name} a table {expected}: "
        f"one table under two names? {common} of {len(names)} column names are the same"
    )
    sides = (Side(expected, mine.location), Side(actual, theirs.location))
    return between.finding("DR103", about, *sides, message, subjects=(mine, theirs))


def _column(between: Between, table: Table, before: str, mine: Column | None, theirs: Column | None) -> Finding:
    assert mine is not None
    assert theirs is not None
    about = reference("column", theirs, table)
    there = ObjectRef("column", table.schema, before, table.name)
    message = (
        f"{between.other.name} has {about}, {between.truth.name} {there}: one column under two names? "
        f"{_why(mine, theirs)}{_reference(table, theirs.name)}, and nothing else fits as well"
    )
    sides = (Side(before, mine.location), Side(theirs.name, theirs.location))
    subjects = (replace(mine, name=before), theirs)
    return between.finding("DR210", about, *sides, message, subjects=subjects)


def _why(mine: Column, theirs: Column) -> str:
    said = [definitions.column(one) for one in (mine, theirs)]
    return f"both are {said[1]}" if said[0] == said[1] else f"one is {said[1]}, the other {said[0]}"


def _reference(table: Table, column: str) -> str:
    for key in table.foreign_keys:
        if column in key.columns:
            return f" referring to {key.target_table}"
    return ""
