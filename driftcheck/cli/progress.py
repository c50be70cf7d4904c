"""A sign of life for work that takes longer than a second: on standard error, and only if that is a terminal."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .door import turn

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


@contextmanager
def progress(what: str = "reading the sources") -> Iterator[None]:
    """While the block runs, and from its second second on, a line that turns; gone when the block ends."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=_turn, args=(what, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _turn(what: str, done: threading.Event) -> None:
    if done.wait(1):
        return
    start, frame = time.monotonic() - 1, 0
    while not done.wait(0.1):
        frame += 1
        seconds = int(time.monotonic() - start)
        turn(f"{_FRAMES[frame % len(_FRAMES)]} {what} … {seconds} s")
    turn("")
