"""Where the comments of a file of SQL are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .lexer import Lexer
from .tokens import COMMENT, END, UNTERMINATED

#: How often a text is taken up again in the line behind something that never ends: each costs a look through the rest.
_RESUMPTIONS = 20


def comments_in(text: str) -> Iterator[tuple[int, int]]:
    """Start and end offset of each comment, its marks included; data of a COPY holds none. psql reads the text."""
    lexer, resumptions = Lexer(text, psql=True), 0
    words: list[str] = []  # those of a statement that may be a COPY
    while (token := lexer.next()).kind != END:
        if token.kind == COMMENT or (token.kind == UNTERMINATED and text.startswith("/*", token.start)):
            yield token.start, token.end
        elif token.kind == UNTERMINATED:
            resumptions += 1
            line_end = text.find("\n", token.start)
            if line_end < 0 or resumptions > _RESUMPTIONS:
                return
            lexer.pos = line_end
        elif token.word == ";":
            if ("from", "stdin") in pairwise(words):
                lexer.skip_data()
            words = []
        elif not words or words[0] == "copy":
            words.append(token.word)
