"""The options of CREATE SEQUENCE, which may stand in any order: only those that differ are touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import Edit
from ...sql import Token
from ...sql.lexer import tokens_of
from ...sql.stream import cut
from .document import Document, Unplaced

_OPTIONS = frozenset("as increment minvalue maxvalue start cache cycle owned".split())
_ALL = _OPTIONS | {"no"}


def options(tokens: Sequence[Token]) -> dict[str, list[Token]]:
    """The tokens of each option by its word, NO within them."""
    found: dict[str, list[Token]] = {}
    begin = next((at for at, token in enumerate(tokens) if at > 2 and token.word in _ALL), len(tokens))
    at = begin
    while at < len(tokens):
        end = at + 2 if tokens[at].word == "no" else at + 1
        while end < len(tokens) and tokens[end].word not in _ALL:
            end += 1
        word = tokens[at + 1].word if tokens[at].word == "no" and at + 1 < len(tokens) else tokens[at].word
        found[word] = list(tokens[at:end])
        at = end
    return found


def changed(document: Document, tokens: Sequence[Token], before: str, after: str) -> Iterator[Edit]:
    """The edits of `tokens`, a CREATE SEQUENCE, that make what means `after` of what means `before`."""
    theirs, old, new = (options(one) for one in (tokens, tokens_of(before)[:-1], tokens_of(after)[:-1]))
    if theirs.keys() - _OPTIONS or new.keys() - _OPTIONS:
        raise Unplaced("it has options that are not known here")
    for word in sorted(old.keys() | new.keys()):
        now, wanted = (cut(one[word]) if word in one else "" for one in (old, new))
        if now == wanted:
            continue
        text, mine = document.in_style(wanted, tokens), theirs.get(word)
        if mine is None:
            yield document.edit(tokens[-1].end, tokens[-1].end, f" {text}")
        elif wanted:
            yield document.edit(mine[0].start, mine[-1].end, text)
        else:
            yield document.option_taken_out(tokens[list(tokens).index(mine[0]) - 1], mine)
