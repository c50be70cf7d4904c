"""PostgreSQL's lexical rules: https://www.postgresql.org/docs/current/sql-syntax-lexical.html"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model import fold, truncate
from .tree import NotUnderstood


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is word, quoted, string, bits, number, operator, mark or end. A word is folded, a string is its value."""

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text in words

    def is_mark(self, *marks: str) -> bool:
        return self.kind in ("mark", "operator") and self.text in marks


_SPACE = re.compile(r"(?:\s+|--[^\n\r]*)+")
_WORD = re.compile(r"[^\W\d][\w$]*")
_QUOTED = re.compile(r'"((?:[^"]|"")+)"')
_STRING = re.compile(r"'((?:[^']|'')*)'")
_ESCAPED = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)
_CONTINUED = re.compile(r"[ \t\f\v]*(?:--[^\n\r]*)?[\n\r]\s*(?=')")
_DOLLAR = re.compile(r"\$((?:[^\W\d]\w*)?)\$")
_NUMBER = re.compile(
    r"0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+"
    r"|(?:\d(?:_?\d)*(?:\.(?!\.)(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?"
)
_OPERATOR = re.compile(r"[-+*/<>=~!@#%^&|`?]+")
_MARK = re.compile(r"::|:=|\.\.|[()\[\],;.:]")
_PREFIXED = re.compile(r"[uU]&(?=['\"])|[eEbBxXnN](?=')")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_UNICODE = re.compile(r"\\(?:([0-9a-fA-F]{4})|\+([0-9a-fA-F]{6})|(\\))")
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, an end token last. Raises NotUnderstood for what PostgreSQL could not scan."""
    tokens: list[Token] = []
    position = 0
    while True:
        position = _skip(text, position)
        if position >= len(text):
            break
        token = _token(text, position)
        tokens.append(token)
        position = token.end
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _skip(text: str, position: int) -> int:
    """Past blanks and comments; block comments nest."""
    while True:
        if match := _SPACE.match(text, position):
            position = match.end()
        if not text.startswith("/*", position):
            return position
        depth, position = 1, position + 2
        while depth:
            opening, closing = text.find("/*", position), text.find("*/", position)
            if closing < 0:
                raise NotUnderstood("a comment that does not end")
            nested = 0 <= opening < closing
            depth += 1 if nested else -1
            position = (opening if nested else closing) + 2


def _token(text: str, start: int) -> Token:
    first = text[start]
    if first == "'":
        return _string(text, start, start, _STRING)
    if match := _PREFIXED.match(text, start):
        return _prefixed(text, start, match[0].lower(), match.end())
    if match := _WORD.match(text, start):
        return Token("word", fold(match[0]), start, match.end())
    if match := _QUOTED.match(text, start):
        return Token("quoted", truncate(match[1].replace('""', '"')), start, match.end())
    if first == "$" and (match := _DOLLAR.match(text, start)):
        end = text.find(match[0], match.end())
        if end < 0:
            raise NotUnderstood("a dollar-quoted string that does not end")
        return Token("string", text[match.end() : end], start, end + len(match[0]))
    if match := _NUMBER.match(text, start):
        if match.end() < len(text) and (text[match.end()].isalpha() or text[match.end()] == "_"):
            raise NotUnderstood("letters right after a number")
        return Token("number", match[0], start, match.end())
    if match := _MARK.match(text, start):
        return Token("mark", match[0], start, match.end())
    if match := _OPERATOR.match(text, start):
        operator = _operator(match[0])
        return Token("operator", {"!=": "<>"}.get(operator, operator), start, start + len(operator))
    raise NotUnderstood(f"the character {first!r}")


def _operator(run: str) -> str:
    """The operator that PostgreSQL cuts from a run of operator characters."""
    for comment in ("--", "/*"):
        run = run.split(comment, 1)[0] if comment in run else run
    if len(run) > 1 and not set(run) & set("~!@#%^&|`?"):
        while len(run) > 1 and run[-1] in "+-":
            run = run[:-1]
    return run


def _string(text: str, start: int, quote: int, pattern: re.Pattern[str]) -> Token:
    """A quoted string, with the pieces that follow it on further lines."""
    pieces = []
    while match := pattern.match(text, quote):
        pieces.append(match[1].replace("''", "'") if pattern is _STRING else _unescape(match[1]))
        quote = match.end()
        if not (more := _CONTINUED.match(text, quote)):
            return Token("string", "".join(pieces), start, quote)
        quote = more.end()
    raise NotUnderstood("a string that does not end")


def _prefixed(text: str, start: int, prefix: str, quote: int) -> Token:
    if prefix == "e":
        return _string(text, start, quote, _ESCAPED)
    if text[quote] == '"':
        match = _QUOTED.match(text, quote)
        if not match:
            raise NotUnderstood("a quoted name that does not end")
        return Token("quoted", truncate(_unicode(match[1].replace('""', '"'))), start, match.end())
    token = _string(text, start, quote, _STRING)
    if prefix == "u&":
        return Token("string", _unicode(token.text), start, token.end)
    if prefix == "n":
        return token
    return Token("bits", prefix + token.text, start, token.end)


def _unescape(text: str) -> str:
    def value(match: re.Match[str]) -> str:
        octal, hexadecimal, short, long, letter = match.groups()
        if octal or hexadecimal:
            code = int(octal, 8) & 0xFF if octal else int(hexadecimal, 16)
            if code > 0x7F:
                raise NotUnderstood("a byte of a multi-byte character in an E'' string")
            return chr(code)
        return chr(int(short or long, 16)) if short or long else _LETTERS.get(letter, letter)

    return _ESCAPE.sub(value, text.replace("''", "'"))


def _unicode(text: str) -> str:
    return _UNICODE.sub(lambda match: "\\" if match[3] else chr(int(match[1] or match[2], 16)), text)
