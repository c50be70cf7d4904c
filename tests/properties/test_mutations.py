"""One changed fact on one side is one finding, of the right rule, at the right line; two are two."""

from __future__ import annotations

import re
from random import Random

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from driftcheck.differ.engine import compare
from driftcheck.differ.rules import RULES
from driftcheck.differ.scope import WORDS
from driftcheck.findings import Finding

from .languages import NAMES, Languages, Side
from .mutations import Mutation, mutations
from .spec import Column, Condition, Enum, Index, IndexKey, Key, Policy, Reference, Schema, Sequence, Table
from .strategies import schemas

# Derandomized: a run of CI judges the change, not its luck; the thorough profile looks further each time.
_MANY = settings(
    derandomize=settings().max_examples <= 2_000,
    max_examples=max(300, settings().max_examples),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
_EVERYTHING = dict.fromkeys(WORDS, "always")


def _found(truth: Side, other: Side) -> list[Finding]:
    """What drifts, without the order of columns, which a changed column may bring with it."""
    findings = compare(truth.source, other.source, _EVERYTHING).findings
    return [finding for finding in findings if finding.rule.code != "DR212"]


def _of(schema: Schema, random: Random, able: set[str], apart_from: Mutation | None = None) -> Mutation:
    """One of the schema's mutations that the languages `able` can say; each rule is as likely as any other."""
    by_code: dict[str, list[Mutation]] = {}
    for one in mutations(schema):
        if able <= one.able and not (apart_from and _related(apart_from, one)):
            by_code.setdefault(one.code, []).append(one)
    return random.choice(random.choice(list(by_code.values()))) if by_code else reject()


def _related(one: Mutation, other: Mutation) -> bool:
    """Whether the two are about one object, or one may hide the other."""
    kind, *names = other.place
    same = (kind, *names[:-1], names[-1].removesuffix("_other")) == one.place
    key_with_nulls = {one.what, other.what} == {"no key", "nullability"}
    return same or key_with_nulls or "table dropped" in (one.what, other.what) or _drops_with_column(one, other)


def _drops_with_column(one: Mutation, other: Mutation) -> bool:
    """Whether one drops a column of the table in which the other changes what may depend on it."""
    kinds = {one.place[0], other.place[0]}
    return "column dropped" in (one.what, other.what) and one.holder == other.holder and kinds != {"column"}


def _line(side: Side, mutation: Mutation) -> int | None:
    """Where a reader has to look in `side`: at the fact, or where it would go."""
    places = side.text.places
    kind, *names = mutation.place
    renamed = (kind, *names[:-1], f"{names[-1]}_other")
    for key in (mutation.place, renamed, mutation.holder):
        if key in places:
            return places[key]
    return None


def _expect_one(truth: Side, other: Side, mutation: Mutation, *, changed_drifts: bool) -> None:
    found = _found(truth, other)
    texts = (mutation.what, str(truth.text), str(other.text))
    code = mutation.code if changed_drifts else mutation.back
    able = {truth.source.name, other.source.name} <= mutation.able
    able = able and not (code == "DR309" and mutation.place in truth.text.unnamed | other.text.unnamed)
    assert [one.rule.code for one in found] == ([code] if able else []), ([one.message for one in found], *texts)
    expected = _line(other, mutation)
    if able and expected is not None:
        location = found[0].actual.location
        assert location is not None, texts
        assert location.line == expected, (location, *texts)


@_MANY
@given(schema=schemas(), style=st.integers(0, 2**32), changed=st.sampled_from(NAMES))
def test_one_change_is_one_finding(languages: Languages, schema: Schema, style: int, changed: str) -> None:
    mutation = _of(schema, Random(style), {changed})
    drifting = languages.side(changed, mutation.schema, style + 1)
    for name in NAMES:
        if name != changed:
            side = languages.side(name, schema, style)
            _expect_one(side, drifting, mutation, changed_drifts=True)
            _expect_one(drifting, side, mutation, changed_drifts=False)


@_MANY
@given(schema=schemas(), style=st.integers(0, 2**32), pair=st.permutations(NAMES))
def test_two_changes_are_two_findings(languages: Languages, schema: Schema, style: int, pair: list[str]) -> None:
    """Of two objects that have nothing to do with each other."""
    changed, kept = pair[:2]
    one = _of(schema, Random(style), {changed, kept})
    two = _of(one.schema, Random(style + 1), {changed, kept}, apart_from=one)
    drifting, side = languages.side(changed, two.schema, style + 1), languages.side(kept, schema, style)
    texts = (one.what, two.what, str(side.text), str(drifting.text))
    unnamed = side.text.unnamed | drifting.text.unnamed
    made = [each for each in (one, two) if not (each.code == "DR309" and each.place in unnamed)]
    found = [finding.rule.code for finding in _found(side, drifting)]
    assert sorted(found) == sorted(each.code for each in made), texts
    back = [finding.rule.code for finding in _found(drifting, side)]
    assert sorted(back) == sorted(each.back for each in made), texts


_RICH = Schema(
    tables=(
        Table(
            "public",
            "t0",
            (
                Column("id", "integer", nullable=False, identity="always"),
                Column("words", "text"),
                Column("more", "text", default=0),
                Column("sum", "integer", generated=0),
                Column("free", "uuid"),
            ),
            Key("t0_pkey", ("id",)),
            (Key("t0_u", ("id", "words")),),
            checks=(Condition("t0_c", "words", 0),),
            indexes=(
                Index("t0_i", (IndexKey("words"),), where=("words", 0), include=("more",)),
                Index("t0_h", (IndexKey("id"),), method="hash"),
            ),
        ),
        Table(
            "public",
            "t1",
            (Column("id", "uuid", nullable=False), Column("ref", "integer")),
            Key("t1_pkey", ("id",)),
            references=(Reference("t1_fk", ("ref",), "t0", ("id",)),),
            policies=(Policy("one", "select"), Policy("two", "insert")),
            row_security=True,
        ),
    ),
    enums=(Enum("public", "mood", ("sad", "ok")),),
    sequences=(Sequence("ticket"),),
)

#: Rules that no fact of these schemas can bring about: what only SQL declares, what needs a rename or two kinds of
#: object, and what the check says of itself; tests/differ has a change for each.
_BEYOND = re.compile(r"DR(10[34]|208|21[0-5]|313|317|32[567]|33.|404|61.|63.|64.|65.|66.|70[34]|714|8..|9..)")


def test_the_mutations_reach_every_rule_that_the_languages_share() -> None:
    told = {code for one in mutations(_RICH) for code in (one.code, one.back)}
    assert {rule.code for rule in RULES if not _BEYOND.fullmatch(rule.code)} <= told
