"""Whole numbers in SQL text."""

from __future__ import annotations

#: Digits beyond which no number is looked into: Python refuses to convert some thousand, and no schema has them.
MOST_DIGITS = 1_000


def whole(text: str) -> int | None:
    """The number that `text` writes in plain digits, with a sign or without; None for everything else."""
    digits = text[1:] if text[:1] in ("-", "+") else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else None
