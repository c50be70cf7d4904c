"""Globs as wcmatch reads them: `*`, `?`, `[a-z]`, `[[:alpha:]]`, `{a,b}`, `{1..3}`, and `@( ) ?( ) *( ) +( ) !( )`.

The same as in minimatch, which drizzle-kit uses. A glob may be a stranger's: it stands for a bounded number of
patterns, and each is matched in bounded time (`patterns`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .budget import Budget
from .patterns import Pattern

#: How many globs one with braces may stand for, and how long it may be: longer than any path.
MOST_CHOICES = 1_000
_LONGEST = 8_192


class GlobError(ValueError):
    """A glob that stands for too much."""


def expanded(glob: str) -> list[str]:
    """The globs without braces that one with braces stands for. Raises GlobError for one that is a bomb."""
    import bracex

    _check(glob)
    if "{" not in glob:
        return [glob]
    try:
        return list(dict.fromkeys(bracex.iexpand(glob, keep_escapes=True, limit=MOST_CHOICES)))
    except bracex.ExpansionLimitException as error:
        raise GlobError(f"the glob {_short(glob)} expands to more than {MOST_CHOICES:,} patterns") from error
    except RecursionError as error:
        raise _too_deep(glob) from error


@lru_cache(maxsize=2_000)
def expression(glob: str) -> str:
    """A glob over names, as a regular expression for the whole name. Raises GlobError."""
    from wcmatch import fnmatch

    flags = fnmatch.EXTMATCH | fnmatch.DOTMATCH | fnmatch.CASE | fnmatch.FORCEUNIX
    try:
        found = [one for choice in expanded(glob) for one in fnmatch.translate(choice, flags=flags)[0]]
    except RecursionError as error:
        raise _too_deep(glob) from error
    return found[0] if len(found) == 1 else "|".join(f"(?:{one})" for one in found)


@lru_cache(maxsize=2_000)
def pattern(glob: str) -> Pattern:
    """What a glob over names matches. Raises GlobError."""
    try:
        return Pattern(expression(glob))
    except GlobError:
        raise
    except ValueError as error:
        raise _too_deep(glob) from error


def matches(glob: str, name: str, budget: Budget) -> bool:
    """Whether `glob` means the whole `name`. Raises GlobError, and OverLimit."""
    return pattern(glob).matches(name, budget)


def is_magic(part: str) -> bool:
    """Whether a part of a path is more than a name."""
    return any(character in part for character in "*?[]{}()\\")


def follow(states: set[int], parts: Sequence[str], name: str, budget: Budget, *, link: bool = False) -> set[int]:
    """How many of `parts` (of a path's glob) may be behind us after a folder `name`, if any of `states` were before it.

    `**` is any number of folders, but none behind a link to one; as in a shell, `*` and `**` pass over names that begin
    with a dot.
    """
    after: set[int] = set()
    budget.step(len(states))
    for state in states:
        part = parts[state] if state < len(parts) else ""
        if part == "**":
            if not name.startswith("."):
                after.add(state + link)
        elif part and (part.startswith((".", "\\.")) or not name.startswith(".")):
            same = part in ("*", name) or (is_magic(part) and matches(part, name, budget))
            if same:
                after.add(state + 1)
    return settled(after, parts)


def settled(states: set[int], parts: Sequence[str]) -> set[int]:
    """`states`, and those behind a `**` that stands for no folder at all. No `**` is behind another."""
    return states | {state + 1 for state in states if parts[state : state + 1] == ["**"]}


def _check(glob: str) -> None:
    if len(glob) > _LONGEST:
        raise GlobError(f"the glob {_short(glob)} is longer than {_LONGEST:,} characters")


def _too_deep(glob: str) -> GlobError:
    return GlobError(f"the glob {_short(glob)} is nested too deeply")


def _short(glob: str) -> str:
    return repr(glob if len(glob) <= 60 else f"{glob[:59]}…")
