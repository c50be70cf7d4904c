"""How long one revision may run, so that the others still can."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any


class OverTime(BaseException):
    """Raised in a revision that takes too long; no `except Exception` of its own stops it."""


class Time:
    """The time that all revisions have together: until `ends`, in seconds since the epoch; 0 for no end."""

    def __init__(self, ends: float) -> None:
        self._ends = time.monotonic() + ends - time.time() if ends else None
        self._running = False

    @contextlib.contextmanager
    def part(self) -> Iterator[None]:
        """The block has half of what is left. Raises OverTime in it, where the system has such a timer (POSIX)."""
        timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        if self._ends is None or not timed:
            yield
            return
        seconds = max(0.1, (self._ends - time.monotonic()) / 2)

        def stop(*_: Any) -> None:
            raise OverTime(
                f"it takes longer than {seconds:.3g} s, half of the time that is left (--timeout gives more)"
            )

        signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        self._running = True
        try:
            yield
        finally:
            self._running = False
            signal.setitimer(signal.ITIMER_REAL, 0)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """The time that the block takes is not the revision's: driftcheck does not count it, either."""
        if self._ends is None or not self._running:
            yield
            return
        left, began = signal.setitimer(signal.ITIMER_REAL, 0)[0], time.monotonic()
        try:
            yield
        finally:
            self._ends += time.monotonic() - began
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))
