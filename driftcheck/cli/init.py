"""`driftcheck init`: a config to start with."""

from __future__ import annotations

from pathlib import Path

import click

from .door import say
from .options import root_option


@click.command()
@root_option
def init(root: Path) -> None:
    """Write the config that a look around would use, with comments. Never overwrites."""
    from ..discovery import write_init

    say(f"wrote {write_init(root.resolve())}; next: driftcheck diff")
