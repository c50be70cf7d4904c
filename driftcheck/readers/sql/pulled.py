"""The first migration of a database that was there before drizzle-kit: `drizzle-kit pull` writes it as a comment.

The migrations that come after it alter what is in the comment, so the comment has to be read. See `introspect` in
https://github.com/drizzle-team/drizzle-orm/tree/main/drizzle-kit.
"""

from __future__ import annotations

import re

from ...regex import lazy

_HEAD = "-- Current sql file was generated after introspecting the database"
_BLOCK = lazy(r"(?P<head>(?:\s*--[^\n]*\n)+\s*)/\*(?P<statements>.*)\*/\s*\Z", re.DOTALL)
#: A comment that is not drizzle-kit's own mark between statements.
_LINE = lazy(r"^([ \t]*)--(?!>)", re.MULTILINE)


def uncommented(text: str) -> str | None:
    """`text` with its statements in the same places and no comment around them; None if it is no such file.

    What somebody has taken out of the comment in part is read as it is.
    """
    if not text.startswith(_HEAD):
        return None
    if (found := _BLOCK.match(text)) is not None:
        return f"{found['head']}  {found['statements']}"
    lines = text.splitlines(keepends=True)
    if any(line.strip() and not line.lstrip().startswith("--") for line in lines):
        return None
    own = 2 if "uncomment this code" in "".join(lines[1:2]) else 1
    return "".join(lines[:own]) + _LINE.sub(r"\1  ", "".join(lines[own:]))
