"""Writes the pages that are made from the program itself: `python docs/generate.py`, `--check` in CI.

configuration.md comes from the types that decode the config, rules.md from the rules, command-line.md from the help.
"""

from __future__ import annotations

import dataclasses
import datetime
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from driftcheck.budget import Limits
from driftcheck.cli.main import cli
from driftcheck.config.decode import Key, keys
from driftcheck.config.document import Document, DocumentTable, IgnoreTable, Require, SourceTable
from driftcheck.dialects import DIALECTS, DialectName
from driftcheck.differ.rules import RULES
from driftcheck.findings import Rule
from driftcheck.kinds import KINDS, KindName

HERE = Path(__file__).parent
_WIDTH = 100
_MADE = "<!-- Made by docs/generate.py; do not edit. -->\n\n"


def configuration() -> str:
    introduction = (HERE / "configuration.head.md").read_text()
    tables = (
        ("Top level", "", Document),
        ("A source that is a table", "[tool.driftcheck.sources.NAME]", SourceTable),
        ("Demands", "[tool.driftcheck.require]", Require),
        ("Documents", "[[tool.driftcheck.documents]]", DocumentTable),
        ("Ignores", "[[tool.driftcheck.ignore]]", IgnoreTable),
        ("Limits", "[tool.driftcheck.limits]", Limits),
    )
    return _MADE + introduction + "".join(_keys(*table) for table in tables) + "\n## Kinds of sources\n\n" + kinds()


def kinds() -> str:
    """The table of kinds, which the README shows too."""
    rows = [f"| `{kind.name}` | {_cell(kind.location)} |" for kind in KINDS.values()]
    return "| kind | location |\n|---|---|\n" + "\n".join(rows) + "\n"


def _keys(title: str, header: str, cls: type) -> str:
    rows = [f"| `{name}` | {_kind(key.hint)} | {_default(key)} | {_cell(key.doc)} |" for name, key in keys(cls).items()]
    where = f"`{header}`\n\n" if header else ""
    return f"\n## {title}\n\n{where}| key | type | default | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _kind(hint: Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_kind(item) for item in arguments if item is not types.NoneType)
    if origin is typing.Literal or hint is KindName:
        return ", ".join(f"`{word}`" for word in arguments or KINDS)
    if hint is DialectName:
        return ", ".join(f"`{word}`" for word in DIALECTS)
    if origin is tuple:
        return "tables" if dataclasses.is_dataclass(arguments[0]) else "list of strings"
    if origin is Mapping:
        return f"table: {_kind(arguments[0])} → {_kind(arguments[1])}"
    if dataclasses.is_dataclass(hint):
        return "table"
    return {str: "string", bool: "true or false", int: "number", float: "seconds", datetime.date: "date"}[hint]


def _default(key: Key) -> str:
    if key.required:
        return "required"
    if isinstance(key.default, int) and key.default:
        return f"{key.default:,}"
    return f"`{key.default}`" if key.default and isinstance(key.default, str) else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def rules() -> str:
    rows = [f"| [{rule.code}](#{_anchor(rule)}) | {rule.name} | {rule.severity} | {rule.summary} |" for rule in RULES]
    table = "| code | name | severity | what it finds |\n|---|---|---|---|\n" + "\n".join(rows)
    introduction = (HERE / "rules.head.md").read_text()
    return f"{_MADE}{introduction}\n{table}\n\n" + "\n".join(_rule(rule) for rule in RULES)


def _anchor(rule: Rule) -> str:
    """Of the heading `DR203 column-type`, as GitHub makes it."""
    return f"{rule.code.lower()}-{rule.name}"


def _rule(rule: Rule) -> str:
    lines, code = [], False
    for line in rule.text.rstrip().splitlines():
        code ^= line.startswith("```")
        lines.append("#" + line if line.startswith("#") and not code else line)
    lines[0] = f"## {rule.code} {rule.name}"
    return "\n".join(lines) + "\n"


def command_line() -> str:
    introduction = (HERE / "command-line.head.md").read_text()
    return _MADE + introduction + "".join(_helps())


def _helps() -> Iterator[str]:
    group = click.Context(cli, info_name="driftcheck", terminal_width=_WIDTH, max_content_width=_WIDTH)
    yield _help("driftcheck", group)
    for name in sorted(cli.list_commands(group)):
        command = cli.get_command(group, name)
        assert command is not None
        context = click.Context(command, group, name, terminal_width=_WIDTH, max_content_width=_WIDTH)
        yield _help(f"driftcheck {name}", context)


def _help(title: str, context: click.Context) -> str:
    lines = [line.rstrip() for line in context.get_help().splitlines()]
    return f"\n## {title}\n\n```text\n" + "\n".join(lines).rstrip() + "\n```\n"


PAGES: dict[str, Callable[[], str]] = {
    "configuration.md": configuration,
    "rules.md": rules,
    "command-line.md": command_line,
}


def main(words: list[str]) -> int:
    """With --check nothing is written, and the exit status is 1 if a page is not what it would be."""
    stale = [name for name, page in PAGES.items() if not (HERE / name).exists() or (HERE / name).read_text() != page()]
    for name in stale:
        if "--check" not in words:
            (HERE / name).write_text(PAGES[name]())
        sys.stdout.write(f"{name} {'is stale' if '--check' in words else 'written'}\n")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
