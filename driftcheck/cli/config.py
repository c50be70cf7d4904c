"""`driftcheck config`: what counts, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .door import show
from .options import config_option, root_option

if TYPE_CHECKING:
    from ..config.effective import Setting


@click.command(short_help="Print the effective config, and where each value comes from.")
@root_option
@config_option
def config(root: Path, config_path: Path | None) -> None:
    """Print the effective config as TOML, with where each value comes from behind it.

    It is the config of this folder or of the nearest one above that has one. Where it names no sources, what a look
    around finds is printed.
    """
    from ..check import Request, settled
    from ..check.plan import configured
    from ..config.effective import settings
    from ..config.load import config_file

    request = settled(Request(root=root.resolve(), config_path=config_path))
    found, project = configured(request)  # whatever is wrong with it is an error first
    file = config_file(request.home or request.root, config_path, request.root)
    head = f"# {file.name} in {project.root}" if file is not None else f"# no config in {project.root}, nor above it"
    known = list(settings(file))
    if not found.sources:
        known = [*known, *_looked(project)]
    known = _with_truth(known)
    show("\n".join([head, *_lines(known)]) + "\n", color=False)


def _with_truth(known: list[Setting]) -> list[Setting]:
    """Without a word on it the first source is the truth."""
    first = next((one.path[1] for one in known if one.path[0] == "sources"), None)
    return [
        replace(one, value=first, origin="default: the first source")
        if one.path == ("truth",) and not one.value
        else one
        for one in known
    ]


def _looked(project: Any) -> Iterator[Setting]:
    from ..config.effective import Setting
    from ..discovery import discover

    for one in discover(project).sources:
        yield Setting(("sources", one.spec.name), f"{one.spec.kind}:{one.spec.location}", f"looked for: {one.why}")


def _lines(known: Iterable[Setting]) -> Iterator[str]:
    """Top-level keys first, then table by table."""
    tables: dict[str, list[Setting]] = {}
    for one in known:
        tables.setdefault(str(one.path[0]) if len(one.path) > 1 else "", []).append(one)
    for name, entries in sorted(tables.items(), key=lambda item: item[0] != ""):
        if name:
            yield ""
        if name and not isinstance(entries[0].path[1], int):
            yield f"[{name}]"
        for one in entries:
            yield from _entry(name, one)


def _entry(table: str, one: Setting) -> Iterator[str]:
    from ..plain import plain, without_passwords

    if isinstance(one.path[-1], int):
        yield plain(f"[[{table}]]  # {one.origin}", None)
        yield from (plain(f"{_key(key)} = {_toml(value)}", None) for key, value in one.value.items())
    elif one.value is None:
        yield plain(f"# {_key(str(one.path[-1]))}: not set  ({one.origin})", None)
    else:
        yield plain(f"{_key(str(one.path[-1]))} = {without_passwords(_toml(one.value))}  # {one.origin}", None)


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else json.dumps(name)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int | float) else str(value)
