"""Wrong edits among right ones: only they are left out."""

from __future__ import annotations

from collections.abc import Set
from random import Random

import pytest

from driftcheck.check.culprits import Key, Wrong, leave_out_culprits
from driftcheck.findings import ObjectRef

EDITS = [("DR203", "sql", ObjectRef("column", "public", f"c{number}", f"t{number % 9}")) for number in range(60)]


class Files:
    """What is made of the edits; `seen` says what is told of those among them that are wrong."""

    def __init__(self, wrong: Set[Key], seen: str, random: Random) -> None:
        self.wrong, self.seen, self.random = wrong, seen, random
        self.now: set[Key] = set()
        self.attempts = 0

    def attempt(self, banned: Set[Key]) -> Wrong:
        self.attempts += 1
        self.now = set(EDITS) - banned
        left = sorted(self.wrong & self.now, key=EDITS.index)
        if not left:
            return Wrong()
        if self.seen == "each":
            return Wrong(proven=frozenset(left[:1]))
        if self.seen == "file":
            return Wrong(doubted=[one for one in EDITS if one in self.now])
        # Others are suspected: those of some table, whoever is wrong.
        table = self.random.randrange(9)
        return Wrong(doubted=[one for one in EDITS if one in self.now and one[2].table == f"t{table}"] or left)


@pytest.mark.parametrize("seen", ["each", "file", "others"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_only_what_is_wrong_is_left_out(seen: str, count: int) -> None:
    for number in range(6):
        random = Random(number)
        wrong = set(random.sample(EDITS, count))
        files = Files(wrong, seen, random)
        leave_out_culprits(files.attempt, lambda: EDITS)
        assert files.now == set(EDITS) - wrong
        assert files.attempts <= 48


def test_of_too_many_that_are_wrong_none_stays() -> None:
    files = Files(set(EDITS[::2]), "file", Random(0))
    leave_out_culprits(files.attempt, lambda: EDITS)
    assert not files.now & files.wrong
    assert files.attempts <= 48
