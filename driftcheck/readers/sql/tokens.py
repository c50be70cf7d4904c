"""The words of PostgreSQL's SQL, with their places.

Follows PostgreSQL's own scanner (src/backend/parser/scan.l) and, for what only psql knows (backslash commands,
variables), psql's (src/bin/psql/psqlscanslash.l, src/fe_utils/psqlscan.l). Every pattern is possessive: no input makes
it go back, so time is linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from ...model import truncate

#: Kinds of token.
WORD: Final = "word"
QUOTED: Final = "quoted identifier"
STRING: Final = "string"
DOLLAR: Final = "dollar-quoted string"
NUMBER: Final = "number"
OPERATOR: Final = "operator"
MARK: Final = "punctuation"
VARIABLE: Final = "psql variable"
BACKSLASH: Final = "psql command"
COMMENT: Final = "comment"
OTHER: Final = "character"
UNTERMINATED: Final = "unterminated"
END: Final = "end"


class Token(NamedTuple):
    """One word. `word` is what grammar looks at: an unquoted word in lower case, a mark or an operator, else ""."""

    kind: str
    word: str
    start: int
    end: int


# Every character beyond ASCII is a letter. Said by what is none, which `re` compiles far sooner than a range up to the
# last character of Unicode: the start of a check would wait for it.
_LETTER = r"[^\x00-@\[-^`{-\x7f]"
_LETTER_OR_DIGIT = r"[^\x00-/:-@\[-^`{-\x7f]"
_LETTER_DIGIT_OR_DOLLAR = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_PATTERN = rf"""
[ \t\r\n\f\v\0]*+
(?:
  (?P<escaped>[eE]'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+')
| (?P<string>(?:[bBxXnN]|[uU]&)?'[^']*+(?:''[^']*+)*+')
| (?P<quoted>(?:[uU]&)?"[^"]*+(?:""[^"]*+)*+")
| (?P<open>(?:[eEbBxXnN]|[uU]&)?'|(?:[uU]&)?")
| (?P<word>{_LETTER}{_LETTER_DIGIT_OR_DOLLAR}*+)
| (?P<mark>[()\[\],;.](?![0-9])|[()\[\],;])
| (?P<number>0[xX][0-9a-fA-F_]++|(?:[0-9][0-9_]*+(?:\.(?!\.)[0-9_]*+)?|\.[0-9][0-9_]*+)(?:[eE][+-]?[0-9]++)?+)
| (?P<comment>--[^\r\n]*+)
| (?P<block>/\*)
| (?P<operator>(?:(?!--|/\*)[+\-*/<>=~!@\#%^&|`?]){{1,63}}+|::|:=)
| (?P<dollar>\$(?:{_LETTER}{_LETTER_OR_DIGIT}*+)?\$)
| (?P<parameter>\$[0-9]++)
| (?P<variable>:(?:{_LETTER}{_LETTER_OR_DIGIT}*+|'{_LETTER}{_LETTER_OR_DIGIT}*+'|"{_LETTER}{_LETTER_OR_DIGIT}*+"))
| (?P<backslash>\\[^\r\n]*+)
| (?P<other>.)
)
"""


@cache
def _compile(escapes: bool) -> re.Pattern[str]:
    pattern = _PATTERN.replace("[eE]'", "(?:[eE]|)'", 1) if escapes else _PATTERN
    return re.compile(pattern, re.VERBOSE | re.DOTALL)


_COMMENT_MARK = re.compile(r"/\*|\*/")
_KIND = {
    "escaped": STRING, "string": STRING, "quoted": QUOTED, "number": NUMBER, "parameter": NUMBER, "comment": COMMENT,
    "variable": VARIABLE, "backslash": BACKSLASH, "other": OTHER, "open": UNTERMINATED,
}  # fmt: skip


class Lexer:
    """Gives the tokens of `text[pos:end]` one by one. `pos` may be moved between two of them.

    `escapes` is PostgreSQL's standard_conforming_strings turned off: a backslash then escapes in every string.
    """

    __slots__ = ("_escapes", "_match", "end", "pos", "text")

    def __init__(self, text: str, pos: int = 0, end: int | None = None) -> None:
        self.text = text
        self.pos = pos
        self.end = len(text) if end is None else end
        self._match = _compile(False).match

    def escape_all(self, on: bool) -> None:
        """Whether a backslash escapes in plain strings from here on."""
        self._match = _compile(on).match

    def next(self) -> Token:
        """The next token; line comments are tokens, block comments are not; END at the end."""
        while True:
            match = self._match(self.text, self.pos, self.end)
            if match is None:
                self.pos = self.end
                return Token(END, "", self.end, self.end)
            group = match.lastgroup
            start, end = match.span(group)  # type: ignore[arg-type]  # every alternative is a named group
            self.pos = end
            if group == "word":
                word = match[group]
                return Token(WORD, word.lower() if word.isascii() else _lower(word), start, end)
            if group == "mark":
                return Token(MARK, match[group], start, end)
            if group == "operator":
                return self._operator(match[group], start)
            if group == "block":
                if (after := self._comment_end(start)) is None:
                    return self._unterminated(start)
                self.pos = after
                continue
            if group == "dollar":
                return self._dollar(match[group], start, end)
            if group == "open":
                return self._unterminated(start)
            return Token(_KIND[group or "other"], "", start, end)

    def _operator(self, text: str, start: int) -> Token:
        """PostgreSQL gives back a trailing + or - unless the operator has one of ~ ! @ # % ^ & | ` ? in it."""
        if len(text) > 1 and text[-1] in "+-" and not _SPECIAL.search(text):
            text = text.rstrip("+-") or text[0]
        self.pos = start + len(text)
        return Token(OPERATOR, text, start, self.pos)

    def _comment_end(self, start: int) -> int | None:
        depth = 0
        for match in _COMMENT_MARK.finditer(self.text, start, self.end):
            depth += 1 if match[0] == "/*" else -1
            if not depth:
                return match.end()
        return None

    def _dollar(self, tag: str, start: int, end: int) -> Token:
        close = self.text.find(tag, end, self.end)
        if close < 0:
            return self._unterminated(start)
        self.pos = close + len(tag)
        return Token(DOLLAR, "", start, self.pos)

    def _unterminated(self, start: int) -> Token:
        self.pos = self.end
        return Token(UNTERMINATED, "", start, self.end)


_SPECIAL = re.compile(r"[~!@#%^&|`?]")


def _lower(word: str) -> str:
    """Only ASCII letters are folded, as PostgreSQL does in a multi-byte encoding."""
    return "".join(c.lower() if c.isascii() else c for c in word)


def identifier(token: Token, text: str) -> str:
    """The name that an unquoted or quoted identifier stands for, as PostgreSQL stores it."""
    if token.kind == WORD:
        return truncate(token.word) if len(token.word) > 63 or not token.word.isascii() else token.word
    raw = text[token.start : token.end]
    if raw[0] in "uU":
        return truncate(_unicode(raw[3:-1].replace('""', '"')))
    return truncate(raw[1:-1].replace('""', '"'))


def string(token: Token, text: str) -> str:
    """The value of a string constant of any kind (the digits of a bit string)."""
    raw = text[token.start : token.end]
    if token.kind == DOLLAR:
        tag = raw.index("$", 1) + 1
        return raw[tag:-tag]
    prefix, quote = raw[0], raw.index("'")
    inner = raw[quote + 1 : -1].replace("''", "'")
    if prefix in "eE":
        return _backslashes(inner)
    return _unicode(inner) if prefix in "uU" else inner


_UNICODE = re.compile(r"\\(?:\\|\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4}))")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_SINGLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _unicode(text: str) -> str:
    return _UNICODE.sub(lambda m: _character(m[1] or m[2], 16) if m[1] or m[2] else "\\", text)


def _backslashes(text: str) -> str:
    def value(match: re.Match[str]) -> str:
        octal, hexadecimal, short, long, other = match.groups()
        if octal:
            return _character(octal, 8)
        if code := hexadecimal or short or long:
            return _character(code, 16)
        return _SINGLE.get(other, other)

    return _ESCAPE.sub(value, text)


def _character(digits: str, base: int) -> str:
    code = int(digits, base)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
