"""Where an evaluation may recurse deeply: threads with a large stack."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


#: Python frames. A call of the program takes about ten of them, a level of syntax two or three.
FRAMES = 60_000
#: Bytes; only what is used of it is ever taken.
STACKS = (512 * 2**20, 128 * 2**20, 32 * 2**20)

_thread = threading.local()
#: Seconds between two looks at whether a signal has come.
_LOOK = 0.05


def is_deep() -> bool:
    """Whether this thread was started by `deeply`."""
    return getattr(_thread, "deep", False)


def deeply(function: Callable[[], Result]) -> Result:
    """Runs `function` where it may recurse deeply: in a thread with a large stack, unless this already is one."""
    if is_deep():
        return function()
    results: list[Result] = []
    failures: list[BaseException] = []

    def run() -> None:
        _thread.deep = True
        try:
            results.append(function())
        except BaseException as error:  # noqa: BLE001  (carried over to the caller's thread, whatever it is)
            failures.append(error)

    _run_in_large_stack(run)
    if failures:
        raise failures[0]
    return results[0]


#: Both settings are the whole process's: one thread at a time changes them.
_settings = threading.Lock()
_running = 0
_usual_frames = 0


def _run_in_large_stack(run: Callable[[], None]) -> None:
    global _running, _usual_frames  # noqa: PLW0603
    with _settings:
        if _running == 0:
            _usual_frames = sys.getrecursionlimit()
            sys.setrecursionlimit(max(FRAMES, _usual_frames))
        _running += 1
        thread = _start(run)
    try:
        while thread.is_alive():
            # A signal may reach the other thread, and Python tells only this one of it, once it wakes up.
            thread.join(_LOOK)
    finally:
        with _settings:
            _running -= 1
            if _running == 0:
                sys.setrecursionlimit(_usual_frames)


def _start(run: Callable[[], None]) -> threading.Thread:
    """Where memory is rationed, a smaller stack must do."""
    usual = threading.stack_size()
    thread = threading.Thread(target=run, name="typescript", daemon=True)
    try:
        for size in STACKS:
            try:
                threading.stack_size(size)
                thread.start()
            except (ValueError, RuntimeError):
                thread = threading.Thread(target=run, name="typescript", daemon=True)
                continue
            return thread
        threading.stack_size(usual)
        thread.start()
    finally:
        threading.stack_size(usual)
    return thread
