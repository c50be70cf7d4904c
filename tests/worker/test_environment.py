"""Which variables an import sees: those of a list, whatever others begin with."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.reading import Reading
from driftcheck.worker.environment import environment

from ..readers.sqlalchemy.conftest import USER

SECRET = """
    UV_PUBLISH_TOKEN UV_INDEX_URL UV_INDEX_PRIVATE_PASSWORD POETRY_PYPI_TOKEN_PYPI POETRY_HTTP_BASIC_X_PASSWORD
    MISE_GITHUB_TOKEN ASDF_GITHUB_TOKEN PYENV_TOKEN XDG_SECRET LC_API_KEY LC_IDENTIFICATION_X DATABASE_URL PGPASSWORD
    AWS_SECRET_ACCESS_KEY GITHUB_TOKEN ACTIONS_RUNTIME_TOKEN PIP_INDEX_URL NPM_TOKEN HTTPS_PROXY SSH_AUTH_SOCK
    PYTHONSTARTUP PYTHONINSPECT PYTHONPROFILEIMPORTTIME DRIFTCHECK_CACHE_DIR PATH_TOKEN HOME_SECRET path_token
""".split()


@pytest.mark.parametrize("name", SECRET)
def test_not_passed_on(name: str) -> None:
    assert name not in environment({name: "secret"}, {})


@pytest.mark.parametrize("name", "PATH HOME LC_ALL PYTHONPATH VIRTUAL_ENV UV_CACHE_DIR XDG_CACHE_HOME".split())
def test_passed_on(name: str) -> None:
    assert environment({name: "kept"}, {})[name] == "kept"
    assert environment({name: "kept"}, {name: "given"})[name] == "given"


def test_given() -> None:
    assert environment({"GITHUB_TOKEN": "ours"}, {"GITHUB_TOKEN": "given"})["GITHUB_TOKEN"] == "given"


def test_what_models_see(models: Callable[..., Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRET:
        monkeypatch.setenv(name, "secret-value")
    code = "import json, os\njson.dump(dict(os.environ), open('seen.json', 'w'))\n"
    assert models(code + USER, env={"APP_ENV": "ci"}).schema.tables
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert "secret-value" not in seen.values()
    assert seen["APP_ENV"] == "ci"
    assert seen["PATH"] == os.environ["PATH"]
