"""What a message may hold."""

from __future__ import annotations

from driftcheck.errors import ConfigError, SourceError


def test_a_message_is_cut() -> None:
    error = SourceError(f"there is no {'a/' * 1_000_000}", hint="b" * 1_000_000)
    assert error.message.startswith("there is no a/a/")
    assert len(error.message) == len(error.hint or "") == len(str(error)) == 4_000


def test_a_short_one_is_whole() -> None:
    error = ConfigError("what\x1b", hint="first\nsecond")
    assert (error.message, error.hint) == ("what\\x1b", "first\nsecond")
