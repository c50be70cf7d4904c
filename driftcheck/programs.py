"""Which file is run where driftcheck starts another program: one on PATH that the checked folder cannot have put there.

`shutil.which` takes the current folder first on Windows, and any folder that PATH names relatively, or inside the
repository, elsewhere: a pull request could bring its own `git`.
"""

from __future__ import annotations

import os
from pathlib import Path


def program(name: str, outside: Path | None = None) -> str | None:
    """The file that `name` means on PATH; None if it is not there. None below `outside`, links followed, is taken."""
    top = None if outside is None else os.path.realpath(outside)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for path in (os.path.join(folder, name + ending) for ending in _endings(name)):
            found = os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK)
            if found and (top is None or not Path(os.path.realpath(path)).is_relative_to(top)):
                return path
    return None


def _endings(name: str) -> list[str]:
    if os.name != "nt":
        return [""]
    endings = os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(os.pathsep)
    return ["", *endings] if os.path.splitext(name)[1].upper() in map(str.upper, endings) else endings
