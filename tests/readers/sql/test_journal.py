"""Changes of the catalog are taken back, to any moment, in their old order."""

from __future__ import annotations

import random

import pytest

from driftcheck.readers.sql.journal import Journal, Kept


@pytest.mark.parametrize("seed", range(20))
def test_any_moment_comes_back(seed: int) -> None:
    chance, journal = random.Random(seed), Journal()
    kept: Kept[int, int] = Kept(journal, dict.fromkeys(range(8), 0))
    moments = [(journal.mark, list(kept.items()))]
    for step in range(300):
        act = chance.random()
        if act < 0.35 and kept:
            del kept[chance.choice(list(kept))]
        elif act < 0.75:
            kept[chance.randrange(12)] = step
        elif act < 0.78:
            kept.clear()
        elif act < 0.9:
            moments.append((journal.mark, list(kept.items())))
        else:
            del moments[chance.randrange(1, len(moments) + 1) :]
            mark, items = moments[-1]
            journal.undo(mark)
            assert list(kept.items()) == items


def test_what_is_gone_is_noted_once() -> None:
    """Of thousands that go in one statement each would else leave a copy of all the others behind."""
    journal = Journal()
    kept: Kept[int, int] = Kept(journal, {key: key for key in range(1000)})
    mark = journal.mark
    for key in range(500):
        del kept[key]
    assert journal.mark == mark + 1
    del kept[500]
    assert journal.mark == mark + 2
    journal.undo(mark)
    assert list(kept) == list(range(1000))


def test_what_is_not_there_is_not_taken_away() -> None:
    journal = Journal()
    kept: Kept[int, int] = Kept(journal, {1: 1})
    with pytest.raises(KeyError):
        del kept[2]
    assert journal.mark == 0
