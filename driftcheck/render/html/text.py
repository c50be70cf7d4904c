"""Text into HTML."""

from __future__ import annotations

import html

from ...plain import plain

#: A name of ten thousand letters is shortened to its beginning.
_LONGEST = 600


def escape(text: str, longest: int = _LONGEST) -> str:
    """`text` as content or as a quoted attribute: no markup, no control characters, no reordering of what is around."""
    return html.escape(plain(text, longest, keep="\n\t"), quote=True)


def number(count: int, word: str) -> str:
    """`1 table`, `2 tables`."""
    return f"{count} {word}{'' if count == 1 else 's'}"
