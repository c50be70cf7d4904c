"""Row-level security, policies and roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from ...findings import Finding, ObjectRef
from ...model import Policy, Trigger
from .. import meaning
from ..between import Between, reference, unreadable
from ..facts import differing, drift, drifts
from ..matching import TableMatch
from ..meaning import by
from ..pairing import Pairing, Stage, pair
from .free import lost

T = TypeVar("T", Policy, Trigger)

#: Roles that the server resolves when a policy is made.
_WHOEVER = frozenset({"current_user", "current_role", "session_user"})


def find(between: Between) -> Iterator[Finding]:
    for match in between.matches:
        yield from _row_security(between, match)
    if between.scope.kind("policy"):
        yield from of_tables(between, "policy", "policies", meaning.POLICIES, ("DR711", "DR712"))
    if between.scope.kind("role"):
        pairing = pair(between.expected.roles, between.actual.roles, by("name"))
        yield from lost(between, "role", pairing, ("DR661", "DR662"))
        for expected, actual in pairing.pairs:
            yield from drifts(between, "role", expected, actual, reference("role", actual))


def _row_security(between: Between, match: TableMatch) -> Iterator[Finding]:
    if match.expected == match.actual:
        return
    about = reference("table", match.actual)
    names = differing(between, "table", match.expected, match.actual)
    if "row_security" in names:
        code = "DR701" if match.expected.row_security else "DR702"
        yield drift(between, code, "table", match.expected, match.actual, about, ["row_security"])
    if "force_row_security" in names:
        yield drift(between, "DR703", "table", match.expected, match.actual, about, ["force_row_security"])


def of_tables(
    between: Between, kind: str, name: str, stages: tuple[Stage[Any], ...], codes: tuple[str, str]
) -> Iterator[Finding]:
    """Policies and triggers: paired within their table, and gone with it."""
    gone = {table.key for table in between.tables.missing}
    come = {table.key for table in between.tables.extra}
    mine, theirs = (_by_table(getattr(side, name)) for side in (between.expected, between.actual))
    for key in sorted(mine.keys() | theirs.keys()):
        found = pair(mine.get(key, ()), theirs.get(key, ()), *stages)
        lacking, more = (
            name not in side.unknown and not unreadable(side, ObjectRef("table", *key))
            for side in (between.actual, between.expected)
        )
        missing = found.missing if lacking and key not in gone else ()
        extra = found.extra if more and key not in come else ()
        yield from _of_one_table(between, kind, key, Pairing(found.pairs, missing, extra), codes)


def _by_table(things: Iterable[T]) -> dict[tuple[str, str], list[T]]:
    found: dict[tuple[str, str], list[T]] = {}
    for thing in things:
        found.setdefault((thing.schema, thing.table), []).append(thing)
    return found


def _of_one_table(
    between: Between, kind: str, key: tuple[str, str], pairing: Pairing[Any], codes: tuple[str, str]
) -> Iterator[Finding]:
    homes = between.home(*key)
    for one in pairing.missing:
        if not unreadable(between.actual, about := reference(kind, one)):
            yield between.missing(codes[0], about, one, homes[1])
    for one in pairing.extra:
        if not unreadable(between.expected, about := reference(kind, one)):
            yield between.extra(codes[1], about, one, homes[0])
    for expected, actual in pairing.pairs:
        skip = ("roles",) if kind == "policy" and _is_for_whoever_runs_it(between, expected, actual) else ()
        yield from drifts(between, kind, expected, actual, reference(kind, actual), skip)


def _is_for_whoever_runs_it(between: Between, expected: Policy, actual: Policy) -> bool:
    """Whether one side leaves the role to the session, and the other says another."""
    named = [[role.upper() for role in one.roles if role in _WHOEVER] for one in (expected, actual)]
    if expected.roles == actual.roles or not any(named) or "public" in (*expected.roles, *actual.roles):
        return False
    word = next(filter(None, named))[0]
    between.scope.unknowable("roles of policies", f"{word} is the role that runs the statement")
    return True
