"""Which Python has the project's packages.

What the caller says, else `$VIRTUAL_ENV`, else `.venv` or `venv` beside the nearest project file above the models,
else what uv or poetry would use, else ours: the order that people expect of a tool today.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..errors import SourceError
from ..frozen import dataclass
from ..project import top_of

#: Files that may say which Python a project needs.
_ASKING = ("pyproject.toml", "setup.cfg", ".python-version", "runtime.txt")
_EXECUTABLES = ("Scripts/python.exe",) if os.name == "nt" else ("bin/python", "bin/python3")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """`command` starts it; `reason` says why it was chosen; `direct` is false if a tool is between us and it.

    `environment` is the virtual environment's folder, if it is in one that we know. `borrows` is the folder with our
    own packages, if it is a Python of the machine's that has none.
    """

    command: tuple[str, ...]
    reason: str
    direct: bool = True
    environment: Path | None = None
    shown: str = ""
    borrows: str = ""

    @property
    def own(self) -> bool:
        """Whether it is the one that runs driftcheck: its packages are those that driftcheck was installed with."""
        return bool(self.borrows) or self.environment == Path(sys.prefix) or self.command == (sys.executable,)

    def __str__(self) -> str:
        """As people would write it: relative to the root where it lies in it."""
        return self.shown or " ".join(self.command)


def choose(python: str | None, project: Path, root: Path, environ: Mapping[str, str]) -> Interpreter:
    """The interpreter for models in `project`. Raises SourceError if the one that was asked for is not there."""
    chosen = _choose(python, project, root, environ)
    path = Path(chosen.command[0])
    if chosen.direct and path.is_relative_to(root):
        return replace(chosen, shown=path.relative_to(root).as_posix())
    return chosen


def _choose(python: str | None, project: Path, root: Path, environ: Mapping[str, str]) -> Interpreter:
    if python is not None:
        return Interpreter((_asked_for(python, root),), "named by --python or the config")
    if (active := environ.get("VIRTUAL_ENV")) and (found := _python_in(Path(active))):
        return Interpreter((str(found),), "the active one: VIRTUAL_ENV", environment=Path(active))
    for folder in (project, *_between(project, root)):
        for name in (".venv", "venv"):
            if found := _python_in(folder / name):
                return Interpreter((str(found),), "beside the models", environment=folder / name)
    for folder in (project, *_between(project, root)):
        if (folder / "uv.lock").is_file() and (uv := _tool("uv", top_of(root))):
            command: tuple[str, ...] = (uv, "run", "--frozen", "--isolated", "--project", str(folder), "python")
            return Interpreter(command, "there is a uv.lock and no virtual environment", direct=False)
        if (folder / "poetry.lock").is_file() and (poetry := _tool("poetry", top_of(root))):
            command = (poetry, "-C", str(folder), "run", "python")
            return Interpreter(command, "there is a poetry.lock and no virtual environment", direct=False)
    if (other := _newer([project, *_between(project, root)], top_of(root))) is not None:
        return other
    return Interpreter((sys.executable,), "driftcheck's own: there is no virtual environment beside the models")


def _newer(folders: list[Path], top: Path) -> Interpreter | None:
    """A newer Python of the machine's, where the first of `folders` that asks for one needs it."""
    asking = [folder for folder in folders if any((folder / name).is_file() for name in _ASKING)]
    if not asking:
        return None
    from .newer import newer, wanted_by  # not before: the project's Python should start first

    for folder in asking:
        if wanted := wanted_by(folder):
            other = newer(wanted[1], outside=top)
            return None if other is None else borrowing(other, f"{wanted[0]} requires Python {wanted[1]}")
    return None


def borrowing(python: Path, reason: str) -> Interpreter:
    """A Python of the machine's, with the packages that driftcheck runs with: those that are pure Python do."""
    from importlib.util import find_spec  # for those who have no environment

    spec = find_spec("sqlalchemy")
    packages = str(Path(spec.origin).parents[1]) if spec is not None and spec.origin else ""
    return Interpreter((str(python),), f"with driftcheck's own packages: {reason}", borrows=packages)


def _tool(name: str, top: Path | None = None) -> str | None:
    from ..programs import program  # rarely needed, and a check waits for the choice

    return program(name, outside=top)


def _asked_for(python: str, root: Path) -> str:
    path = Path(python).expanduser()
    if not path.is_absolute() and len(path.parts) == 1 and not (root / path).exists():
        if found := _tool(python):
            return found
    elif (found_in := _python_in(root / path)) is not None:
        return str(found_in)
    elif (root / path).is_file():
        return str(root / path)
    raise SourceError(
        f"there is no Python interpreter at '{python}'",
        hint="name an interpreter or a virtual environment, relative to the root: --python .venv/bin/python",
    )


def _python_in(environment: Path) -> Path | None:
    return next((environment / name for name in _EXECUTABLES if (environment / name).is_file()), None)


def _between(project: Path, root: Path) -> list[Path]:
    """The folders above `project` up to the root: a monorepo often has one environment at its top."""
    above = list(project.parents)
    return above[: above.index(root) + 1] if root in above else []
