"""What the shell offers when TAB is pressed: rules, formats, kinds of source and the files they may be.

The scripts for bash, zsh and fish are click's (`_DRIFTCHECK_COMPLETE=bash_source driftcheck`). bash hands a word over
cut at its colons, zsh and fish whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem


def rules(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Names and codes of rules; of a list with commas, its last word."""
    from ..differ.rules import RULES

    before, _, word = incomplete.rpartition(",")
    prefix = f"{before}," if before else ""
    offered = [(rule.name, rule.summary) for rule in RULES if rule.name.startswith(word.lower())]
    if word.upper().startswith("D"):
        offered += [(rule.code, rule.summary) for rule in RULES if rule.code.startswith(word.upper())]
    return [_item(prefix + value, summary.replace(":", "")) for value, summary in offered]


def reports(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """FORMAT= first, then the path."""
    from ..render import FORMATS

    name, equals, path = incomplete.partition("=")
    if equals:
        return _items(name + equals, _paths(None, path, ()))
    return [_item(f"{format_}=") for format_ in FORMATS if format_.startswith(incomplete)]


def sources(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """KIND: first, then the files below the root that may be of that kind."""
    from ..kinds import KINDS

    if cut := _cut_at_colon(context, incomplete):
        return _files(context, cut, incomplete.removeprefix(":"), "")
    name, equals, rest = incomplete.partition("=")
    prefix, word = (name + equals, rest) if equals else ("", incomplete)
    kind, colon, path = word.partition(":")
    if colon:
        return _files(context, kind, path, f"{prefix}{kind}:")
    return [_item(f"{prefix}{known}:") for known in KINDS if known.startswith(kind)]


def _cut_at_colon(context: click.Context, incomplete: str) -> str | None:
    """The kind of the source, if a shell handed `kind`, `:` and the rest over as words of their own."""
    from ..kinds import KINDS

    words = [str(word) for word in context.params.get("sources") or ()]
    if not incomplete.startswith(":") and words[-1:] != [":"]:
        return None
    before = words if incomplete.startswith(":") else words[:-1]
    return before[-1] if before and before[-1] in KINDS else None


def _files(context: click.Context, kind: str, path: str, prefix: str) -> list[CompletionItem[str]]:
    from ..kinds import KINDS

    if kind not in KINDS or not KINDS[kind].offered:
        return []
    return _items(prefix, _paths(context.params.get("root"), path, KINDS[kind].offered))


def _paths(root: Path | None, incomplete: str, endings: tuple[str, ...]) -> list[str]:
    """Folders and files (of `endings`, if there are any) that begin with `incomplete`, relative to `root`."""
    from pathlib import Path

    folder, slash, start = incomplete.rpartition("/")
    try:
        entries = sorted(Path(root or "", folder + slash).iterdir())
    except OSError:
        return []
    found = []
    for entry in entries:
        if not entry.name.startswith(start) or (entry.name.startswith(".") and not start):
            continue
        if entry.is_dir():
            found.append(f"{folder}{slash}{entry.name}/")
        elif not endings or entry.name.endswith(endings):
            found.append(f"{folder}{slash}{entry.name}")
    return found


def _items(prefix: str, values: Iterable[str]) -> list[CompletionItem[str]]:
    # A line a word: what a shell is sent cannot hold a line's end.
    return [_item(prefix + value) for value in values if value.isprintable()]


def _item(value: str, summary: str | None = None) -> CompletionItem[str]:
    # Only a shell that asks pays for it: this module is loaded with every command.
    from click.shell_completion import CompletionItem

    return CompletionItem(value, help=summary)
