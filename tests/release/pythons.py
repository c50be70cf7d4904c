"""The Pythons of this machine that driftcheck is meant for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
_RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"


def found() -> dict[str, Path]:
    """version → interpreter: the running one, those on PATH, pyenv's and uv's. Others than VERSIONS are left out."""
    candidates = {_RUNNING: Path(sys.executable)}
    for version in VERSIONS:
        if version not in candidates and (path := _interpreter(version)):
            candidates[version] = path
    return {version: candidates[version] for version in VERSIONS if version in candidates}


def _interpreter(version: str) -> Path | None:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local/share/uv/python"))
    places = [shutil.which(f"python{version}")]
    places += [str(folder / "bin" / "python") for folder in sorted(pyenv.glob(f"{version}.*"))]
    places += [str(folder / "bin" / f"python{version}") for folder in sorted(uv.glob(f"cpython-{version}*"))]
    return next((Path(place) for place in places if place and _is(place, version)), None)


def _is(place: str, version: str) -> bool:
    """Whether `place` starts at all (a shim of pyenv may not), as `version`, and can make environments."""
    code = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        ran = subprocess.run([place, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    except OSError:
        return False
    return ran.returncode == 0 and ran.stdout.strip() == version
