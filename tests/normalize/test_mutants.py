"""What PostgreSQL keeps apart is never called equal, unless no row could tell the difference.

Thousands of small wrong changes to the expressions of `corpus/` (see `mutations.py`). A mutant that has the canonical
form of its original must be stored alike by the server; or else be one of the kinds in `HARMLESS`, each with its proof,
and agree with the original on every row of `corpus/grid.sql`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import psycopg
import pytest

from driftcheck.sql import tokenize

from .mutations import mutants
from .world import CORPUS, Case, World, cases

#: Every so many-th unequal mutant is shown to the server, to know that mutants are SQL and not noise.
SAMPLE = 4


@pytest.fixture(scope="module")
def grid(world: World) -> Iterator[World]:
    with world.connection.transaction(force_rollback=True):
        world.connection.execute((CORPUS / "grid.sql").read_bytes())
        yield world


def _words(text: str) -> list[str]:
    return sorted(token.word or token.text for token in tokenize(text))


def _trimmed(text: str) -> list[str]:
    return [token.value.strip() if token.is_string else token.word or token.text for token in tokenize(text)]


def _is_projection(kind: str, case: Case, mutant: str) -> bool:
    return kind in ("constant", "word") and _beyond_projection(case.text) == _beyond_projection(mutant)


def _beyond_projection(text: str) -> str:
    return re.sub(r"EXISTS \(SELECT (\(1 \+ 1\)|\S+) FROM", "EXISTS FROM", text, flags=re.IGNORECASE)


def _is_unit(kind: str, case: Case, mutant: str) -> bool:
    speaks_of_time = re.search(r"zone|trunc|_part|'now'", case.text, re.IGNORECASE)
    return kind == "constant" and mutant.lower() == case.text.lower() and speaks_of_time is not None


#: name → whether the proof covers this change; the proof is above each.
HARMLESS: dict[str, Callable[[str, Case, str], bool]] = {
    # a = b is b = a, and likewise <>: each is its own COMMUTATOR. A list in IN or ANY is a set, and so is GROUP BY.
    "order": lambda kind, case, mutant: kind == "order" and _words(case.text) == _words(mutant),
    # OR is associative.
    "grouping": lambda kind, case, mutant: kind == "grouping" and " OR " in case.text and " AND " not in case.text,
    # EXISTS asks whether there is a row, whatever is in it (no aggregate is among these).
    "exists": _is_projection,
    # Names of units and time zones are compared without regard to case.
    "unit": _is_unit,
    # Blanks at the end of a char(n) do not count.
    "blanks": lambda kind, case, mutant: "code" in case.text and _trimmed(mutant) == _trimmed(case.text),
    # 0 is -0.
    "zero": lambda kind, case, mutant: mutant == case.text.replace("0", "-0", 1) and case.kind == "check",
    # The assignment to the column casts anyway, and a constant that fits is the same in a longer or shorter varchar.
    "assignment": lambda kind, case, mutant: case.kind in ("default", "generated"),
    # The cast keeps every value: text and varchar without length are one; integers widen without loss.
    "relabel": lambda kind, case, mutant: case.kind == "check" and kind in ("cast", "word") and "::" in case.text,
    # A varchar(1) of 'xx' is 'x', and a varchar(11) of 'x' too.
    "cut": lambda kind, case, mutant: case.text == "'x'::varchar(1) = name",
}


@pytest.mark.slow
def test_no_harmful_mutant_is_called_equal(grid: World) -> None:
    tried, accepted, alike, unproven = 0, Counter[bool](), Counter[str](), []
    for case in cases():
        source = grid.canonical(case, case.text)
        for mutant, kind in {text: kind for kind, text in mutants(case.text)}.items():
            found = grid.canonical(case, mutant)
            if found.as_text:
                continue
            tried += 1
            if found != source:
                if tried % SAMPLE == 0:
                    accepted[_stored(grid, case, mutant) is not None] += 1
                continue
            stored = _stored(grid, case, mutant)
            if stored is None or stored == _stored(grid, case, case.text):
                continue
            proof = next((name for name, covers in HARMLESS.items() if covers(kind, case, mutant)), None)
            alike[str(proof)] += 1
            if proof is None or not _agree(grid, case, mutant):
                unproven.append(f"{kind}: {case} => {mutant}")
    assert not unproven, "\n".join(unproven)
    assert tried >= 10_000
    assert accepted[True] >= 1_000, "of the sample, the server must take enough"
    assert set(alike) == set(HARMLESS), "every proof is needed"


def test_conditions_with_one_canonical_form_agree_on_every_row(grid: World) -> None:
    """Over all conditions and their mutants at once: whatever has one form has one truth on each of 420 rows."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for case in cases():
        if case.kind in ("check", "predicate", "policy") and case.place == "users":
            for text in {case.text, *(mutant for _, mutant in mutants(case.text))}:
                found = grid.canonical(case, text)
                if not found.as_text:
                    groups[found.canonical].add(text)
    split, evaluated = [], 0
    for texts in groups.values():
        truths = {text: truth for text in texts if len(texts) > 1 and (truth := _truth(grid, text)) is not None}
        evaluated += len(truths)
        if len(set(truths.values())) > 1:
            split.append("\n".join(truths))
    assert not split
    assert evaluated >= 1_000


def _stored(world: World, case: Case, text: str) -> set[str] | None:
    try:
        return world.stored(Case(case.kind, case.place, text))
    except psycopg.Error:
        return None


def _truth(world: World, text: str, cast: str = "boolean") -> str | None:
    """The value of `text` on every row of users, in one hash; None if PostgreSQL cannot evaluate it."""
    ask = f"SELECT md5(string_agg(coalesce((({text})::{cast})::text, '-'), ',' ORDER BY users.ctid)) FROM grid.users"
    try:
        with world.connection.transaction():
            row = world.connection.execute(ask.encode()).fetchone()
    except psycopg.Error:
        return None
    assert row is not None
    return str(row[0])


def _agree(world: World, case: Case, mutant: str) -> bool:
    """Whether both have one value on every row; taken for granted where no row of users can be asked."""
    if case.kind == "view" or (case.kind == "policy" and case.place != "users") or "random" in case.text:
        return True
    cast = case.place if case.kind in ("default", "generated") else "text"
    return _truth(world, case.text, cast) == _truth(world, mutant, cast)
