"""SQL as an index key: what `index('i').on(sql`lower(${t.email}) desc`)` comes to in CREATE INDEX.

drizzle-kit copies the SQL between the parentheses of CREATE INDEX as it stands, so that it may hold several keys, and
each its collation, operator class and order (PostgreSQL's `index_elem`).
"""

from __future__ import annotations

from dataclasses import replace

from ...model import Expression, IndexKey
from ...sql.lexer import tokens_of
from ...sql.tokens import END, Token


def split_keys(text: str) -> list[str]:
    """`text` cut at its commas, those in parentheses apart."""
    parts: list[str] = []
    depth = start = 0
    for token in tokens_of(text):
        depth += (token.word in ("(", "[")) - (token.word in (")", "]"))
        if token.kind == END or (token.word == "," and depth == 0):
            parts.append(text[start : token.start].strip())
            start = token.end
    return [part for part in parts if part]


def index_key(text: str) -> IndexKey:
    """One key. What does not follow PostgreSQL's grammar is an expression as a whole."""
    tokens = tokens_of(text)[:-1]
    head = _head(tokens)
    key = _options(tokens[head:]) if head else None
    if key is None:
        return IndexKey(expression=Expression(_unwrapped(tokens) or text.strip()))
    if head == 1:
        return replace(key, column=tokens[0].name)
    return replace(key, expression=Expression(_unwrapped(tokens[:head])))


def _head(tokens: list[Token]) -> int:
    """How many tokens the key itself has: a column, a call, or something in parentheses. 0 for anything else."""
    position = 0
    while position < len(tokens) and tokens[position].is_name:
        position += 1
        if position >= len(tokens) or tokens[position].word != ".":
            break
        position += 1
    if position < len(tokens) and tokens[position].word == "(":
        return _closing(tokens, position) + 1
    return position if position <= 1 else 0


def _closing(tokens: list[Token], start: int) -> int:
    """Where the parenthesis at `start` is closed; -1 if it is not."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].word == "(") - (tokens[index].word == ")")
        if depth == 0:
            return index
    return -1


def _options(tokens: list[Token]) -> IndexKey | None:
    """What follows a key (as a key without column), or None if that is not what follows."""
    key = IndexKey()
    if tokens and tokens[0].word == "collate" and len(tokens) > 1 and tokens[1].is_name:
        name, tokens = _qualified(tokens[1:])
        key = replace(key, collation=name)
    if tokens and tokens[0].is_name and tokens[0].word not in ("asc", "desc", "nulls"):
        name, tokens = _qualified(tokens)
        key = replace(key, opclass=name)
        if tokens and tokens[0].word == "(":
            end = next((at for at, token in enumerate(tokens) if token.word == ")"), len(tokens))
            key = replace(key, opclass_options=_pairs(tokens[1:end]))
            tokens = tokens[end + 1 :]
    words = [token.word for token in tokens]
    if words[:1] in (["asc"], ["desc"]):
        key = replace(key, descending=words[0] == "desc", nulls_first=words[0] == "desc")
        words = words[1:]
    if words[:1] == ["nulls"] and words[1:2] in (["first"], ["last"]):
        key = replace(key, nulls_first=words[1] == "first")
        words = words[2:]
    return None if words else key


def _qualified(tokens: list[Token]) -> tuple[str, list[Token]]:
    """A name that may have a schema: its last part."""
    name, count = tokens[0].name, 1
    while count + 1 < len(tokens) and tokens[count].word == "." and tokens[count + 1].is_name:
        name, count = tokens[count + 1].name, count + 2
    return name, tokens[count:]


def _pairs(tokens: list[Token]) -> tuple[tuple[str, str], ...]:
    pairs = [part.partition("=") for part in "".join(token.word or token.text for token in tokens).split(",")]
    return tuple((name, value) for name, _, value in pairs)


def _unwrapped(tokens: list[Token]) -> str:
    """The text of tokens, without parentheses that enclose all of it."""
    closing: dict[int, int] = {}
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.word == "(":
            waiting.append(index)
        elif token.word == ")" and waiting:
            closing[waiting.pop()] = index
    first, last = 0, len(tokens) - 1
    while first < last and closing.get(first) == last:
        first, last = first + 1, last - 1
    return "" if last < first else tokens[0].source[tokens[first].start : tokens[last].end]
