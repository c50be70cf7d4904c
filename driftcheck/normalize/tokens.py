"""The fallback for SQL that the grammar does not know: the same words in the same order."""

from __future__ import annotations

from ..model import quote
from ..sql import Token, tokenize
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
    while _is_wrapped(tokens):
        tokens = tokens[1:-1]
    return " ".join(map(_word, tokens))


def _word(token: Token) -> str:
    if token.is_string:
        return literal(token.value)
    if token.kind == QUOTED:
        # A quoted keyword is another word than the keyword.
        return quote(token.name)
    return token.name if token.kind == WORD else token.value if token.kind == BITS else token.word or token.text


def _is_wrapped(tokens: list[Token]) -> bool:
    """Whether the first parenthesis closes with the last."""
    if len(tokens) < 3 or tokens[0].word != "(":
        return False
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.word == "(") - (token.word == ")")
        if depth == 0:
            return index == len(tokens) - 1
    return False
