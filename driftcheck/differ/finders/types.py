"""Enums, domains, composite and range types, sequences, extensions, schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...findings import Finding, ObjectRef
from ...model import DEFAULT_SCHEMA, Domain, Enum, Extension, Schema, Sequence
from ..between import Between, reference
from ..facts import differing, drift, drifts
from ..meaning import by
from ..pairing import Pairing, pair
from ..serials import sequence_of, serial_sequences
from .free import compared, free, lost, readable


def find(between: Between) -> Iterator[Finding]:
    yield from _enums(between)
    yield from _domains(between)
    yield from free(between, "composite", "composites", ("DR631", "DR632"))
    yield from free(between, "range", "ranges", ("DR631", "DR632"))
    yield from _sequences(between)
    yield from _extensions(between)
    yield from _schemas(between)


def _enums(between: Between) -> Iterator[Finding]:
    pairing = compared(between, "enum", "enums")
    yield from lost(between, "enum", pairing, ("DR601", "DR602"))
    for expected, actual in pairing.pairs:
        if differing(between, "enum", expected, actual):
            code = "DR604" if _reordered(expected, actual) else "DR603"
            yield drift(between, code, "enum", expected, actual, reference("enum", actual), ["values"])


def _reordered(expected: Enum, actual: Enum) -> bool:
    return sorted(expected.values) == sorted(actual.values)


def _domains(between: Between) -> Iterator[Finding]:
    """Names of a domain's checks count only as a name would: nobody refers to them but ALTER DOMAIN."""
    pairing = compared(between, "domain", "domains")
    yield from lost(between, "domain", pairing, ("DR611", "DR612"))
    for expected, actual in pairing.pairs:
        skip = ("checks",) if _conditions(expected) == _conditions(actual) else ()
        yield from drifts(between, "domain", expected, actual, reference("domain", actual), skip)
        if skip and expected.checks != actual.checks:
            yield from _check_names(between, expected, actual)


def _conditions(domain: Domain) -> frozenset[tuple[object, ...]]:
    return frozenset((check.expression, check.validated, check.enforced) for check in domain.checks)


def _check_names(between: Between, expected: Domain, actual: Domain) -> Iterator[Finding]:
    for mine, theirs in pair(expected.checks, actual.checks, by("expression")).pairs:
        about = ObjectRef("check", actual.schema, theirs.name, actual.name)
        yield from drifts(between, "check", mine, theirs, about)


def _sequences(between: Between) -> Iterator[Finding]:
    """Sequences of serial columns come and go with their column; all others are objects of their own."""
    serial = (serial_sequences(between.expected), serial_sequences(between.actual))
    sides = (between.expected.sequences, between.actual.sequences)
    pairing = pair(*sides, by("schema", "name"))
    own: Pairing[Sequence] = Pairing(
        (),
        tuple(one for one in pairing.missing if (one.schema, one.name) not in serial[0]),
        tuple(one for one in pairing.extra if (one.schema, one.name) not in serial[1]),
    )
    if between.scope.kind("sequence"):
        yield from lost(between, "sequence", own, ("DR621", "DR622"))
    alone = [(one, _folded(between.actual, one)) for one in pairing.missing if (one.schema, one.name) in serial[0]]
    alone += [(_folded(between.expected, one), one) for one in pairing.extra if (one.schema, one.name) in serial[1]]
    for mine, theirs in alone:
        if mine is not None and theirs is not None:
            yield from drifts(between, "sequence", mine, theirs, reference("sequence", theirs), ("name", "type"))
    for expected, actual in pairing.pairs:
        inside = [(one.schema, one.name) in known for one, known in zip((expected, actual), serial, strict=True)]
        if expected == actual or not (between.scope.kind("sequence") or all(inside)):
            continue
        skip = _follows_column(between, expected, actual, inside)
        yield from drifts(between, "sequence", expected, actual, reference("sequence", actual), skip)


def _folded(schema: Schema, other: Sequence) -> Sequence | None:
    """The sequence of the same serial column on this side, where normalize took it for part of the column."""
    *key, name = other.owned_by or ("", "", "")
    table = schema.table(key[0], key[1])
    column = table.column(name) if table is not None else None
    return sequence_of(schema, (key[0], key[1]), column) if column is not None else None


def _follows_column(between: Between, expected: Sequence, actual: Sequence, inside: list[bool]) -> tuple[str, ...]:
    """What a serial column's own findings report already: its type, and whether it owns the sequence at all."""
    if inside[0] != inside[1]:
        return ("owned_by", "type")
    if not inside[0] or expected.owned_by is None or actual.owned_by is None:
        return ()
    types = []
    for side, owner in ((between.expected, expected.owned_by), (between.actual, actual.owned_by)):
        table = side.table(*owner[:2])
        column = table.column(owner[2]) if table is not None else None
        types.append(column.type if column is not None else None)
    return ("type",) if types[0] != types[1] else ()


def _extensions(between: Between) -> Iterator[Finding]:
    """Extensions by name; one without a schema is installed where an unqualified name would be."""
    if not between.scope.kind("extension"):
        return
    pairing: Pairing[Extension] = pair(between.expected.extensions, between.actual.extensions, by("name"))
    yield from lost(between, "extension", readable(between, "extensions", pairing), ("DR641", "DR642"))
    for expected, actual in pairing.pairs:
        mine, theirs = (replace(one, schema=one.schema or DEFAULT_SCHEMA) for one in (expected, actual))
        yield from drifts(between, "extension", mine, theirs, reference("extension", actual))


def _schemas(between: Between) -> Iterator[Finding]:
    if between.scope.kind("schema"):
        mine, theirs = (
            [one for one in side.namespaces if one.name != DEFAULT_SCHEMA]
            for side in (between.expected, between.actual)
        )
        yield from lost(between, "schema", pair(mine, theirs, by("name")), ("DR651", "DR652"))
