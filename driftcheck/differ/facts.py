"""Two objects that belong together: which of their fields differ, reported rule by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from ..findings import Finding, ObjectRef, Side
from ..model import Expression, Generated
from . import definitions
from .between import Between, spoken
from .details import inside
from .rules import facts_of

#: Labels that take "are".
_PLURAL = frozenset(
    "labels keys columns attributes options checks elements arguments roles events settings NULLs".split()
) | {"storage parameters", "included columns", "target columns", "argument types", "ON DELETE columns"}


def differing(between: Between, kind: str, expected: Any, actual: Any, skip: Collection[str] = ()) -> list[str]:
    """The fields of `kind` that both sides know, both languages can say, and that differ."""
    unknown = expected.unknown | actual.unknown
    return [
        name
        for name in facts_of(kind)
        if name not in skip
        and name not in unknown
        and not _agree(getattr(expected, name), getattr(actual, name))
        and between.scope.fact(kind, name)
    ]


def _agree(expected: Any, actual: Any) -> bool:
    """One text is one meaning, though a side that knows less of the tables in it may have come to another form.

    A generated column that leaves it to the server whether it is stored agrees with both.
    """
    if isinstance(expected, Expression) and isinstance(actual, Expression) and expected.sql == actual.sql:
        return True
    if isinstance(expected, Generated) and isinstance(actual, Generated) and None in (expected.stored, actual.stored):
        return _agree(expected.expression, actual.expression)
    return bool(expected == actual)


def drifts(
    between: Between, kind: str, expected: Any, actual: Any, about: ObjectRef, skip: Collection[str] = ()
) -> Iterator[Finding]:
    """A finding for every rule under which `expected` and `actual` differ. A name counts only if nothing else does."""
    names = differing(between, kind, expected, actual, skip)
    if len(names) > 1 and "name" in names:
        names.remove("name")
    facts = facts_of(kind)
    grouped: dict[str, list[str]] = {}
    for name in names:
        grouped.setdefault(str(facts[name].code), []).append(name)
    for code, mine in grouped.items():
        yield drift(between, code, kind, expected, actual, about, mine)


def drift(
    between: Between, code: str, kind: str, expected: Any, actual: Any, about: ObjectRef, names: list[str]
) -> Finding:
    """One finding: under the rule `code`, the fields `names` differ."""
    table = facts_of(kind)
    facts = [(name, table[name].label if name in table else "keys") for name in names]
    said = [definitions.part(code, kind, thing, facts) for thing in (expected, actual)]
    label = facts[0][1] if len(facts) == 1 else ""
    message = sentence(between, about, label, said[0], said[1])
    return between.finding(
        code,
        about,
        Side(said[0], expected.place(names[0])),
        Side(said[1], actual.place(names[0])),
        message + _details(expected, actual, names, said[0] or "") + _remark(expected, actual, names),
        fact=names[0],
        subjects=(expected, actual),
    )


def sentence(between: Between, about: ObjectRef, label: str, expected: str | None, actual: str | None) -> str:
    """ "profiles.created_at is timestamp with time zone in sql; drizzle says timestamp without time zone"."""
    subject = str(about) if about.kind == "column" else spoken(about)
    shown = _apart(expected, actual)
    says = f"in {between.other.name}; {between.truth.name} says {shown[0]}"
    if label == "name":
        return f"{spoken(replace(about, name=''))} is named {actual} {says}"
    if label in (expected, actual):  # a flag, which says what it is by itself
        label = ""
    verb = "are" if label in _PLURAL else "is"
    return f"{f'the {label} of {subject}' if label else subject} {verb} {shown[1]} {says}"


#: How much of a value a message holds, and how much of that precedes the first difference.
_LONGEST, _BEFORE = 160, 40


def _apart(expected: str | None, actual: str | None) -> tuple[str, str]:
    """Both values on one line, long ones from where they begin to differ: two that differ never look the same."""
    if expected is None or actual is None:
        return _short(expected), _short(actual)
    mine, theirs = (" ".join(value.split()) for value in (expected, actual))
    if mine == theirs:
        mine, theirs = (repr(value)[1:-1] for value in (expected, actual))
    alike = next((at for at, both in enumerate(zip(mine, theirs, strict=False)) if both[0] != both[1]), len(mine))
    start = max(alike - _BEFORE, 0) if max(len(mine), len(theirs)) > _LONGEST and alike > _BEFORE else 0
    return _short(mine, start), _short(theirs, start)


def _short(value: str | None, start: int = 0) -> str:
    if value is None:
        return "none"
    text = ("…" if start else "") + " ".join(value.split())[start:]
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "…"


def _remark(expected: Any, actual: Any, names: list[str]) -> str:
    """Says so where a difference rests on words alone, because an expression could not be parsed."""
    values = [getattr(thing, name) for thing in (expected, actual) for name in names]
    return " (compared as text)" if any(isinstance(v, Expression) and v.as_text for v in values) else ""


def _details(expected: Any, actual: Any, names: list[str], shown: str) -> str:
    """Where one long value differs, what inside it does."""
    if len(names) != 1 or not hasattr(expected, names[0]):
        return ""
    detail = inside(getattr(expected, names[0]), getattr(actual, names[0]), len(shown))
    return f" ({detail})" if detail else ""
