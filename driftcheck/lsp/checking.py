"""The server's side of the process that checks: asked, waited for, ended."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from ..errors import SourceError
from .answer import LENGTH, Answer, Ask

_HERE = Path(__file__).parents[2]
#: Not `-m`, which would have modules of the project, in whose folder editors start us, go before those of Python.
_START = "import sys; sys.path.append(sys.argv[1]); from driftcheck.lsp.checker import main; main()"


class Ended(Exception):
    """The check was ended before it had an answer."""


class Checker:
    """One process at most, started with the first check and again after each end."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._ended = False

    async def answers(self, ask: Ask) -> AsyncIterator[Answer]:
        """What comes of `ask`, up to the last. Raises Ended where `end` came first, SourceError if the process died."""
        self._ended = False
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        message = pickle.dumps(ask)
        last = False
        try:
            process.stdin.write(LENGTH.pack(len(message)) + message)
            await process.stdin.drain()
            while not last:
                (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
                found: Answer = await asyncio.to_thread(pickle.loads, await process.stdout.readexactly(length))
                last = found.last
                yield found
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            status = await process.wait()
            if self._ended:
                raise Ended from None
            raise SourceError(f"the process that checks ended by itself, with status {status}") from error

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-c", _START, str(_HERE),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            if self._ended:
                self.end()
        return self._process

    def end(self) -> None:
        """Ends the process, whatever it is at; what it has started ends with it."""
        self._ended = True
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
