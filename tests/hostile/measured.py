"""A run of driftcheck in a process of its own, with what it took of the processor and of memory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from driftcheck.budget import Limits

from ..cli.warm import warm


def tighten(folder: Path) -> None:
    """Gives the project a quarter of the limits: what does not end without one is found in a quarter of the time."""
    limits = "".join(f"{name} = {getattr(Limits(), name) // 4}\n" for name in ("steps", "bytes", "seconds"))
    (folder / "driftcheck.toml").write_text(f"[limits]\n{limits}")


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds` of processor time, `megabytes` at the peak, and what was `said` on both streams."""

    status: int
    seconds: float
    megabytes: float
    said: str


def run(folder: Path, *words: str) -> Run:
    """`driftcheck WORDS` in `folder`, without a cache. Whatever waits for ever fails the test."""
    server = warm()
    assert server is not None, "what a child took is measured by POSIX"
    done = server.run(folder, words, {**os.environ, "DRIFTCHECK_CACHE_DIR": str(folder.parent / "cache")}, most=20)
    return Run(done.status, done.seconds, done.megabytes, done.stdout + done.stderr)
