"""How much one check may take, whatever its sources say: a count of each thing that one could ask for without end.

One Budget goes through a whole check, and whatever reads draws from it before it works: the length of a text is known
before the text is made, the number of files before the next is opened. What is over the limit costs one clear message,
never the machine.

The limits are what a project of a megabyte of sources may take. Who brings more may take more in proportion, since
nothing that a check does should grow faster than what it reads: ten thousand tables are a large project, no attack.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from . import listening
from .errors import SourceError
from .frozen import dataclass
from .location import Location

#: How many times its default a config may raise a limit to: the config, too, may be a stranger's.
MOST_TIMES = 10
#: Bytes of files for which a limit holds as it is, and megabytes of memory for each time as much again.
_MEGABYTE, _MEMORY = 1_000_000, 128
#: Steps between two looks at the clock.
_LOOK = 5_000
#: Looks at the clock for each at the memory.
_LOOKS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most of each that a check may take. The config's `limits` raises them.

    Steps, seconds, memory and the text that is built grow with the megabytes of files read, files and bytes do not.
    """

    steps: Annotated[int, "Units of work: a call or turn of a loop in TypeScript, a word of a SQL statement."] = (
        5_000_000
    )
    bytes: Annotated[int, "Bytes of files read, each once, and of text that a source builds up."] = 32_000_000
    files: Annotated[int, "Files opened, each as often as it is."] = 50_000
    entries: Annotated[int, "Entries of folders walked through."] = 200_000
    depth: Annotated[int, "Files that include files, brackets within brackets."] = 100
    seconds: Annotated[int, "Seconds of processor time; importing models has `timeout` instead."] = 8
    memory: Annotated[int, "Megabytes of memory at one time, beyond what is taken before; not on Windows."] = 320


#: Each limit in the words of its message.
_OF = {
    "steps": "steps of work",
    "bytes": "bytes of text",
    "files": "opened files",
    "entries": "entries of folders",
    "depth": "levels of nesting",
    "seconds": "seconds of processor time",
    "memory": "megabytes of memory",
}


class OverLimit(SourceError):
    """A check would take more than `limits` allow. `name` is the limit's, `why` says so as the reason of a gap."""

    def __init__(self, name: str, limits: Limits, place: Location | None = None) -> None:
        most: int = getattr(limits, name)
        raised = min(2 * most, MOST_TIMES * getattr(Limits(), name))
        words = f"it takes more than {most:,} {_OF[name]}"
        hint = f"if this is intended, raise the limit in the config: [tool.driftcheck.limits] {name} = {raised}"
        super().__init__(words, hint=hint)
        listening.doubt("a limit was reached")  # on another day the machine may be faster
        if place is not None:
            self.at(place)
        self.name = name
        self.why = f"{words} (limits.{name} in the config)"

    def at(self, place: Location) -> OverLimit:
        """Itself, with the place that was being read, unless one nearer is known."""
        if self.path is None:
            self.path, self.line = place.path, place.line
        return self


if sys.platform == "win32":

    def _megabytes() -> int:
        return 0  # the system does not say

else:
    import resource

    def _megabytes() -> int:
        """The most that this process has had in memory. It may begin with what its parent had: only growth counts."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most // (1_000_000 if sys.platform == "darwin" else 1_000)


class Budget:
    """What one check has taken so far. Each method raises OverLimit, before anything is done, where it is too much."""

    __slots__ = (
        "_began",
        "_ends",
        "_heaviest",
        "_look",
        "_looks",
        "_part",
        "_times",
        "bytes",
        "entries",
        "files",
        "limits",
        "place",
        "read",
        "steps",
    )

    #: That of the check which the command line makes, for the watchdog, which looks at the clock from outside of it.
    current: Budget | None = None

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 # it is frozen
        self.limits = limits
        #: What was opened last: where the check is, if nothing nearer is known.
        self.place: Location | None = None
        self.steps = self.bytes = self.read = self.files = self.entries = 0
        self._look = min(_LOOK, limits.steps)
        self._began = time.process_time(), _megabytes()
        self._allow()
        self._looks = 0
        #: The steps and the time at which the part that is being done has to end.
        self._part: tuple[int, float] | None = None

    @contextmanager
    def part(self, of: int) -> Iterator[None]:
        """The block takes no more than one of `of` equal parts of all steps and seconds: else OverLimit, early enough
        for the rest to go on.
        """
        most, (began, _) = int(self.limits.steps * self._times), self._began
        self._part = self.steps + most // of, time.process_time() + (self._ends - began) / of
        self._look = min(self._look, self._part[0])
        try:
            yield
        finally:
            self._part = None

    def step(self, count: int = 1, place: Location | None = None) -> None:
        """Takes `count` units of work."""
        self.steps += count
        if self.steps >= self._look:
            most = int(self.limits.steps * self._times)
            if self._part is not None:
                if time.process_time() > self._part[1]:
                    raise OverLimit("seconds", self.limits, place)
                most = min(most, self._part[0])
            if self.steps > most:
                raise OverLimit("steps", self.limits, place)
            self._look = min(self.steps + _LOOK, most)
            self.look(place)

    def look(self, place: Location | None = None) -> None:
        """Looks at the clock, and now and then at the memory in use: that takes longer."""
        if time.process_time() > self._ends:
            raise OverLimit("seconds", self.limits, place or self.place)
        self._looks += 1
        if self._looks % _LOOKS == 0:
            self.weigh(place)

    def weigh(self, place: Location | None = None) -> None:
        """Looks at what is in memory that was not there when the check began."""
        if _megabytes() > self._heaviest:
            raise OverLimit("memory", self.limits, place or self.place)

    def make(self, size: int, place: Location | None = None) -> None:
        """Takes `size` bytes that are about to be put together."""
        if self.bytes + size > self.limits.bytes * self._times:
            raise OverLimit("bytes", self.limits, place)
        self.bytes += size

    def take_file(self, size: int, place: Location | None = None) -> None:
        """Takes `size` bytes of files that are about to be read."""
        if self.read + size > self.limits.bytes:
            raise OverLimit("bytes", self.limits, place)
        self.read += size
        self._allow()

    def _allow(self) -> None:
        """Sets the limits that grow with what was read."""
        self._times = max(1.0, self.read / _MEGABYTE)
        began, weighed = self._began
        self._ends = began + self.limits.seconds * (1 + self._times) / 2
        self._heaviest = weighed + self.limits.memory + int(_MEMORY * (self._times - 1))

    def open(self, place: Location | None = None) -> None:
        """Takes one file that is about to be opened."""
        if self.files >= self.limits.files:
            raise OverLimit("files", self.limits, place)
        self.files += 1
        self.place = place or self.place
        self.look(place)

    def walk(self, count: int = 1, place: Location | None = None) -> None:
        """Takes `count` entries of folders."""
        if self.entries + count > self.limits.entries:
            raise OverLimit("entries", self.limits, place)
        self.entries += count

    def nest(self, depth: int, place: Location | None = None) -> None:
        """Takes nothing, but `depth` must not be too deep."""
        if depth > self.limits.depth:
            raise OverLimit("depth", self.limits, place)
