"""Markdown, as far as the rules' texts use it, for a terminal."""

from __future__ import annotations

import re
import textwrap

import click

_CODE = re.compile(r"`([^`]+)`")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")


def to_terminal(text: str, width: int) -> str:
    """`text` with headings in bold, code indented, prose in lines of `width` columns, marks as styles."""
    lines, code = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            lines.append("    " + click.style(line, fg="cyan"))
        elif line.startswith("#"):
            lines.append(click.style(line.lstrip("# "), bold=True))
        else:
            lines += _prose(line, width)
    return "\n".join(lines)


def _prose(line: str, width: int) -> list[str]:
    indent = "  " if line.startswith(("- ", "* ")) else ""
    wrapped = textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return [_inline(part) for part in wrapped] or [""]


def _inline(line: str) -> str:
    line = _CODE.sub(lambda match: click.style(match[1], fg="cyan"), line)
    return _STRONG.sub(lambda match: click.style(match[1], bold=True), line)
