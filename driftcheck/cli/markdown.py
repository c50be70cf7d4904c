"""Markdown, as far as the rules' texts use it, for a terminal."""

from __future__ import annotations

import re

import click


def to_terminal(text: str) -> str:
    """`text` with headings in bold, code indented, emphasis and backticks as styles."""
    lines, code = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            lines.append("    " + click.style(line, fg="cyan"))
        elif line.startswith("#"):
            lines.append(click.style(line.lstrip("# "), bold=True))
        else:
            lines.append(_inline(line))
    return "\n".join(lines)


def _inline(line: str) -> str:
    line = re.sub(r"`([^`]+)`", lambda match: click.style(match[1], fg="cyan"), line)
    return re.sub(r"\*\*([^*]+)\*\*", lambda match: click.style(match[1], bold=True), line)
