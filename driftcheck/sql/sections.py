"""Migration files that hold the way up and the way down: where each part begins.

goose (`-- +goose Up`), dbmate (`-- migrate:up`), sql-migrate (`-- +migrate Up`), micrate, rambler, tern,
node-pg-migrate and MyBatis Migrations each mark them by a comment. A runner that a project wrote for itself often takes
the bare words (`-- UP`, `-- DOWN`), which count only as a pair. Only the way up is read.
"""

from __future__ import annotations

import re

from ..regex import lazy
from .tokens import Token

_PREFIX = r"--[ \t]*+(?:\+goose[ \t]++|\+migrate[ \t]++|\+micrate[ \t]++|migrate:|rambler[ \t]++)"
_UP = lazy(rf"{_PREFIX}up\b|--[ \t]*+up[ \t]++migration\b", re.IGNORECASE)
_DOWN = lazy(
    rf"{_PREFIX}down\b|--[ \t]*+down[ \t]++migration\b|--[ \t]*+//[ \t]*+@undo\b"
    r"|----[ \t]*+create above[ \t]*+/[ \t]*+drop below",
    re.IGNORECASE,
)
_UP_LINE = lazy(rf"^[ \t]*+(?:{_UP.pattern})", re.IGNORECASE | re.MULTILINE)
_RULE = r"[ \t=#*:@-]*+"
_BARE_UP = lazy(rf"--{_RULE}up{_RULE}\r?$", re.IGNORECASE)
_BARE_DOWN = lazy(rf"--{_RULE}down{_RULE}\r?$", re.IGNORECASE)
_BARE_UP_LINE = lazy(rf"^[ \t]*+--{_RULE}up{_RULE}$", re.IGNORECASE | re.MULTILINE)


_DOWN_LINE = lazy(rf"^[ \t]*+(?:{_DOWN.pattern})", re.IGNORECASE | re.MULTILINE)
_BARE_DOWN_LINE = lazy(rf"^[ \t]*+--{_RULE}down{_RULE}$", re.IGNORECASE | re.MULTILINE)
_NO_BLANK = lazy(r"[^\n]")


def without_down(text: str) -> tuple[str, int]:
    """`text` with the ways down blanked, so that every other place stays, and how many there were."""
    bare = _BARE_UP_LINE.search(text) is not None
    count, at = 0, 0
    while (down := _DOWN_LINE.search(text, at) or (bare and _BARE_DOWN_LINE.search(text, at))) is not None and down:
        up = _UP_LINE.search(text, down.end()) or (_BARE_UP_LINE.search(text, down.end()) if bare else None)
        at = up.start() if up else len(text)
        text = text[: down.start()] + _NO_BLANK.sub(" ", text[down.start() : at]) + text[at:]
        count += 1
    return text, count


class Sections:
    """The sections of one file. `left_out` counts the ways down that were passed over."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left_out = 0
        self._bare = False

    def after(self, comment: Token) -> int | None:
        """Where to read on after `comment` if it marks a section, else None."""
        if _UP.match(self.text, comment.start, comment.end):
            return comment.end
        if _BARE_UP.match(self.text, comment.start, comment.end):
            self._bare = True
            return comment.end
        bare = self._bare and _BARE_DOWN.match(self.text, comment.start, comment.end) is not None
        if not bare and not _DOWN.match(self.text, comment.start, comment.end):
            return None
        self.left_out += 1
        up = (_BARE_UP_LINE if bare else _UP_LINE).search(self.text, comment.end)
        return up.end() if up else len(self.text)
