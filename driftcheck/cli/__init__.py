"""The command line: arguments in, a report out, and an exit status that means something.

0: compared, and nothing at or above `--fail-on`. 1: drift. 2: it could not check. One module per command; whatever is
slow to import is imported by the command that needs it, so that `--help` stays quick.
"""

from __future__ import annotations

from .main import main

__all__ = ["main"]
