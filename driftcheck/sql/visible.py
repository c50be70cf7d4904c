"""A script for people's eyes and a CI's log that does, byte for byte, what the script does that it was made from."""

from __future__ import annotations

from ..plain import guarded, plain, respelled
from .lexer import Lexer
from .tokens import COMMENT, DOLLAR, END, QUOTED, STRING, WORD, Token

#: Blanks between tokens that move a cursor. A carriage return ends a comment, and so has to end the line.
_BLANKS = {ord("\r"): "\n", **dict.fromkeys(map(ord, "\f\v\0"), " ")}


def visible(script: str) -> str:
    """`script` with PostgreSQL's own escapes in every name and constant of which something cannot be seen, or would be
    a command to the log that it is printed to: `U&"..."` and `E'...'`. Comments hold driftcheck's own escapes.
    """
    pieces: list[str] = []
    lexer, at, changed = Lexer(script), 0, False
    while (token := lexer.next()).kind != END:
        between = script[at : token.start].translate(_BLANKS)
        # At the beginning of a line a cast would be a command, and so would be an operator before a bracket.
        comment = "/**/" if token.word in ("::", "[") and (not pieces or "\n" in between) else ""
        spelled = _spelled(token)
        # A prefix would belong to a word right before it, and a quote to one right behind: both to another constant.
        changed, before = spelled != token.text, changed
        apart = " " if (changed or before) and not between and pieces else ""
        pieces += [between, comment, apart, spelled, " " if "##" in token.word else ""]
        at = token.end
    return "".join([*pieces, script[at:].translate(_BLANKS)])


def _spelled(token: Token) -> str:
    shown = guarded(plain(token.text, None, keep="\n\t"))
    if shown == token.text:
        return shown
    if token.kind in (STRING, DOLLAR):
        value = respelled(_doubled(token.value, "'"), _in_constant)
        return f"E'{value}'"
    if token.kind in (QUOTED, WORD):
        name = respelled(_doubled(token.name, '"'), _in_name)
        return f'U&"{name}"'
    return shown if token.kind == COMMENT else plain(token.text, None)


def _doubled(text: str, mark: str) -> str:
    return text.replace("\\", "\\\\").replace(mark, mark * 2)


def _in_constant(char: str) -> str:
    """In `E'...'`, where \\x is a byte: https://www.postgresql.org/docs/current/sql-syntax-lexical.html"""
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _in_name(char: str) -> str:
    code = ord(char)
    return f"\\{code:04x}" if code < 0x10000 else f"\\+{code:06x}"
