"""The command that brings a package along names all that was brought along before."""

from __future__ import annotations

import sys

import pytest

from driftcheck.worker import missing
from driftcheck.worker.interpreter import Interpreter

OWN = Interpreter((sys.executable,), "driftcheck's own")


@pytest.mark.parametrize(
    ("there", "package", "wanted"),
    [
        ([], "ormar", "--with ormar"),
        (["ormar"], "ormar", "--with ormar"),
        (["ormar"], "flask_appbuilder", "--with ormar --with flask-appbuilder"),
        (["sqlmodel"], "flask_security", "--with sqlmodel --with 'flask-security-too[fsqla]'"),
    ],
)
def test_nothing_is_lost(monkeypatch: pytest.MonkeyPatch, there: list[str], package: str, wanted: str) -> None:
    monkeypatch.setattr(missing, "find_spec", lambda name: object() if name in there else None)
    assert missing.with_packages(OWN, package) == f"uv run --no-project --with driftcheck {wanted} driftcheck diff"


def test_another_interpreter_is_not_changed() -> None:
    assert missing.with_packages(Interpreter(("/elsewhere/python",), "named"), "ormar") is None
