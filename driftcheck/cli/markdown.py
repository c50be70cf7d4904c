"""Markdown for a terminal: parsed by markdown-it, set here in lines of a width with marks as styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from markdown_it.token import Token

#: A word as it is measured, and as it is printed.
Word = tuple[str, str]

_STYLES = {"code_inline": partial(click.style, fg="cyan"), "strong": partial(click.style, bold=True)}


def to_terminal(text: str, width: int) -> str:
    """`text` with headings in bold, code indented, prose in lines of `width` columns, marks as styles."""
    from markdown_it import MarkdownIt

    parsed = MarkdownIt("commonmark").enable("table").parse(text)
    return "\n\n".join(_blocks(parsed, width))


def _blocks(tokens: Sequence[Token], width: int) -> Iterator[str]:
    """The blocks, between which a line is left empty; the items of a list are one block."""
    items: list[str] = []
    for number, token in enumerate(tokens):
        in_item = number > 1 and tokens[number - 2].type == "list_item_open"
        if token.type == "inline" and in_item:
            items.append(_filled(token, width, "- "))
        elif token.type == "bullet_list_close":
            yield "\n".join(items)
            items = []
        elif token.type == "inline":
            heading = tokens[number - 1].type == "heading_open"
            yield click.style(token.content, bold=True) if heading else _filled(token, width)
        elif token.type in ("fence", "code_block"):
            yield "\n".join("    " + click.style(line, fg="cyan") for line in token.content.splitlines())


def _filled(inline: Token, width: int, mark: str = "") -> str:
    """The words of a paragraph in lines. Styles take no room, and a mark ends with its word: a line may end in one."""
    lines, room = [[mark]] if mark else [[]], width - len(mark)
    for plain, styled in _words(inline.children or []):
        if lines[-1][bool(mark) :] and room < len(plain) + 1:
            lines.append([" " * len(mark)] if mark else [])
            room = width - len(mark)
        apart = " " if len(lines[-1]) > bool(mark) else ""
        lines[-1].append(apart + styled)
        room -= len(plain) + len(apart)
    return "\n".join("".join(line) for line in lines)


def _words(tokens: Sequence[Token]) -> Iterator[Word]:
    """What is between blanks, be it of several styles: a comma goes with the code before it."""
    plain = styled = ""
    style: Callable[[str], str] = str
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind != token.type:
            style = _STYLES.get(kind, str) if token.type.endswith("_open") else str
            continue
        for piece in _pieces(token):
            if piece == " ":
                yield from [(plain, styled)] if plain else []
                plain = styled = ""
            else:
                plain += piece
                styled += _STYLES.get(kind, style)(piece)
    if plain:
        yield plain, styled


def _pieces(token: Token) -> Iterator[str]:
    """Words, and a single blank for whatever is between them."""
    text = " " if token.type in ("softbreak", "hardbreak") else token.content
    for number, word in enumerate(text.split(" ")):
        if number:
            yield " "
        if word:
            yield word
