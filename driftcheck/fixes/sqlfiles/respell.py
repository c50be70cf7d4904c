"""From one text of SQL to another, token by token, carried over to a third that means the first but is spelled by its
author: only what differs between the two is touched.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ...model import quote
from ...model.identifiers import RESERVED
from ...sql import Token
from ...sql.lexer import tokens_of
from ...sql.tokens import QUOTED, STRING, WORD


class Piece(NamedTuple):
    """One token of ours: as it is compared, as it is written, and whether a blank is before it."""

    key: str
    text: str
    spaced: bool
    is_word: bool


def pieces(text: str, plain: bool) -> list[Piece]:
    """The tokens of `text`; if `plain`, without `public.` before names."""
    tokens = tokens_of(text)[:-1]
    found: list[Piece] = []
    end, carried, position = 0, False, 0
    while position < len(tokens):
        token = tokens[position]
        spaced = token.start > end or carried
        carried = False
        if plain and token.word == "public" and position + 1 < len(tokens) and tokens[position + 1].word == ".":
            carried, end, position = spaced, tokens[position + 1].end, position + 2
            continue
        text = quote(token.name) if token.kind == QUOTED else token.text
        found.append(Piece(key_of(token), text, spaced and bool(found), token.kind == WORD))
        end, position = token.end, position + 1
    return found


def key_of(token: Token) -> str:
    """What is the same for PostgreSQL has one key."""
    if token.kind == WORD:
        return token.word
    if token.kind == QUOTED:
        return token.name if token.name == token.name.lower() and token.name.isidentifier() else token.text
    return f"'{token.value}" if token.kind == STRING else token.word or token.text


def told(words: Sequence[Piece], *, lower: bool) -> str:
    """The text of tokens, keywords small if `lower`, else large: without quotes either means the same."""
    parts = []
    for position, one in enumerate(words):
        parts.append(" " if one.spaced and position else "")
        is_keyword = one.is_word and one.text.lower() in RESERVED
        parts.append(one.text.lower() if lower and one.is_word else one.text.upper() if is_keyword else one.text)
    return "".join(parts)


class Change(NamedTuple):
    """What is to be there instead of the tokens from `first` up to `last`; `spaced`: a blank is before what follows."""

    first: int
    last: int
    words: Sequence[Piece]
    spaced: bool


def changes(tokens: Sequence[Token], before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Change]:
    """Stretches of `tokens`, each with what is to be there instead.

    What is in all three is an anchor. Between two anchors `before` and `after` say the same, or the author's words go.
    """
    mine = [one.key for one in before]
    theirs = [key_of(token) for token in tokens]
    wanted = [one.key for one in after]
    written = {
        a + at: s + at
        for a, s, size in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
        for at in range(size)
    }
    anchors = [(-1, -1, -1)]
    for a, e, size in SequenceMatcher(None, mine, wanted, autojunk=False).get_matching_blocks():
        anchors += [(a + at, e + at, written[a + at]) for at in range(size) if a + at in written]
    anchors.append((len(mine), len(wanted), len(theirs)))
    for (a, e, s), (a_end, e_end, s_end) in itertools.pairwise(anchors):
        if mine[a + 1 : a_end] != wanted[e + 1 : e_end]:
            yield Change(s + 1, s_end, after[e + 1 : e_end], e_end < len(after) and after[e_end].spaced)


def doubtful(tokens: Sequence[Token], before: Sequence[Piece], parts: Sequence[Change]) -> bool:
    """Whether `tokens` say in another order what `before` says, or would end with parentheses that do not fit."""
    theirs, mine = [key_of(token) for token in tokens], [one.key for one in before]
    in_order = sum(block.size for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks())
    if parts and in_order < (Counter(theirs) & Counter(mine)).total() - 1:
        return True
    result = list(theirs)
    for part in reversed(parts):
        result[part.first : part.last] = [one.key for one in part.words]
    depth = 0
    for key in result:
        depth += (key == "(") - (key == ")")
        if depth < 0:
            return True
    return depth != 0
