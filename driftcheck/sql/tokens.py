"""The words of PostgreSQL's SQL, with their places and what they stand for."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..model import truncate
from . import strings
from .errors import SqlError

#: Digits beyond which no number is looked into: Python refuses to convert some thousand, and no schema has them.
MOST_DIGITS = 1_000

#: Kinds of token.
WORD: Final = "word"
QUOTED: Final = "quoted identifier"
STRING: Final = "string"
DOLLAR: Final = "dollar-quoted string"
BITS: Final = "bit string"
NUMBER: Final = "number"
PARAMETER: Final = "parameter"
OPERATOR: Final = "operator"
MARK: Final = "punctuation"
COMMENT: Final = "comment"
#: What only psql knows: `:name`, and a line from a backslash on.
VARIABLE: Final = "psql variable"
BACKSLASH: Final = "psql command"
#: What PostgreSQL's scanner refuses or no grammar takes: a lone character, `12ab`, `""`, a string with a bad escape.
OTHER: Final = "character"
#: From the opening of a comment, string or quoted name that is never closed to the end of the text.
UNTERMINATED: Final = "unterminated"
END: Final = "end"


class Token(NamedTuple):
    """One token of `source[start:end]`.

    `word` is what grammar looks at: an unquoted word with its ASCII letters in lower case, a punctuation mark or an
    operator (`<>` for `!=`), else "": so a string or a quoted name never passes for a keyword.
    """

    kind: str
    word: str
    start: int
    end: int
    source: str

    @property
    def text(self) -> str:
        """The token as it was written."""
        return self.source[self.start : self.end]

    @property
    def is_name(self) -> bool:
        return self.kind in (WORD, QUOTED)

    @property
    def is_string(self) -> bool:
        """Whether it is a constant with a text of characters: no bit string."""
        return self.kind in (STRING, DOLLAR)

    @property
    def name(self) -> str:
        """The name that a word or quoted identifier stands for, as PostgreSQL stores it: at most 63 bytes.

        Raises SqlError for every other kind of token.
        """
        if self.kind == WORD:
            word = self.word
            return word if len(word) < 64 and word.isascii() else truncate(word)
        if self.kind != QUOTED:
            raise SqlError("a name was expected", self)
        return truncate(strings.decode(self.text))

    @property
    def value(self) -> str:
        """The value of a string constant of any kind; of a bit string its digits behind "b" or "x".

        Raises SqlError for every other kind of token.
        """
        if self.kind == STRING:
            return strings.decode(self.text)
        if self.kind == DOLLAR:
            start, end = self.inner
            return self.source[start:end]
        if self.kind != BITS:
            raise SqlError("a string was expected", self)
        return self.text[0].lower() + strings.decode(self.text)

    @property
    def inner(self) -> tuple[int, int]:
        """Where the text between the tags of a dollar-quoted string begins and ends."""
        tag = self.source.index("$", self.start + 1) + 1 - self.start
        return self.start + tag, self.end - tag


def whole(text: str) -> int | None:
    """The number that `text` writes in plain digits, with a sign or without; None for everything else."""
    digits = text[1:] if text[:1] in ("-", "+") else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else None
