"""The fallback for SQL that the grammar does not know: the same words in the same order."""

from __future__ import annotations

from ..model import quote
from ..sql import Token, tokenize
from ..sql.stream import within_parentheses
from ..sql.strings import literal
from ..sql.tokens import BITS, QUOTED, WORD


def words_of(text: str) -> str:
    """`text` with one blank between its words: names folded, strings in one notation, no comments, no semicolon."""
    try:
        tokens = tokenize(text)[:-1]
    except ValueError:
        return " ".join(text.split())
    while tokens and tokens[-1].word == ";":
        tokens.pop()
    return " ".join(map(_word, within_parentheses(tokens)))


def _word(token: Token) -> str:
    if token.is_string:
        return literal(token.value)
    if token.kind == QUOTED:
        # A quoted keyword is another word than the keyword.
        return quote(token.name)
    return token.name if token.kind == WORD else token.value if token.kind == BITS else token.word or token.text
