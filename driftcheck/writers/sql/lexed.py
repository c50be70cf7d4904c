"""What the gate asks of a text: its tokens, whether they are one thing, and how to write them.

PostgreSQL is not all that reads a script. What psql (src/fe_utils/psqlscan.l) would take otherwise is refused here, or
is written so that both read the same: a backslash or colon outside of quotes, a constant in pieces on several lines,
and the words BEGIN, CASE and END in a function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...regex import lazy
from ...sql import SqlError, Stream, Token, tokenize
from ...sql.strings import ESCAPED
from ...sql.tokens import BITS, END, NUMBER, PARAMETER, QUOTED, STRING

_ONE_PIECE = lazy(ESCAPED, re.DOTALL)
_HALF = lazy("[\ud800-\udfff]")
_BLANK = frozenset(" \t\n\r\f")
_CLOSED_BY = {"(": ")", "[": "]"}
#: Functions with a colon between their arguments (SQL/JSON).
_WITH_COLONS = frozenset({"json_object", "json_objectagg"})
#: Reserved words that no value or condition holds outside of parentheses, but a statement may behind one.
_NOT_IN_EXPRESSIONS = frozenset(
    """
    check constraint create default deferrable except fetch foreign group having initially intersect into limit offset
    order primary references returning select table union unique where window
    """.split()
)
#: Words behind which NULL may be after NOT.
_BEFORE_NOT_NULL = frozenset({"is", "and", "or", "not", "when", "then", "else", "="})
#: What may be behind WITH at the end of a view, and is not of its query.
_OPTIONS_OF_VIEWS = frozenset({"cascaded", "check", "data", "local", "no"})


class Refused(ValueError):
    """A text is not what it claims to be; `why` says what it is or does, as a clause without a subject."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Lexed(Stream):
    """The tokens of a text, with a place from which to read on; raises Refused."""

    def error(self, why: str, token: Token | None = None) -> Refused:
        return Refused(f"is malformed: {why}")


def storable(text: str) -> str:
    """`text` as it comes to PostgreSQL: Node writes half of a surrogate pair, which JavaScript allows, as U+FFFD."""
    if "\0" in text:
        raise Refused("holds a zero byte")
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def lexed(text: str) -> Lexed:
    """The tokens of `text`, in which every bracket has its other, and nothing ends a statement."""
    return Lexed(_balanced(_scanned(text)))


def one_expression(text: str, *, parameters: bool = False) -> Lexed:
    """One value or condition, or a query; with the `parameters` of a function, if it is in the body of one."""
    tokens = _balanced(_scanned(text), parameters=parameters)
    if begins_query(tokens):
        return _one_query(tokens)
    if tokens[0].kind == END:
        raise Refused("is empty")
    for position in _outside(tokens):
        word, before = tokens[position].word, tokens[position - 1].word if position else ""
        if word == ",":
            raise Refused("holds a comma outside of parentheses")
        if word in _NOT_IN_EXPRESSIONS and before not in (".", "with", "without"):
            raise Refused(f"holds {word.upper()}, which no value or condition does")
        if word == "null" and before == "not" and position > 1 and tokens[position - 2].word not in _BEFORE_NOT_NULL:
            raise Refused("holds NOT NULL, which no value or condition does")
    return Lexed(tokens)


def one_query(text: str) -> Lexed:
    """A query without the semicolons that its author may have put behind it."""
    tokens = _scanned(text)
    while len(tokens) > 1 and tokens[-2].word == ";":
        del tokens[-2]
    return _one_query(_balanced(tokens))


def _one_query(tokens: list[Token]) -> Lexed:
    first = next((token for token in tokens if token.word != "("), tokens[-1])
    if not begins_query(tokens[tokens.index(first) :]):
        raise Refused("is no query")
    for position in _outside(tokens):
        if tokens[position].word == "with" and position and tokens[position + 1].word in _OPTIONS_OF_VIEWS:
            raise Refused("holds an option of the view behind its query")
    return Lexed(tokens)


def begins_query(tokens: Sequence[Token]) -> bool:
    word = tokens[0].word
    return word in ("select", "with", "table") or (word == "values" and tokens[1].word == "(")


def body(text: str) -> Lexed:
    """A function's body that is SQL of its own: RETURN value, or BEGIN ATOMIC … END."""
    found = Lexed(_balanced(_scanned(text), semicolons=True, parameters=True))
    ends, last = _end_for_psql(found.tokens), len(found.tokens) - 2
    if found.at("begin", "atomic") and ends == last == _end_for_postgresql(found.tokens):
        return found
    if not found.at("return") or ends is not None:
        raise Refused("ends elsewhere for PostgreSQL, or for psql, which counts BEGIN, CASE and END")
    if begins_query(one_expression(text[found.peek().start :], parameters=True).tokens):
        raise Refused("is a query, which needs parentheses after RETURN")
    return found


def _end_for_postgresql(tokens: Sequence[Token]) -> int | None:
    """Where PostgreSQL sees the end of BEGIN ATOMIC: at an END where a statement would begin."""
    for position in range(2, len(tokens)):
        if tokens[position].word == "end" and tokens[position - 1].word in ("atomic", ";"):
            return position
    return None


def _end_for_psql(tokens: Sequence[Token]) -> int | None:
    """Where psql sees the end of a body: it counts these words outside of parentheses, whatever they are there."""
    depth = parentheses = 0
    for position, token in enumerate(tokens):
        parentheses += (token.word == "(") - (token.word == ")")
        if parentheses or token.word not in ("begin", "case", "end"):
            continue
        if token.word == "begin" or (token.word == "case" and depth):
            depth += 1
        elif token.word == "end" and depth:
            depth -= 1
            if not depth:
                return position
    return len(tokens) if depth else None


def is_group(tokens: Sequence[Token]) -> bool:
    """Whether one pair of parentheses goes around all of `tokens`."""
    stream = Lexed(list(tokens))
    if not stream.at("("):
        return False
    stream.skip_group()
    return stream.done


def is_plain_default(tokens: Sequence[Token]) -> bool:
    """Whether DEFAULT takes it without parentheses: constants, one call, and casts of those."""
    stream = Lexed(list(tokens))
    if stream.accept_any("-", "+") or stream.token.kind in (NUMBER, STRING):
        plain = stream.advance().kind in (NUMBER, STRING)
    else:
        plain = stream.at_name and bool(stream.path())
        if plain and stream.at("("):
            stream.skip_group()
    while plain and stream.accept("::"):
        plain = stream.at_name and bool(stream.path())
        while stream.accept_any("precision", "varying", "with", "without", "time", "zone", "[", "]"):
            pass
        if stream.at("("):
            stream.skip_group()
        while stream.accept_any("with", "without", "time", "zone", "[", "]"):
            pass
    return plain and stream.done


def written(tokens: Sequence[Token]) -> str:
    """What the author wrote from the first to the last of `tokens`, as PostgreSQL and psql both read it.

    Without comments: one that ends at a carriage return goes on for a program that ends lines only at a line feed.
    """
    pieces: list[str] = []
    last: Token | None = None
    for token in tokens:
        if token.kind == END:
            break
        if last is not None:
            pieces.append(_between(token.source[last.end : token.start]))
        pieces.append(_for_both(token))
        last = token
    return "".join(pieces)


def _between(gap: str) -> str:
    if "--" in gap or "/*" in gap:
        return "\n" if "\n" in gap else " "
    return gap.replace("\v", " ")  # which PostgreSQL takes for a blank since version 16


def _for_both(token: Token) -> str:
    """psql takes a further piece of a constant for a constant of its own, and a word behind a colon for a variable."""
    if token.kind == STRING and token.text[0] in "eE" and not _ONE_PIECE.fullmatch(token.text, 1):
        return quoted(token.value)
    if token.kind == BITS and "'" in token.text[2:-1]:
        return token.value[0] + quoted(token.value[1:])
    behind = token.source[token.end : token.end + 1]
    return ": " if token.word == ":" and behind not in _BLANK else token.text


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _scanned(text: str) -> list[Token]:
    try:
        tokens = tokenize(storable(text))
        for token in tokens:
            _ = token.name if token.kind == QUOTED else token.value if token.kind in (STRING, BITS) else ""
    except SqlError as error:
        raise Refused(f"holds what PostgreSQL does not read: {error.why}") from None
    return tokens


def _balanced(tokens: list[Token], *, semicolons: bool = False, parameters: bool = False) -> list[Token]:
    """`tokens`, of which none ends a statement (unless `semicolons`), or is a variable to psql or PostgreSQL.

    In the body of a function `parameters` are its arguments.
    """
    closing, colons, before = [""], [False], ""
    for token in tokens:
        word = token.word
        if word in _CLOSED_BY:
            closing.append(_CLOSED_BY[word])
            colons.append(word == "[" or before in _WITH_COLONS)
        elif word in (")", "]"):
            colons.pop()
            if closing.pop() != word:
                raise Refused(f"has a '{word}' too many")
        elif word == ";" and (len(closing) > 1 or not semicolons):
            raise Refused("holds a semicolon outside of quotes")
        elif word == ":" and not colons[-1]:
            raise Refused("holds a colon outside of quotes")
        elif token.kind == PARAMETER and not parameters:
            raise Refused(f"holds the parameter {token.text}")
        before = word
    if len(closing) > 1:
        raise Refused(f"lacks a '{closing[-1]}'")
    return tokens


def _outside(tokens: Sequence[Token]) -> Iterator[int]:
    """The positions of the tokens outside of all brackets."""
    depth = 0
    for position, token in enumerate(tokens):
        depth -= token.word in (")", "]")
        if not depth:
            yield position
        depth += token.word in ("(", "[")
