"""Messages of a worker, and the answers that it waits for."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .drain import Messages


class Talk:
    """Two pipes: one for what the worker says, one for what it is answered. `ends` are those that it gets."""

    def __init__(self) -> None:
        self._hearing, theirs_to_say = os.pipe()
        theirs_to_hear, self._saying = os.pipe()
        os.set_blocking(self._saying, False)
        self.ends = (theirs_to_say, theirs_to_hear)
        self.messages: Messages | None = None

    def listen(self, enough: Callable[[], None]) -> None:
        """Begins to read. `enough` is called once what is said is no message, or too much."""
        from .drain import Messages  # as in `process`

        self.messages = Messages(self._hearing, enough)
        self._hearing = -1

    def until(self, deadline: float, hear: Callable[[bytes], bytes | None]) -> float:
        """Hands on every message until there are no more, or until `deadline`; that, and the time that it took us."""
        assert self.messages is not None
        while (found := self.messages.next(deadline - time.monotonic())) is not None:
            message, came = found
            reply = hear(message)
            if reply is not None:
                deadline += max(0.0, time.monotonic() - came)
                self._say(b"%d\n%s" % (len(reply), reply), deadline)
        return deadline

    def _say(self, data: bytes, deadline: float) -> None:
        """Writes no longer than `deadline`: nobody has to read it."""
        with contextlib.suppress(OSError):
            while data and select.select([], [self._saying], [], max(0.0, deadline - time.monotonic()))[1]:
                data = data[os.write(self._saying, data) :]

    def close(self) -> None:
        for number in (self._hearing, self._saying):
            if number >= 0:
                with contextlib.suppress(OSError):
                    os.close(number)
        self._hearing = self._saying = -1
