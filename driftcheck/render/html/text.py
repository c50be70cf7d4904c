"""Text into HTML."""

from __future__ import annotations

import html
import unicodedata

#: A name of ten thousand letters is told by its beginning.
_LONGEST = 600


def escape(text: str) -> str:
    """`text` as content or as a quoted attribute: no markup, no control characters, no reordering of what is around."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return html.escape("".join(_visible(char) for char in cut), quote=True)


def _visible(char: str) -> str:
    if char in "\n\t":
        return char
    return f"\\u{ord(char):04x}" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char
