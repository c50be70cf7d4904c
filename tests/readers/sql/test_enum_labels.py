"""The labels of an enum as statements add to them: a list's order, however they came in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from driftcheck.readers.sql.enum_labels import Labels

#: A new label, and where it goes: which of those that are there it is beside (None: it is the last), and behind it.
STEPS = st.lists(st.tuples(st.none() | st.integers(0, 1_000), st.booleans()), max_size=30)


@given(STEPS, st.integers(0, 30))
def test_labels_are_a_list(steps: list[tuple[int | None, bool]], looked_at: int) -> None:
    labels, model = Labels(("a", "b")), ["a", "b"]
    for number, (at, behind) in enumerate(steps):
        neighbour = None if at is None else model[at % len(model)]
        earlier, before = labels, list(model)
        labels = labels.with_label(f"l{number}", neighbour, behind=behind)
        model.insert(len(model) if neighbour is None else model.index(neighbour) + behind, f"l{number}")
        if number == looked_at:
            assert list(labels) == model
        assert list(earlier) == before
        assert f"l{number}" in labels
        assert f"l{number}" not in earlier
    assert list(labels) == model
    assert len(labels) == len(model)


def test_two_ways_on_from_one_state() -> None:
    start = Labels(("a",))
    one, other = start.with_label("b"), start.with_label("c", "a", behind=False)
    assert (list(start), list(one), list(other)) == (["a"], ["a", "b"], ["c", "a"])
    assert "b" not in other
    assert one == Labels(("a", "b"))
    assert one != other
