"""What comes out of a process, read as it comes and never further than it may go."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable

#: How much of an output is kept: its end, in bytes.
_KEPT = 64 * 1024
#: The most that an import may print, in bytes. What goes on printing is not going to answer.
MOST_PRINTED = 64_000_000
#: The longest answer, in bytes: about a hundred thousand columns.
MOST_ANSWERED = 64_000_000
#: A length is written with no more digits than this.
_DIGITS = 20


class Drain(threading.Thread):
    """Reads the pipe `descriptor` to its end; `data` is what is kept. `enough` is called once there is too much.

    `over` says what went over the limit, None if nothing did.
    """

    def __init__(self, descriptor: int, enough: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._descriptor, self._enough = descriptor, enough
        self.data = bytearray()
        self.over: str | None = None
        self.start()

    def run(self) -> None:
        with contextlib.suppress(OSError):
            while self.over is None and (chunk := os.read(self._descriptor, 65536)):
                if not self.take(chunk):
                    break
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        if self.over is not None:
            self._enough()

    def take(self, chunk: bytes) -> bool:
        """Keeps of `chunk` what is wanted; whether more is."""
        raise NotImplementedError


class Output(Drain):
    """What a process prints: the last of it."""

    _printed = 0

    def take(self, chunk: bytes) -> bool:
        self.data += chunk
        self._printed += len(chunk)
        if len(self.data) > 2 * _KEPT:
            del self.data[:-_KEPT]
        if self._printed > MOST_PRINTED:
            self.over = f"it printed more than {MOST_PRINTED // 1_000_000} MB"
        return True

    @property
    def text(self) -> str:
        return bytes(self.data[-_KEPT:]).decode("utf-8", "replace")


class Frame(Drain):
    """An answer: a length in digits, a newline, as many bytes, which are `whole` then. Nothing behind them is read."""

    whole: bytes | None = None

    def take(self, chunk: bytes) -> bool:
        self.data += chunk
        try:
            self.whole = frame(self.data)
        except ValueError as error:
            self.over = str(error)
        return self.whole is None


class Messages(Drain):
    """Frames one after the other. `next` gives them as they come; all of them together may be as long as one answer."""

    def __init__(self, descriptor: int, enough: Callable[[], None]) -> None:
        self._waiting: queue.SimpleQueue[tuple[bytes, float] | None] = queue.SimpleQueue()
        self._taken = 0
        super().__init__(descriptor, enough)

    def run(self) -> None:
        try:
            super().run()
        finally:
            self._waiting.put(None)

    def take(self, chunk: bytes) -> bool:
        self.data += chunk
        try:
            while (whole := frame(self.data)) is not None:
                self._taken += len(whole)
                if self._taken > MOST_ANSWERED:
                    raise ValueError(f"it is longer than {MOST_ANSWERED // 1_000_000} MB")
                del self.data[: self.data.index(b"\n") + 1 + len(whole)]
                self._waiting.put((whole, time.monotonic()))
        except ValueError as error:
            self.over = str(error)
        return True

    def next(self, seconds: float) -> tuple[bytes, float] | None:
        """The next frame and the moment at which it came; None if there is no more, or none in time."""
        try:
            return self._waiting.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None


def frame(data: bytes | bytearray) -> bytes | None:
    """The bytes of an answer; None while it is not all there. Raises ValueError if it can never be one."""
    head, newline, _ = bytes(data[: _DIGITS + 1]).partition(b"\n")
    if (head or newline or len(data) > _DIGITS) and not (head.isdigit() and (newline or len(head) <= _DIGITS)):
        raise ValueError("it begins with no length")
    if not newline:
        return None
    start = len(head) + 1
    if int(head) > MOST_ANSWERED:
        raise ValueError(f"it is longer than {MOST_ANSWERED // 1_000_000} MB")
    return bytes(data[start : start + int(head)]) if len(data) >= start + int(head) else None
