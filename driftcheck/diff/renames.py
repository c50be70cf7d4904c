"""Tables and columns that seem to have got another name, offered with the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..findings import Finding
from ..model import Schema
from .between import Between


@dataclass(frozen=True, slots=True)
class Renames:
    """What the other source calls differently."""


def find_renames(truth: Schema, other: Schema) -> Renames:
    return Renames()


def translate(schema: Schema, renames: Renames) -> Schema:
    return schema


def rename_findings(between: Between, renames: Renames) -> Iterator[Finding]:
    yield from ()
