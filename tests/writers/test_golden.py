"""The example, written. After a change that is meant: `python -m tests.writers.test_golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

from driftcheck.writers.sql import write

from .example import EXAMPLE

GOLDEN = Path(__file__).with_name("example.sql")


def test_the_example_is_written_as_it_was() -> None:
    assert write(EXAMPLE) == GOLDEN.read_text()


if __name__ == "__main__":
    GOLDEN.write_text(write(EXAMPLE))
