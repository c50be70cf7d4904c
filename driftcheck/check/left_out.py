"""What a look around left out, as the report says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..differ.rules import rule
from ..findings import Finding, LeftOut, ObjectRef, Side
from ..model import DEFAULT_SCHEMA, Location
from ..reading import Source
from .related import share_a_table


def left_out_findings(left_out: Iterable[LeftOut], truth: Source) -> list[Finding]:
    """DR907 for each that describes tables of the sources: it could drift, and nobody would see it."""
    which = rule("left-out")
    return [
        Finding(
            which,
            which.severity,
            truth.name,
            ObjectRef("file", DEFAULT_SCHEMA, one.path),
            Side(None),
            Side(one.path, Location(one.path)),
            f"{one.path} was left out: {one.reason}; if it counts, name it, else say what counts: driftcheck init",
        )
        for one in left_out
        if one.same_tables
    ]


def cautions(left_out: Iterable[LeftOut], sources: Sequence[Source]) -> tuple[str, ...]:
    """What stands above the findings: what was stood in for, and what was left out without being a finding."""
    said = [f"{source.name}: {caution}" for source in sources for caution in source.reading.cautions]
    truth, *others = sources
    apart = [f"{truth.name} and {one.name} share no table" for one in others if not share_a_table(truth, one)]
    said += [f"{words}: are they of one database? Each table is missing in one of them" for words in apart]
    return (*said, *(f"left out {one}" for one in left_out if not one.same_tables))
