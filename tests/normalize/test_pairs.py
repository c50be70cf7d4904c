"""What people write and what PostgreSQL returns for it are the same thing.

Each expression of `corpus/` goes into the real server as a check, default, predicate, policy or view, and comes back as
`pg_get_expr` and its like print it, with all parentheses and with few. Both must have the canonical form of the source.
"""

from __future__ import annotations

from .world import World, cases, composed

#: Pairs that stay apart although PostgreSQL stores the same for both, and why.
UNEQUAL: dict[str, str] = {}


def test_source_and_stored_form_are_equal(world: World) -> None:
    pairs, unequal, texts = 0, {}, []
    for case in (*cases(), *composed()):
        source = world.canonical(case, case.text)
        for stored in world.stored(case):
            pairs += 1
            found = world.canonical(case, stored)
            if source.as_text or found.as_text:
                texts.append((str(case), stored))
            if found != source:
                unequal[case.text] = f"{case}\n  stored {stored}\n  {source.canonical}\n  {found.canonical}"
    assert pairs >= 2_000
    assert not texts, "the grammar should know these"
    assert set(unequal) == set(UNEQUAL), "\n".join(unequal[text] for text in sorted(set(unequal) - set(UNEQUAL)))
    assert len(unequal) * 2 <= 0.005 * pairs


def test_canonical_form_is_stable(world: World) -> None:
    """An expression in canonical form stays as it is: normalize is idempotent."""
    for case in cases():
        once = world.canonical(case, case.text)
        assert world.canonical(case, case.text) == once
        assert once.sql == case.text
