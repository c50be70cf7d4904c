"""A look at the clock from outside, every now and then, for what takes long without drawing from the budget."""

from __future__ import annotations

import signal
import threading
from types import FrameType

#: Seconds of processor time between two looks.
_LOOK = 0.05


def watch() -> None:
    """From now on a check that is over its limit of time or memory ends in OverLimit, whatever it is at.

    Where the system has no such timer (Windows), only what draws from the budget looks at the clock.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return
    signal.signal(signal.SIGPROF, _look)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.setitimer(signal.ITIMER_PROF, _LOOK, _LOOK)


def unwatch() -> None:
    """What is written now is to be written whole."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


def _look(_signal: int, _frame: FrameType | None) -> None:
    from ..budget import Budget

    if Budget.current is not None:
        try:
            Budget.current.look()
            Budget.current.weigh()
        except BaseException:
            unwatch()  # once is enough: nothing interrupts the report of the error
            raise
