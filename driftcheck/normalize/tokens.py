"""The fallback for SQL that the grammar does not know: the same words in the same order."""

from __future__ import annotations

from ..model import quote
from .expressions.lexer import Token, tokenize


def words_of(text: str) -> str:
    """`text` with one blank between its words: names folded, strings in one notation, no comments, no semicolon."""
    try:
        tokens = tokenize(text)[:-1]
    except ValueError:
        return " ".join(text.split())
    while tokens and tokens[-1].is_mark(";"):
        tokens.pop()
    while _is_wrapped(tokens):
        tokens = tokens[1:-1]
    return " ".join(map(_word, tokens))


def _word(token: Token) -> str:
    if token.kind == "string":
        return "'" + token.text.replace("'", "''") + "'"
    if token.kind == "quoted":
        # A quoted keyword is another word than the keyword.
        return quote(token.text)
    return token.text


def _is_wrapped(tokens: list[Token]) -> bool:
    """Whether the first parenthesis closes with the last."""
    if len(tokens) < 3 or not tokens[0].is_mark("("):
        return False
    depth = 0
    for index, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "mark" else 0
        if depth == 0:
            return index == len(tokens) - 1
    return False
