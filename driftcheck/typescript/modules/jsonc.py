"""JSON with comments and trailing commas, as tsconfig.json has it."""

from __future__ import annotations

import re
from typing import Any

from ...project.documents import parse_json
from ...regex import lazy

#: With what is behind a quote that is never closed: looked for again from each quote in it, it would take its square.
_STRING = r'"(?:[^"\\\n]|\\.)*+"?'
_COMMENTS = lazy(_STRING + r"|//[^\n]*|/\*(?:.*?\*/|.*)", re.DOTALL)
_TRAILING_COMMAS = lazy(_STRING + r"|,(?=\s*+[}\]])")


def parse(text: str) -> Any:
    """The value; raises Malformed for what is not JSON. Lines are those of `text`."""
    for unwanted in (_COMMENTS, _TRAILING_COMMAS):
        text = unwanted.sub(_without, text)
    return parse_json(text)


def _without(found: re.Match[str]) -> str:
    """Strings as they are; what is taken out leaves its lines."""
    return found.group() if found.group()[0] == '"' else " " + "\n" * found.group().count("\n")


def _without_comment(line: str) -> str:
    return re.sub(r"(^|\s)#.*", "", line)


def yaml_list(text: str, key: str) -> list[str]:
    """The strings under a top-level key of a YAML file, in block or flow style; what pnpm-workspace.yaml needs."""
    found: list[str] = []
    inside = False
    for line in map(_without_comment, text.splitlines()):
        if not line.strip():
            continue
        if line.startswith(f"{key}:"):
            inside = True
            found.extend(_flow(line.partition(":")[2]))
        elif inside and line.lstrip().startswith("- "):
            found.append(_unquoted(line.strip()[2:]))
        elif inside and line.strip()[:1] in "[]'\"":
            found.extend(_flow(line))
        elif not line[0].isspace():
            inside = False
    return found


def _flow(text: str) -> list[str]:
    parts = text.strip().strip("[]").split(",")
    return [_unquoted(part) for part in parts if part.strip().strip("[]").strip()]


def _unquoted(text: str) -> str:
    return text.strip().strip("[]").strip().strip("'\"")
