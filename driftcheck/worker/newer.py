"""Which Python a project asks for, and where the machine has one that is newer than ours."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ..opening import read
from ..programs import program
from ..regex import lazy

_REQUIRES = lazy(r"""^\s*(?:requires-python|python_requires)\s*=\s*["']?([^"'\n]+)""", re.MULTILINE)
_POETRY = lazy(r"""^\s*python\s*=\s*["']\^?([^"'\n]+)""", re.MULTILINE)
_CLAUSE = lazy(r"(===|==|~=|!=|<=|>=|<|>)\s*(\d{1,9}(?:\.\d{1,9})*)(\.\*)?")
#: How large a file is that is read, in bytes.
_LONGEST = 1_000_000
#: The newest Python that is looked for.
_LAST = 30


def wanted_by(folder: Path) -> tuple[str, str] | None:
    """(file, specifier) of the Python that the project in `folder` requires; None if it says nothing of it."""
    for name, words in (("pyproject.toml", _REQUIRES), ("setup.cfg", _REQUIRES), ("pyproject.toml", _POETRY)):
        if found := words.search(_text(folder / name)):
            said = found[1].strip()
            return name, said if words is _REQUIRES or not said[0].isdigit() else f">={said}"
    for name in (".python-version", "runtime.txt"):
        if pinned := re.match(r"(?:python-)?(\d+\.\d+)", _text(folder / name)):
            return name, f"=={pinned[1]}.*"
    return None


#: What Python says of what an older one cannot parse, and what only Python 2 could.
_SINCE = ((r"multiple exception types", ">=3.14"), (r"expected '\('|f-string|invalid syntax", ">=3.12"))
_PYTHON_2 = lazy(r"Missing parentheses in call to|leading zeros in decimal|print <<|backquote")


def parsing(message: str) -> str | None:
    """The Python that may parse what ours cannot, from what it says of it; "2" for one that nobody has."""
    if _PYTHON_2.search(message):
        return "2"
    return next((since for words, since in _SINCE if re.search(words, message)), None)


def newer(specifier: str, outside: Path | None = None) -> Path | None:
    """The oldest Python of the machine's that `specifier` allows, and that is newer than ours if ours is too old."""
    ours = ".".join(map(str, sys.version_info[:3]))
    if allows(specifier, ours):
        return None
    fitting = [(found, path) for found, path in _installed(outside) if allows(specifier, ".".join(map(str, found)))]
    return min(fitting)[1] if fitting else None


def newest(outside: Path | None = None) -> Path | None:
    """The newest Python of the machine's, if it is newer than ours."""
    return max(_installed(outside), default=(None, None))[1]


def _installed(outside: Path | None) -> Iterator[tuple[tuple[int, ...], Path]]:
    """(version, path) of each Python that is newer than ours: on PATH, of pyenv, of uv, of python.org on Windows."""
    ours = sys.version_info[:2]
    for minor in range(ours[1] + 1, _LAST):
        found = program(f"python3.{minor}", outside)
        if found and Path(found).parent.name != "shims":  # which may stand for a Python that is not chosen
            yield (3, minor, 0), Path(found)
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions"
    uv = os.environ.get("UV_PYTHON_INSTALL_DIR") or _uv_folder(home)
    windows = Path(os.environ.get("LOCALAPPDATA", home)) / "Programs" / "Python"
    for folder in (pyenv, Path(uv), windows):
        for place in _inside(folder):
            version = re.search(r"(?:^|cpython-|Python)3\.?(\d{1,2})(?:\.(\d{1,3}))?(?=$|-)", place.name)
            python = place / ("python.exe" if os.name == "nt" else "bin/python3")
            if version and (3, int(version[1])) > ours and python.is_file() and os.access(python, os.X_OK):
                yield (3, int(version[1]), int(version[2] or 0)), python


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []  # it is not there, or not for us to look at


def _uv_folder(home: Path) -> Path:
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", home)) / "uv" / "python"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "uv" / "python"


def _text(path: Path) -> str:
    try:
        return read(str(path), _LONGEST).decode("utf-8")
    except (OSError, ValueError):
        return ""


def allows(specifier: str, version: str) -> bool:
    """Whether `version` ("3.11.7") is one that a PEP 440 `specifier` allows; true where either is not understood.

    A bound of two numbers speaks of a line of Python, as people mean it: `<=3.12` allows 3.12.4.
    """
    if not re.fullmatch(r"\d+\.\d+(\.\d+)?", version):
        return True
    for operator, bound, _ in _CLAUSE.findall(specifier):
        wanted = [int(number) for number in bound.split(".")]
        have = [int(number) for number in version.split(".")][: len(wanted)]
        fits = {
            "==": have[:2] == wanted[:2], "===": have == wanted, "!=": have != wanted or len(wanted) < 3,
            ">=": have >= wanted, ">": have >= wanted, "<=": have <= wanted, "<": have < wanted,
            "~=": have >= wanted and have[: len(wanted) - 1] == wanted[:-1],
        }  # fmt: skip
        if not fits[operator]:
            return False
    return True
