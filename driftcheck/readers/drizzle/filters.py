"""A config's `schemaFilter` and `tablesFilter`: what of a database drizzle-kit leaves to others.

Source: `prepareTablesFilter` and `prepareSchemasFilter` of drizzle-kit, which match by minimatch. `tablesFilter`
chooses which tables of a database are looked at; what the schema files declare is created all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...reading import Management


def management(schemas: Sequence[str], tables: Sequence[str], config: str) -> Management:
    """What `config` says drizzle-kit manages; without patterns that is everything."""
    given = [word for word, patterns in (("schemaFilter", schemas), ("tablesFilter", tables)) if patterns]
    says = f"{' and '.join(given)} of {config}" if given else ""
    return Management(_expression(schemas), _expression(tables), says)


def _expression(patterns: Sequence[str]) -> str:
    """One regular expression for a list of globs, "" for none.

    A name must match no pattern behind a `!`; beyond that one of the others, unless there is a `!` at all: whatever
    that does not leave out counts as matched.
    """
    refused = [f"(?!(?:{_glob(glob)})\\Z)" for glob, negated in map(_told_apart, patterns) if negated]
    wanted = [_glob(glob) for glob, negated in map(_told_apart, patterns) if not negated]
    if not patterns:
        return ""
    return "".join(refused) + (".*" if refused else "|".join(wanted))


def _told_apart(pattern: str) -> tuple[str, bool]:
    """A pattern without the `!` before it, and whether that negates it: two do not."""
    glob = pattern.lstrip("!")
    return glob, (len(pattern) - len(glob)) % 2 == 1


_EXTENDED = re.compile(r"([@?*+!])\(([^()]*)\)")
_CLOSING = {"@": "", "?": "?", "*": "*", "+": "+"}


def _glob(pattern: str) -> str:
    """`a_*`, `?`, `[a-z]`, `{a,b}`, `@(a|b)` as a regular expression."""
    if (group := _EXTENDED.search(pattern)) is not None:
        before, after = _glob(pattern[: group.start()]), _glob(pattern[group.end() :])
        inner = "|".join(map(_glob, group[2].split("|")))
        if group[1] == "!":
            return f"{before}(?!(?:{inner}){after}\\Z).*{after}"
        return f"{before}(?:{inner}){_CLOSING[group[1]]}{after}"
    if (braces := re.search(r"\{([^{}]*,[^{}]*)\}", pattern)) is not None:
        choices = (pattern[: braces.start()] + choice + pattern[braces.end() :] for choice in braces[1].split(","))
        return "(?:" + "|".join(map(_glob, choices)) + ")"
    return _WILD.sub(_wild, pattern)


_WILD = re.compile(r"\*+|\?|\[(!|\^)?(\]?[^\]]*)\]|.", re.DOTALL)


def _wild(found: re.Match[str]) -> str:
    text = found[0]
    if text.startswith("*"):
        return ".*"
    if found[2]:
        letters = f"[{'^' if found[1] else ''}{re.escape(found[2]).replace(re.escape('-'), '-')}]"
        return letters if _is_valid(letters) else re.escape(text)
    return "." if text == "?" else re.escape(text)


def _is_valid(expression: str) -> bool:
    try:
        re.compile(expression)
    except re.error:
        return False
    return True
