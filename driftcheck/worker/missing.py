"""What to do about a package that the project needs and driftcheck's own interpreter lacks."""

from __future__ import annotations

import shlex
from importlib.util import find_spec

from .interpreter import Interpreter

#: What to install for a module that is called otherwise than its distribution.
_DISTRIBUTIONS = {"fastapi_users": "fastapi-users[sqlalchemy]", "flask_security": "flask-security-too[fsqla]"}
#: Packages that no stand-in can replace. Where one of them was added, the next try needs it, too.
_OFTEN = ("flask_appbuilder", "flask_migrate", "flask_security", "flask_sqlalchemy", "ormar", "sqlmodel")


def with_packages(interpreter: Interpreter, *packages: str) -> str | None:
    """The command that makes the check with the modules `packages`, too; None where another interpreter was chosen.

    uv's, as that installs nothing for good: https://docs.astral.sh/uv/reference/cli/#uv-run
    """
    return _command(*packages) if interpreter.own else None


def with_python(interpreter: Interpreter, wanted: str) -> str | None:
    """The command that makes the check with the Python that is `wanted` (a specifier, as in `requires-python`)."""
    return _command(python=wanted) if interpreter.own else None


def _command(*given: str, python: str = "") -> str:
    names = [*(name for name in _OFTEN if name not in given and find_spec(name) is not None), *given]
    packages = ["driftcheck", *(_DISTRIBUTIONS.get(name, name.replace("_", "-")) for name in names)]
    words = ["uv run --no-project", *([f"--python {shlex.quote(python)}"] if python else [])]
    words += [f"--with {shlex.quote(one)}" for one in packages]
    return " ".join([*words, "driftcheck diff"])
