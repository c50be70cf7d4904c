"""What git says of a folder that may be a stranger's: nothing that its config names is run, nothing is fetched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .programs import program

#: A folder that looks like a bare repository has a config of its own, and a config names programs.
_NOTHING_RUNS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "safe.bareRepository=explicit")


def listed(root: Path, top: Path) -> list[str] | None:
    """Tracked files and those that nobody ignores; None where git is absent or `root` is in no repository.

    The git of `top`, the repository's top, is not taken.
    """
    git = program("git", outside=top)
    if git is None:
        return None
    command = [git, *_NOTHING_RUNS, "-C", str(root), "ls-files", "-z", "-co", "--exclude-standard"]
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=True, stdin=subprocess.DEVNULL, env=env)
    except (OSError, subprocess.SubprocessError):
        return None
    names = [name for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
    return list(dict.fromkeys(names)) or None
