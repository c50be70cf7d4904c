"""Parentheses in SQL."""

from __future__ import annotations


def closing(words: str, start: int) -> int:
    """Where the parenthesis that opens at `start` closes. Raises ValueError if it does not."""
    depth, quote = 0, ""
    for position in range(start, len(words)):
        character = words[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return position
    raise ValueError("a parenthesis of its definition does not close")


def closes_at_end(text: str) -> bool:
    """Whether the parenthesis that `text` begins with closes at its end."""
    try:
        return closing(text, 0) == len(text) - 1
    except ValueError:
        return False
