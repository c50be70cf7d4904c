"""SQL as an index key: what `index('i').on(sql`lower(${t.email}) desc`)` comes to in CREATE INDEX.

drizzle-kit copies the SQL between the parentheses of CREATE INDEX as it stands, so that it may hold several keys, and
each its collation, operator class and order (PostgreSQL's `index_elem`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ...model import Expression, IndexKey, fold

_TOKEN = re.compile(
    r"""\s+|"(?:[^"]|"")*"|[eE]?'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|[^\x00-@\[-^`{-\x7f][\w$]*|.""", re.DOTALL
)
_NAME = re.compile(r'"(?:[^"]|"")+"|[^\x00-@\[-^`{-\x7f][\w$]*')


def _tokens(text: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(text)]


def split_keys(text: str) -> list[str]:
    """`text` cut at its commas, those in parentheses apart."""
    parts, depth = [""], 0
    for token in _tokens(text):
        depth += (token in "([") - (token in ")]")
        if token == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts if part.strip()]


def index_key(text: str) -> IndexKey:
    """One key. What does not follow PostgreSQL's grammar is an expression as a whole."""
    tokens = [token for token in _tokens(text) if not token.isspace()]
    head, rest = _head(tokens)
    key = _options(rest) if head else None
    if key is None:
        return IndexKey(expression=Expression(_unwrapped(text)))
    if head == 1:
        return replace(key, column=_identifier(tokens[0]))
    return replace(key, expression=Expression(_unwrapped(_text(text, head))))


def _text(text: str, count: int) -> str:
    """The first `count` tokens of `text`, with the space between them."""
    end = 0
    for found in _TOKEN.finditer(text):
        if not found[0].isspace():
            count -= 1
        end = found.end()
        if count == 0:
            break
    return text[:end].strip()


def _head(tokens: list[str]) -> tuple[int, list[str]]:
    """How many tokens the key itself has (a column, a call, or something in parentheses), and the others."""
    position = 0
    while position < len(tokens) and _NAME.fullmatch(tokens[position]):
        position += 1
        if position >= len(tokens) or tokens[position] != ".":
            break
        position += 1
    if position < len(tokens) and tokens[position] == "(":
        depth = 0
        for index in range(position, len(tokens)):
            depth += (tokens[index] == "(") - (tokens[index] == ")")
            if depth == 0:
                return index + 1, tokens[index + 1 :]
        return 0, tokens
    if position > 1:
        return 0, tokens
    return position, tokens[position:]


def _options(tokens: list[str]) -> IndexKey | None:
    """What follows a key (as a key without column), or None if that is not what follows."""
    key = IndexKey()
    words = [token if token.startswith('"') else token.lower() for token in tokens]
    if words[:1] == ["collate"] and len(words) > 1:
        name, words, tokens = _qualified(words[1:], tokens[1:])
        key = replace(key, collation=name)
    if words and _NAME.fullmatch(words[0]) and words[0] not in ("asc", "desc", "nulls"):
        name, words, tokens = _qualified(words, tokens)
        key = replace(key, opclass=name)
        if words[:1] == ["("]:
            end = words.index(")") if ")" in words else len(words)
            key = replace(key, opclass_options=_pairs(words[1:end]))
            words = words[end + 1 :]
    if words[:1] in (["asc"], ["desc"]):
        key = replace(key, descending=words[0] == "desc", nulls_first=words[0] == "desc")
        words = words[1:]
    if words[:1] == ["nulls"] and words[1:2] in (["first"], ["last"]):
        key = replace(key, nulls_first=words[1] == "first")
        words = words[2:]
    return None if words else key


def _qualified(words: list[str], tokens: list[str]) -> tuple[str, list[str], list[str]]:
    """A name that may have a schema: its last part."""
    name, count = _identifier(tokens[0]), 1
    while words[count : count + 1] == ["."] and count + 1 < len(words):
        name, count = _identifier(tokens[count + 1]), count + 2
    return name, words[count:], tokens[count:]


def _pairs(words: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = [part.partition("=") for part in "".join(words).split(",")]
    return tuple((name, value) for name, _, value in pairs)


def _identifier(token: str) -> str:
    return token[1:-1].replace('""', '"') if token.startswith('"') else fold(token)


def _unwrapped(text: str) -> str:
    """`text` without parentheses that enclose all of it."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")"):
        depth = 0
        for position, token in enumerate(tokens := _tokens(text)):
            depth += (token == "(") - (token == ")")
            if depth == 0 and position < len(tokens) - 1:
                return text
        text = text[1:-1].strip()
    return text
