"""Which of many edits are wrong, so that all others can be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from ..findings import ObjectRef
from ..frozen import dataclass

#: How often all is tried without what turned out wrong, before everything is in doubt.
_ATTEMPTS = 6
#: How often what is in doubt is tried once more: among a thousand edits twenty trials find a wrong one.
_TRIALS = 40

#: What a finding is, whatever the values on its two sides have become.
Key = tuple[str, str, ObjectRef]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What turned out wrong in an attempt: edits that are `proven` to be, and others of which one at least may be."""

    proven: frozenset[Key] = frozenset()
    doubted: Sequence[Key] = ()

    def __bool__(self) -> bool:
        return bool(self.proven or self.doubted)


def leave_out_culprits(attempt: Callable[[Set[Key]], Wrong], made: Callable[[], Sequence[Key]]) -> None:
    """Attempts until one is right, with as many edits as may be: the last attempt is that one.

    `attempt` makes all edits but those that it is given, from the beginning; `made` are all that an attempt ever made.
    """
    search = _Search(attempt)
    if not search.without_doubted():
        search.doubt(made())
        search.once_more(search.banned)
    search.by_halves()


class _Search:
    def __init__(self, attempt: Callable[[Set[Key]], Wrong]) -> None:
        self._attempt = attempt
        self._proven: set[Key] = set()
        self._doubted: list[Key] = []
        #: Without what the last attempt was.
        self._last: Set[Key] = frozenset()

    @property
    def banned(self) -> frozenset[Key]:
        return frozenset([*self._proven, *self._doubted])

    def doubt(self, keys: Sequence[Key]) -> None:
        self._doubted = list(dict.fromkeys([*self._doubted, *keys]))

    def once_more(self, banned: Set[Key]) -> Wrong:
        self._last = banned
        return self._attempt(banned)

    def without_doubted(self) -> bool:
        """Whether what is left is right, once all that seems wrong is left out."""
        for _ in range(_ATTEMPTS):
            said = self.once_more(self.banned)
            if not said:
                return True
            self._proven |= said.proven
            self.doubt(said.doubted)
        return False

    def by_halves(self) -> None:
        """Finds those in doubt that are right."""
        doubted = [one for one in self._doubted if one not in self._proven]
        stretches = _halves(doubted) if len(doubted) > 1 else []
        for _ in range(_TRIALS):
            if not stretches:
                break
            some = stretches.pop()
            said = self.once_more(self.banned.difference(some))
            if not said:
                self._doubted = [one for one in self._doubted if one not in some]
            elif culprit := said.proven.intersection(some):
                self._proven |= culprit
                stretches += [rest] if (rest := [one for one in some if one not in culprit]) else []
            elif len(some) > 1:
                stretches += _halves(some)
        if self._last != self.banned:
            self.once_more(self.banned)


def _halves(keys: Sequence[Key]) -> list[Sequence[Key]]:
    middle = (len(keys) + 1) // 2
    return [keys[middle:], keys[:middle]]
