"""A look at the clock from outside, every now and then, for what takes long without drawing from the budget."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds of processor time between two looks.
_LOOK = 0.05


@contextmanager
def watched() -> Iterator[None]:
    """While the block runs, what is over the check's limit of time or memory ends in OverLimit, whatever it is at.

    Files are written behind the block: what is written is to be written whole. Where the system has no such timer
    (Windows), only what draws from the budget looks at the clock.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGPROF, _look)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.setitimer(signal.ITIMER_PROF, _LOOK, _LOOK)
    try:
        yield
    finally:
        _stop()


def _stop() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)


def _look(_signal: int, _frame: FrameType | None) -> None:
    from ..budget import Budget

    if Budget.current is not None:
        try:
            Budget.current.look()
            Budget.current.weigh()
        except BaseException:
            _stop()  # once is enough: nothing interrupts the report of the error
            raise
