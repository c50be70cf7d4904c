"""PostgreSQL's own scanner (src/backend/parser/scan.l) and, where it is asked for, what psql's adds to it.

psql's are backslash commands and variables (src/bin/psql/psqlscanslash.l, src/fe_utils/psqlscan.l). Every pattern is
possessive: no input makes it go back, so time is linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import cache

from ..regex import lazy
from . import strings
from .errors import SqlError
from .strings import BITS as BIT_DIGITS
from .strings import BLANK, CONTINUED, ESCAPED, PLAIN
from .tokens import (
    BACKSLASH,
    BITS,
    COMMENT,
    DOLLAR,
    END,
    MARK,
    MOST_DIGITS,
    NUMBER,
    OPERATOR,
    OTHER,
    PARAMETER,
    QUOTED,
    STRING,
    UNTERMINATED,
    VARIABLE,
    WORD,
    Token,
)

# Every character beyond ASCII is a letter. Said by what is none, which `re` compiles far sooner than a range up to the
# last character of Unicode: the start of a check would wait for it.
_LETTER = r"[^\x00-@\[-^`{-\x7f]"
_LETTER_OR_DIGIT = r"[^\x00-/:-@\[-^`{-\x7f]"
_WORD = _LETTER + r"[^\x00-#%-/:-@\[-^`{-\x7f]*+"
_DIGITS = r"[0-9](?:_?[0-9])*+"
_NUMBER = (
    r"0[xX](?:_?[0-9a-fA-F])++|0[oO](?:_?[0-7])++|0[bB](?:_?[01])++"
    rf"|(?:{_DIGITS}(?:\.(?!\.)(?:{_DIGITS})?+)?+|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?+"
)
_QUOTED = r'"[^"]*+(?:""[^"]*+)*+"'
_VARIABLE = rf":(?:{_LETTER}{_LETTER_OR_DIGIT}*+|'{_LETTER}{_LETTER_OR_DIGIT}*+'|\"{_LETTER}{_LETTER_OR_DIGIT}*+\")"
_COMMAND = r"\\[^\r\n]*+"
_NEVER = r"(?!)"


def _constant(piece: str) -> str:
    """A constant in quotes, with the pieces that follow it on further lines, the last of which must end too."""
    return rf"{piece}(?:{CONTINUED}{piece})*+(?!{CONTINUED})"


@cache
def _compile(psql: bool, escapes: bool) -> re.Pattern[str]:
    return re.compile(
        rf"""
        {BLANK}*+
        (?:
          (?P<word>{_WORD})
        | (?P<mark>[()\[\],;]|\.(?![.0-9])|::|:=|\.\.)
        | (?P<operator>(?:(?!--|/\*)[+\-*/<>=~!@\#%^&|`?]){{1,64}}+)
        | (?P<string>{_constant(ESCAPED if escapes else PLAIN)})
        | (?P<quoted>{_QUOTED})
        | (?P<number>(?:{_NUMBER})(?P<junk>{_WORD})?+)
        | (?P<comment>--[^\r\n]*+)
        | (?P<block>/\*)
        | (?P<variable>{_VARIABLE if psql else _NEVER})
        | (?P<colon>:)
        | (?P<dollar>\$(?:{_LETTER}{_LETTER_OR_DIGIT}*+)?+\$)
        | (?P<parameter>\$[0-9]++(?P<letters>{_WORD})?+)
        | (?P<backslash>{_COMMAND if psql else _NEVER})
        | (?P<open>['"])
        | (?P<other>.)
        )
        """,
        re.VERBOSE | re.DOTALL,
    )


_PREFIXED = lazy(
    rf"(?P<string>[eE]{_constant(ESCAPED)}|[nN]{_constant(PLAIN)})|(?P<bits>[bBxX]{_constant(BIT_DIGITS)})"
    rf"|(?P<unicode>[uU]&(?:{_constant(PLAIN)}|(?P<name>{_QUOTED})))|(?P<open>[eEnNbBxX]'|[uU]&['\"])",
    re.DOTALL,
)
_COMMENT_MARK = lazy(r"/\*|\*/")
_BETWEEN = rf"(?:{BLANK}++|--[^\r\n]*+)*+"
_UESCAPE = lazy(rf"{_BETWEEN}uescape{_BETWEEN}'(?![0-9a-f+'\" \t\r\n\f\v])[\x01-\x7f]'(?!')", re.IGNORECASE)
_BEHIND_PREFIX = ("'", '"', "&")
_OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?"
_DATA_END = lazy(r"^\\\.[ \t]*\r?$", re.MULTILINE)
_SPECIAL = lazy(r"[~!@#%^&|`?]")
_KIND = {
    "string": STRING, "comment": COMMENT, "variable": VARIABLE, "backslash": BACKSLASH,
    "other": OTHER,
}  # fmt: skip
_new = tuple.__new__


class Lexer:
    """Gives the tokens of `text[pos:end]` one by one. `pos` may be moved between two of them.

    `psql` says that the text goes through psql: then `:name` is a variable and a backslash begins a command.
    """

    __slots__ = ("_match", "_psql", "end", "pos", "text")

    def __init__(self, text: str, pos: int = 0, end: int | None = None, *, psql: bool = False) -> None:
        self.text = text
        self.pos = pos
        self.end = len(text) if end is None else end
        self._psql = psql
        self._match = _compile(psql, escapes=False).match

    def escape_all(self, on: bool) -> None:
        """Whether a backslash escapes in plain strings from here on: standard_conforming_strings turned off."""
        self._match = _compile(self._psql, escapes=on).match

    def skip_data(self) -> None:
        """From behind `COPY … FROM stdin;` past the lines of its data, to behind the line `\\.` that ends them."""
        line_end = self.text.find("\n", self.pos)
        if line_end >= 0:
            found = _DATA_END.search(self.text, line_end + 1)
            self.pos = found.end() if found else self.end

    def next(self) -> Token:
        """The next token, comments included; END at the end, again and again."""
        text = self.text
        match = self._match(text, self.pos, self.end)
        if match is None:
            self.pos = self.end
            return Token(END, "", self.end, self.end, text)
        group = match.lastgroup
        start, end = match.span(group)  # type: ignore[arg-type]  # every alternative is a named group
        self.pos = end
        if group == "word":
            if end - start == 1 and text[end : end + 1] in _BEHIND_PREFIX:
                return self._prefixed(start, end)
            word = match[group]
            return _new(Token, (WORD, word.lower() if word.isascii() else _lower(word), start, end, text))
        if group == "mark":
            return _new(Token, (MARK, match[group], start, end, text))
        return self._other(group or "other", match, start)

    def _other(self, group: str, match: re.Match[str], start: int) -> Token:
        """What is neither a word nor a mark; `pos` is at its end, as far as the pattern knows that."""
        if group == "operator":
            return self._operator(match[group], start)
        if group == "number":
            long = match.end() - match.start() > MOST_DIGITS
            return self._token(OTHER if match["junk"] or long else NUMBER, start)
        if group == "parameter":
            return self._token(OTHER if match["letters"] else PARAMETER, start)
        if group == "quoted":
            return self._token(QUOTED if self.pos > start + 2 else OTHER, start)
        if group == "colon":
            return self._token(MARK, start, ":")
        if group == "block":
            return self._block(start)
        if group == "dollar":
            return self._dollar(match[group], start)
        return self._unterminated(start) if group == "open" else self._token(_KIND[group], start)

    def _token(self, kind: str, start: int, word: str = "") -> Token:
        return Token(kind, word, start, self.pos, self.text)

    def _prefixed(self, start: int, end: int) -> Token:
        """A constant or name whose quote has a letter before it, or the letter alone."""
        match = _PREFIXED.match(self.text, start, self.end)
        if match is None:
            return self._token(WORD, start, self.text[start:end].lower())
        self.pos = match.end()
        if match["open"]:
            return self._unterminated(start)
        if match["unicode"]:
            # The escape character belongs to the constant before it (base_yylex in parser.c).
            if uescape := _UESCAPE.match(self.text, self.pos, self.end):
                self.pos = uescape.end()
            return self._decodable(QUOTED if match["name"] else STRING, start)
        return self._token(BITS, start) if match["bits"] else self._decodable(STRING, start)

    def _decodable(self, kind: str, start: int) -> Token:
        """A token of `kind`, if each of its escapes is one."""
        try:
            strings.decode(self.text[start : self.pos])
        except ValueError:
            kind = OTHER
        return self._token(kind, start)

    def _operator(self, text: str, start: int) -> Token:
        """PostgreSQL leaves off trailing + and - unless the operator has one of ~ ! @ # % ^ & | ` ? in it."""
        if len(text) == 64:
            # PostgreSQL takes none of more than 63.
            while self.pos < self.end and self.text[self.pos] in _OPERATOR_CHARACTERS:
                self.pos += 1
            return self._token(OTHER, start)
        if len(text) > 1 and text[-1] in "+-" and not _SPECIAL.search(text):
            text = text.rstrip("+-") or text[0]
        self.pos = start + len(text)
        return self._token(OPERATOR, start, "<>" if text == "!=" else text)

    def _block(self, start: int) -> Token:
        """A comment in `/* */`; they nest."""
        depth = 0
        for match in _COMMENT_MARK.finditer(self.text, start, self.end):
            depth += 1 if match[0] == "/*" else -1
            if not depth:
                self.pos = match.end()
                return self._token(COMMENT, start)
        return self._unterminated(start)

    def _dollar(self, tag: str, start: int) -> Token:
        close = self.text.find(tag, self.pos, self.end)
        if close < 0:
            return self._unterminated(start)
        self.pos = close + len(tag)
        return self._token(DOLLAR, start)

    def _unterminated(self, start: int) -> Token:
        self.pos = self.end
        return self._token(UNTERMINATED, start)


def _lower(word: str) -> str:
    """Only ASCII letters are folded, as PostgreSQL does in a multi-byte encoding."""
    return "".join(c.lower() if c.isascii() else c for c in word)


def tokens_of(text: str, start: int = 0, end: int | None = None, *, psql: bool = False) -> list[Token]:
    """All tokens of `text[start:end]` but comments, with an END token behind them, whatever the text is."""
    lexer, tokens = Lexer(text, start, end, psql=psql), []
    while True:
        token = lexer.next()
        if token.kind != COMMENT:
            tokens.append(token)
        if token.kind == END:
            return tokens


def tokenize(text: str) -> list[Token]:
    """All tokens of `text` but comments, with an END token behind them.

    Raises SqlError for what PostgreSQL's scanner refuses, and for characters that no grammar of SQL takes.
    """
    tokens = tokens_of(text)
    for token in tokens:
        if token.kind in (UNTERMINATED, OTHER):
            raise SqlError(why_refused(token), token)
    if "\0" in text:
        raise SqlError("a zero byte")
    return tokens


def why_refused(token: Token) -> str:
    """What is wrong with a token of the kinds UNTERMINATED and OTHER."""
    written = token.text
    if token.kind == UNTERMINATED:
        return f"{_OPENED.get(written.lstrip('eEbBxXnNuU&')[:1], 'a string')} that does not end"
    if len(written) == 1:
        return f"the character {written!r}"
    if written[0].isalpha() or written[0] == '"':
        try:
            strings.decode(written)
        except ValueError as error:
            return str(error)
    if written[0] in _OPERATOR_CHARACTERS:
        return "an operator of more than 63 characters"
    return "letters right after a number" if len(written) <= MOST_DIGITS else "a number of more than 1,000 digits"


_OPENED = {'"': "a quoted name", "/": "a comment", "$": "a dollar-quoted string"}
