"""Projects of one or more files, read by the interpreter that runs the tests."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.sqlalchemy import Options, read
from driftcheck.reading import Reading

from .warm import WarmServers, use

BASE = "from sqlalchemy import *\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
USER = "class User(Base):\n    __tablename__ = 'users'\n    id = Column(Integer, primary_key=True)\n"

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def no_virtual_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have one; what a reader takes then is not what these tests are about."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setattr("driftcheck.worker.newer._installed", lambda outside: iter(()))


@pytest.fixture(scope="session")
def warm_servers() -> Iterator[WarmServers]:
    servers = WarmServers()
    yield servers
    servers.close()


@pytest.fixture
def warm(warm_servers: WarmServers, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what models say: not each of them starts a Python of its own."""
    use(warm_servers, monkeypatch)


@pytest.fixture
def project(tmp_path: Path) -> Write:
    """`project(**{"app/models.py": text})`: writes the files and gives their root."""

    def write(**files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def models(project: Write) -> Callable[..., Reading]:
    """The reading of one file, `models.py`, given by its text behind the usual imports and a Base."""

    def read_text(text: str, location: str = "models:Base", **options: object) -> Reading:
        root = project(**{"models.py": BASE + textwrap.dedent(text)})
        return read(location, root, Options(**options))  # type: ignore[arg-type] # keywords of the dataclass

    return read_text


@pytest.fixture
def refused(project: Write) -> Callable[..., SourceError]:
    """The error that reading `models.py` of the given text ends with."""

    def read_text(text: str, location: str = "models", timeout: float = 30, **options: object) -> SourceError:
        root = project(**{"models.py": textwrap.dedent(text)})
        with pytest.raises(SourceError) as error:
            read(location, root, Options(timeout=timeout, **options))  # type: ignore[arg-type] # as above
        return error.value

    return read_text
