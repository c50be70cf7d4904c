"""The config that a look around comes to, as a file to start with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..config import load
from ..errors import ConfigError, UsageError
from ..plain import plain
from ..project import Project
from ..project.documents import parse_toml
from .found import Discovery
from .look import discover


@dataclass(frozen=True, slots=True)
class InitFile:
    """`text` for the file `name` in the root; `appended` to what is there, or a file of its own."""

    name: str
    text: str
    appended: bool


def init_text(discovery: Discovery, section: str = "") -> str:
    """The commented TOML: `section` is "tool.driftcheck" for pyproject.toml, empty for driftcheck.toml."""
    head = [f"[{section}]"] if section else []
    prefix = f"{section}." if section else ""
    lines = [
        *head,
        "# The source that is right: what the others say differently is drift.",
        f"truth = {_string(discovery.truth or '')}",
        "# The least severity that fails the check: error, warning, note or never.",
        'fail-on = "warning"',
        "# Objects that do not belong to this project, as schema.table globs.",
        '# exclude = ["auth.*", "storage.*"]',
        "",
        f"[{prefix}sources]",
    ]
    for found in discovery.sources:
        source = found.spec
        lines += [f"# {_comment(found.why)}", f"{_key(source.name)} = {_string(f'{source.kind}:{source.location}')}"]
    lines += [f"# {_comment(line)}" for line in discovery.also]
    lines += [
        "",
        "# Severities by rule: error, warning, note or off. `driftcheck explain RULE` says what a rule means.",
        f"# [{prefix}rules]",
        '# column-order = "warning"',
        "",
        "# Drift that is intended, each with its reason.",
        f"# [[{prefix}ignore]]",
        '# rule = "table-extra"',
        '# object = "public.alembic_*"',
        '# reason = "made by the migration tool"',
    ]
    return "\n".join(lines) + "\n"


def plan_init(root: Path) -> InitFile:
    """What `driftcheck init` would write at `root`: a section at the end of pyproject.toml where there is one.

    Raises ConfigError if there is a config already, UsageError if there is nothing to put into one.
    """
    if (config := load(root)) is not None:
        raise ConfigError(
            "driftcheck is configured here already", hint="change it there: init never overwrites",
            path=config.path,
        )  # fmt: skip
    discovery = discover(root)
    if len(discovery.sources) < 2:
        raise UsageError(discovery.complaint, hint=discovery.advice)
    project = Project(root)
    if not project.is_there("pyproject.toml"):
        return InitFile("driftcheck.toml", init_text(discovery), appended=False)
    try:
        present = project.text("pyproject.toml", errors="strict")
        parse_toml(present)
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot add a section to it: {error}", path="pyproject.toml") from error
    gap = "" if not present else "\n" if present.endswith("\n") else "\n\n"
    return InitFile("pyproject.toml", gap + init_text(discovery, "tool.driftcheck"), appended=True)


def write_init(root: Path) -> str:
    """Writes the config, and returns the name of its file. What is in it stays. Raises what `plan_init` raises."""
    file = plan_init(root)
    try:
        with (
            Project(root).real(file.name).open("a" if file.appended else "x", encoding="utf-8", newline="\n") as target
        ):
            target.write(file.text)
    except OSError as error:
        raise ConfigError(f"cannot write the config: {error.strerror}", path=file.name) from error
    return file.name


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _string(name)


def _comment(text: str) -> str:
    """Nothing in a comment may end it: names of files may hold anything."""
    return plain(text, None)
