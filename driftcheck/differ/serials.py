"""Serial columns: an integer, a default that counts, and the sequence it counts with, reported as one fact."""

from __future__ import annotations

from ..model import DEFAULT_SCHEMA, Column, Schema, Sequence
from ..sql.references import RELATION, names_in_strings


def serial_sequences(schema: Schema) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Sequences that belong to a serial column, each with the column: owned by it, and read by its default.

    They come and go with their column, so they are never missing or extra by themselves.
    """
    tables = {table.key: table for table in schema.tables}
    found = {}
    for sequence in schema.sequences:
        if sequence.owned_by is None:
            continue
        table = tables.get(sequence.owned_by[:2])
        column = table.column(sequence.owned_by[2]) if table is not None else None
        if column is not None and _counts_with(column, sequence):
            found[sequence.schema, sequence.name] = sequence.owned_by
    return found


def _counts_with(column: Column, sequence: Sequence) -> bool:
    return counts(column) and column.default is not None and sequence.name in column.default.sql


def counts(column: Column) -> bool:
    """Whether the column's default takes the next value of a sequence."""
    return column.default is not None and "nextval(" in column.default.sql.lower()


def sequence_of(schema: Schema, table: tuple[str, str], column: Column) -> Sequence | None:
    """The sequence that belongs to a serial column. Where `normalize` has taken it for part of the column, it is made
    again from the default that names it.
    """
    owner = (*table, column.name)
    for sequence in schema.sequences:
        if sequence.owned_by == owner:
            return sequence
    if column.default is None or not is_serial(column):
        return None
    found = _named(column)
    if found is None:
        return None
    where, name = found
    return Sequence(
        schema=where or table[0], name=name, type=str(column.type), owned_by=owner, location=column.location
    )


def _named(column: Column) -> tuple[str | None, str] | None:
    """The sequence that a default names, with its schema if that is said."""
    names = names_in_strings(column.default.sql) if column.default is not None else ()
    return next(((name.schema, name.name) for name in names if name.role == RELATION), None)


def is_one_sequence(expected: Column, actual: Column) -> bool:
    """Whether both columns count with a sequence of one name, which only one of them owns."""
    if is_serial(expected) == is_serial(actual) or not (counts(expected) and counts(actual)):
        return False
    names = [_named(expected), _named(actual)]
    if names[0] is None or names[1] is None:
        return False
    return {(schema or DEFAULT_SCHEMA, name) for schema, name in filter(None, names)} == {
        (names[0][0] or DEFAULT_SCHEMA, names[0][1])
    }


def is_serial(column: Column) -> bool:
    """Whether `normalize` says that the column counts with a sequence of its own."""
    return column.default is not None and column.default.canonical == "(nextval own)"
