"""`driftcheck init`: a config to start with."""

from __future__ import annotations

from pathlib import Path

import click

from .door import say
from .options import root_option


@click.command(
    epilog="""\b
Examples:
  driftcheck init                   the config: driftcheck.toml, or a section of pyproject.toml
  driftcheck init --ci github       and .github/workflows/driftcheck.yml
  driftcheck init --ci gitlab --pre-commit
"""
)
@click.option("--ci", type=click.Choice(("github", "gitlab")), help="Also write what runs the check on each change.")
@click.option("--pre-commit", is_flag=True, help="Also write .pre-commit-config.yaml.")
@root_option
def init(ci: str | None, pre_commit: bool, root: Path) -> None:
    """Write the config that a look around would use, with comments. Never overwrites."""
    from ..discovery import write_init

    systems = [*([ci] if ci else []), *(["pre-commit"] if pre_commit else [])]
    for line in write_init(root.resolve(), systems):
        say(line)
    say("next: driftcheck diff")
