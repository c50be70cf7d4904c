"""Where a module is found, what is on the path, which surroundings an import has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.sqlalchemy import Options, read
from driftcheck.worker.environment import environment
from driftcheck.worker.layout import find

from ..readers.sqlalchemy.conftest import BASE, USER, Write

GOOD = BASE + USER


@pytest.mark.parametrize(
    ("files", "location", "base", "directory"),
    [
        (["app/__init__.py", "app/models.py"], "app.models:Base", ".", "."),
        (["app/models.py"], "app.models", ".", "."),
        (["src/app/__init__.py", "src/app/models/__init__.py"], "app.models", "src", "."),
        (["backend/app/__init__.py", "backend/app/models.py"], "app.models", "backend", "backend"),
        (["services/api/src/app/models.py"], "app.models", "services/api/src", "services/api"),
        (["models.py"], "models", ".", "."),
        (["app/models.py"], "app/models.py", ".", "."),
        (["node_modules/app/models.py", "api/app/models.py"], "app.models", "api", "api"),
    ],
)
def test_found(project: Write, files: list[str], location: str, base: str, directory: str) -> None:
    root = project(**dict.fromkeys(files, GOOD))
    layout = find(location, root)
    assert layout.base == (root / base)
    assert layout.directory == (root / directory)
    assert layout.file is not None
    assert layout.path[0] == layout.base
    assert [table.name for table in read(location, root, Options()).schema.tables] == ["users"]


def test_ambiguous(project: Write) -> None:
    root = project(**{"a/app/models.py": GOOD, "b/app/models.py": GOOD})
    with pytest.raises(SourceError, match=r"several modules are called 'app\.models': in a, b"):
        find("app.models", root)


@pytest.mark.parametrize(
    ("location", "base"),
    [
        ("a/app.models", "a"),
        ("b-c/app.models:Base", "b-c"),
        ("b-c/app.*:Base", "b-c"),
        ("b-c/app", "b-c"),
        ("b-c/d/app.models", "b-c/d"),
    ],
)
def test_the_folder_says_which_is_meant(project: Write, location: str, base: str) -> None:
    files = [f"{folder}/app/{name}.py" for folder in ("a", "b-c", "b-c/d") for name in ("models", "__init__")]
    layout = find(location, project(**dict.fromkeys(files, GOOD)))
    assert layout.base == layout.path[0]
    assert (layout.base.parts[-len(base.split("/")) :], layout.module.partition(".")[0]) == (
        tuple(base.split("/")),
        "app",
    )
    assert layout.file is not None
    assert layout.file.is_relative_to(layout.base)


@pytest.mark.parametrize("location", ["../app.models", "no-such/app.models"])
def test_a_folder_that_is_none_of_the_project(project: Write, location: str) -> None:
    root = project(**{"app/models.py": GOOD})
    with pytest.raises(SourceError, match="names no Python module"):
        find(location, root)


def test_project_is_the_nearest_with_a_project_file(project: Write) -> None:
    root = project(**{"pyproject.toml": "", "backend/pyproject.toml": "", "backend/app/models.py": GOOD})
    assert find("backend.app.models", root).project == root / "backend"


@pytest.mark.parametrize("sibling", ["alembic", "sqlalchemy_utils", "types", "worker", "json", "queue", "trouble"])
def test_siblings_with_the_names_of_libraries(project: Write, sibling: str) -> None:
    root = project(
        **{
            f"{sibling}/__init__.py": "raise RuntimeError('nobody should import this')",
            "backend/__init__.py": "",
            "backend/models.py": GOOD,
            f"backend/{sibling}.py": "raise RuntimeError('nor this')",
        }
    )
    assert read("backend.models", root, Options()).schema.tables
    os.rename(root / sibling, root / "moved")
    (root / f"{sibling}.py").write_text("raise RuntimeError('nor this one')")
    assert read("backend.models", root, Options()).schema.tables


def test_surroundings(project: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory is the project's, secrets stay away, the config's variables come in, nothing is written."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    checks = (
        "import os, sys\nassert 'DATABASE_URL' not in os.environ\nassert os.environ['APP_ENV'] == 'ci'\n"
        "assert open('settings.ini').read() == 'here'\nassert sys.dont_write_bytecode\nimport other\n"
    )
    root = project(**{"api/models.py": checks + GOOD, "api/other.py": "", "api/settings.ini": "here"})
    assert read("models", root, Options(env={"APP_ENV": "ci"})).schema.tables
    assert not list(root.rglob("__pycache__"))


def test_environment() -> None:
    ours = {
        "PATH": "p",
        "HOME": "h",
        "DATABASE_URL": "x",
        "AWS_SECRET_ACCESS_KEY": "y",
        "LC_ALL": "C",
        "PGPASSWORD": "z",
    }
    found = environment(ours, {"LC_ALL": "de", "NEW": "n"})
    assert {name: found.get(name) for name in (*ours, "NEW")} == {
        "PATH": "p", "HOME": "h", "DATABASE_URL": None, "AWS_SECRET_ACCESS_KEY": None, "LC_ALL": "de",
        "PGPASSWORD": None, "NEW": "n",
    }  # fmt: skip


def test_modules_that_nobody_imported(project: Write) -> None:
    root = project(
        **{
            "app/__init__.py": "",
            "app/models/__init__.py": GOOD,
            "app/models/orders.py": "from . import *\nclass A(Base):\n  __tablename__ = 'a'\nTable('b', Base.metadata)",
            "app/models/helpers.py": "def f(): pass",
            "app/models/tests/test_x.py": "class A(Base):\n    __tablename__ = 'a'\n",
        }
    )
    reading = read("app.models", root, Options())
    assert reading.notes[1:] == (
        "2 tables are defined in modules that nobody imported (app.models.* would import them): "
        "app/models/orders.py (2)",
    )
    assert reading.files == ("app/__init__.py", "app/models/__init__.py")


def test_files_outside_the_root(project: Write, tmp_path: Path) -> None:
    root = project(**{"root/models.py": "import sys; sys.path.insert(0, '..')\nfrom outside import Timed\n" + GOOD})
    (tmp_path / "outside.py").write_text("class Timed: pass\n")
    assert read("models", root / "root", Options()).files == ("models.py",)


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("location", ["app.models.*:Base", "app.models.*", "app/models/*:Base", "app.*:Base", "app.*"])
@pytest.mark.parametrize("package", [True, False], ids=["package", "namespace"])
def test_every_module_of_a_package(project: Write, location: str, package: bool) -> None:
    files = {
        "app/models/base.py": BASE,
        "app/models/users.py": "from .base import *\n" + USER,
        "app/models/shop/orders.py": "from ..base import *\nTable('orders', Base.metadata, Column('a', Integer))",
        "app/models/__main__.py": "raise RuntimeError('a program')",
        "app/models/migrations/first.py": "raise RuntimeError('a migration')",
        "app/models/tests/test_users.py": "raise RuntimeError('a test')",
    }
    if package:
        files |= dict.fromkeys(("app/__init__.py", "app/models/__init__.py", "app/models/shop/__init__.py"), "")
    reading = read(location, project(**files), Options())
    assert {table.name for table in reading.schema.tables} == {"users", "orders"}
    assert len(reading.notes) == 1


@pytest.mark.usefixtures("warm")
def test_a_module_of_a_package_that_fails(project: Write) -> None:
    root = project(**{"app/__init__.py": GOOD, "app/broken.py": "x = 1\nraise ValueError('no')"})
    with pytest.raises(SourceError) as error:
        read("app.*:Base", root, Options())
    assert (error.value.path, error.value.line) == ("app/broken.py", 2)


@pytest.mark.usefixtures("warm")
def test_every_module_of_a_module(project: Write) -> None:
    with pytest.raises(SourceError, match=r"app is a module, not a package") as error:
        read("app.*:Base", project(**{"app.py": GOOD}), Options())
    assert error.value.hint == "name it without: app:Base"


@pytest.mark.usefixtures("warm")
def test_a_package_beside_that_is_not_installed(project: Write) -> None:
    """A monorepo whose packages expect each other to be installed."""
    files = {"server/app/models.py": "import shared.kinds.a\n" + GOOD, "parts/shared/kinds/a.py": "", "shared/x.py": ""}
    with pytest.raises(SourceError) as error:
        read("app.models", project(**files), Options(stub_missing=False))
    assert "'shared.kinds' is in parts" in (error.value.hint or "")
    assert "pip install -e parts" in (error.value.hint or "")


BESIDE = """
from {origin} import Base
from sqlalchemy import *
class B(Base):
  __tablename__ = 'b'
  i = Column(Integer, primary_key=True)
"""
OWN = "from sqlalchemy import *\nmetadata = MetaData()\nTable('own', metadata, Column('i', Integer))\n"


@pytest.mark.parametrize("origin", ["shop.core.db", "..core.db", "shop.core"])
def test_modules_beside_the_package_that_share_its_base(project: Write, origin: str) -> None:
    root = project(
        **{
            "shop/__init__.py": "",
            "shop/core/__init__.py": "from .db import Base",
            "shop/core/db.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n",
            "shop/core/tables.py": BESIDE.format(origin="shop.core.db").replace("'b'", "'a'"),
            "shop/api/__init__.py": "",
            "shop/api/tables.py": BESIDE.format(origin=origin),
            "shop/other/__init__.py": "",
            "shop/other/tables.py": OWN,
        }
    )
    (note,) = read("shop.core.tables:Base", root, Options()).notes[1:]
    assert note == (
        "1 table is defined in modules that nobody imported (shop.* would import them): shop/api/tables.py (1)"
    )
    reading = read("shop.*:Base", root, Options())
    assert {table.name for table in reading.schema.tables} == {"a", "b"}
    assert reading.notes[1:] == ()


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ("register_entities([twice, thrice])", 2),
        ("utils.register_entities(found())", 1),
        ("print('register_entities')", 0),
    ],
)
def test_entities_that_the_migrations_register_are_said(project: Write, call: str, count: int) -> None:
    root = project(**{"app/__init__.py": "", "app/models.py": GOOD, "migrations/env.py": f"from x import *\n{call}\n"})
    expected = {"alembic_utils entities of migrations/env.py": count} if count else {}
    assert read("app.models", root, Options()).statements.unmodelled == expected
