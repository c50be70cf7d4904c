"""What cannot be asked says so: what happened, where, and what to do next. Nothing hangs, nothing is half compared."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.sqlalchemy import Options, read, start
from driftcheck.reading import Reading
from driftcheck.worker.newer import allows

from .conftest import BASE, USER, Write

GOOD = BASE + USER
Refused = Callable[..., SourceError]

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("text", "message", "hint", "line"),
    [
        ("x = 1\nraise ValueError('a bad thing')", "ValueError: a bad thing", "python -c 'import models'", 2),
        ("import does_not_exist", "No module named 'does_not_exist'", "'does_not_exist' is not installed there", 1),
        ("\nfrom sqlalchemy import nothing_like_it", "cannot import name 'nothing_like_it'", "for another version", 2),
        ("import sqlalchemy.nothing", "No module named", "'sqlalchemy' is installed there, but has no module", 1),
        ("import importlib.metadata as m\nm.version('shop')", "PackageNotFoundError", "pip install -e .", 2),
        ("x = 1\ny = (1,\ndef f", "SyntaxError", "that Python cannot parse this line", 2),
        ("import sys\nsys.exit('no settings')", "called sys.exit(no settings)", "without ending the process", 2),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", "import models", 1),
        ("import os\nos.environ['DATABASE_URL']", "KeyError: 'DATABASE_URL'", "env = { DATABASE_URL = ", 2),
        ("import os\nos.environ['database']", "KeyError: 'database'", 'env = { database = "…" }', 2),
        ("settings = {}\nsettings['view']", "KeyError: 'view'", "python -c 'import models'", 2),
        ("import xml.no_such\n", "xml.no_such", "'xml' is installed there, but has no module", 1),
        ("class SecretData: pass\nraise TypeError(SecretData())", "SecretData object", "python -c 'import models'", 2),
        ("raise ValueError('SECRET must be long')", "SECRET must be long", 'env = { NAME = "…" }', 1),
        ("from models import later\nlater = 1", "partially initialized module", "import each other in a circle", 1),
        ("from os import settings", "cannot import name 'settings'", "python -c 'import models'", 1),
        ("raise KeyError('Config DB_KEY is missing')", "DB_KEY is missing", 'env = { DB_KEY = "…" }', 1),
        (
            "raise ValueError('2 validation errors\\nurl\\n  Field required [type]\\nDB\\n  Field required')",
            "2 validation errors",
            'env = { URL = "…", DB = "…" }',
            1,
        ),
        ("input('password: ')", "EOFError", "import models", 1),
        ("def f(): f()\nf()", "RecursionError", "import models", 1),
        (
            "class Odd(Exception):\n    def __str__(self): raise RuntimeError\nraise Odd",
            "failed: Odd",
            "import models",
            3,
        ),
        (
            "import socket\nsocket.create_connection(('192.0.2.1', 5432), timeout=60)",
            "driftcheck lets no connection out",
            "import models",
            2,
        ),
        (
            "from sqlalchemy import *\ne = create_engine('sqlite://')\nTable('t', MetaData(), autoload_with=e)",
            "read from a live database",
            "compare SQL dumped from it",
            3,
        ),
    ],
    ids=lambda value: value.split("\n")[-1][:25] if isinstance(value, str) else None,
)
def test_import_errors(refused: Refused, text: str, message: str, hint: str, line: int) -> None:
    error = refused(text)
    assert message in error.message
    assert hint in (error.hint or "")
    assert (error.path, error.line) == ("models.py", line)
    assert "SQLAlchemy" in error.message, "which interpreter was asked must be said"
    assert "_driftcheck_worker" not in (error.detail or "").replace("_driftcheck_worker.engines.ReflectionRefused", "")


@pytest.mark.parametrize(
    ("files", "hint"),
    [
        ({"pyproject.toml": "[project]\nrequires-python = '>=3.99'"}, "pyproject.toml requires Python >=3.99"),
        ({".python-version": "3.99.1\n"}, ".python-version requires Python ==3.99.*"),
        ({"pyproject.toml": "[project]\nrequires-python = '>=3.2'", ".python-version": "3.99"}, "import models"),
        ({"pyproject.toml": "[project", ".python-version": "pypy"}, "import models"),
    ],
    ids=["pyproject", "pinned", "allowed", "unreadable"],
)
def test_a_python_that_the_project_does_not_ask_for(project: Write, files: dict[str, str], hint: str) -> None:
    root = project(**{"models.py": "raise NameError('Work')", **files})
    with pytest.raises(SourceError) as error:
        read("models", root, Options())
    assert hint in (error.value.hint or "")


@pytest.mark.parametrize(
    ("specifier", "version", "allowed"),
    [
        (">=3.10,<3.13", "3.12.4", True),
        (">=3.10,<3.13", "3.13.0", False),
        (">=3.12.2, <3.13", "3.12.1", False),
        ("==3.14.0", "3.14.2", True),
        ("==3.12.*", "3.11.9", False),
        ("~=3.13.0", "3.13.5", True),
        ("~=3.13.0", "3.14.0", False),
        ("~=3.9", "3.13.0", True),
        ("!=3.12.1", "3.12.1", False),
        ("<=3.12", "3.12.4", True),
        ("whatever", "3.12.4", True),
        (">=3.10", "?", True),
    ],
)
def test_what_a_project_asks_for(specifier: str, version: str, allowed: bool) -> None:
    assert allows(specifier, version) is allowed


def test_detail_has_the_imports_own_words(refused: Refused) -> None:
    detail = refused("print('before')\ndef load():\n    raise ValueError('inner')\nload()").detail or ""
    assert 'models.py", line 3, in load' in detail
    assert "ValueError: inner" in detail
    assert "it printed:\nbefore" in detail
    assert "importlib" not in detail


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("text", "location", "message", "hint"),
    [
        (GOOD, "models:Bass", "models has no attribute 'Bass'; it has Base, User", "did you mean models:Base?"),
        (GOOD, "models:User.id", "models:User.id is of type InstrumentedAttribute", "name a declarative base"),
        (GOOD, "nowhere:Base", "No module named 'nowhere'", "there is no module 'nowhere' in ."),
        (GOOD, "models.inner:Base", "'models' is not a package", "there is no module 'models.inner' in ."),
        (GOOD, "not a module", "names no Python module", "MODULE:ATTRIBUTE"),
        (BASE, "models", "defines no table (looked at Base", "name the module that imports all models"),
        (BASE, "models:Base", "models:Base defines no table", "name the module that imports all models"),
        ("x = 1", "models", "holds no MetaData", "models:Base"),
        ("def make(number): pass", "models:make", "is of type function", "name a declarative base"),
        (
            "def make(): raise ValueError('in the factory')",
            "models:make",
            "ValueError: in the factory",
            "import models",
        ),
    ],
)
def test_nothing_to_compare(refused: Refused, text: str, location: str, message: str, hint: str) -> None:
    error = refused(text, location)
    assert message in error.message
    assert hint in (error.hint or "")


def test_tables_elsewhere_are_named(project: Write) -> None:
    root = project(**{"app/__init__.py": "", "app/db.py": BASE, "app/users.py": "from .db import *\n" + USER})
    with pytest.raises(SourceError, match="defines no table") as error:
        read("app.db:Base", root, Options())
    assert "app/users.py (1)" in (error.value.hint or "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import os\nprint('bye', flush=True)\nos._exit(4)", "ended its process (exit status 4)"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "was ended by signal 11"),
        ("import os\nif os.fork(): os._exit(0)\nimport time; time.sleep(60)", "ended its process (exit status 0)"),
    ],
    ids=["_exit", "crash", "daemon"],
)
@posix
def test_the_process_ends(refused: Refused, text: str, message: str) -> None:
    started = time.monotonic()
    error = refused(text, timeout=120)
    assert message in error.message
    assert time.monotonic() - started < 60  # nobody waited for the time to be over


def test_output_before_the_end_is_told(refused: Refused) -> None:
    assert refused("import os\nprint('bye', flush=True)\nos._exit(4)").detail == "bye"


@pytest.mark.parametrize(
    "text",
    [
        "import time\ndef wait():\n    time.sleep(600)\nwait()",
        "import signal, time\ndef wait():\n    signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)\nwait()",
    ],
    ids=["sleeps", "ignores"],
)
def test_time_is_over(refused: Refused, text: str) -> None:
    started = time.monotonic()
    error = refused(text, timeout=5)
    assert time.monotonic() - started < 60
    assert "took longer than 5 s and was stopped; it was at models.py:" in error.message
    assert error.path == "models.py"
    assert error.line in (1, 2, 3)
    assert "--timeout" in (error.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        "print('hello'); import sys; sys.stderr.write('error')",
        "import sys; sys.stdout = sys.stderr = None",
        "import os; os.close(1)",
        "import os\nfor number in range(3, 200):\n    try: os.close(number)\n    except OSError: pass",
        "import atexit, time; atexit.register(time.sleep, 600)",
        "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()",
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])",
        "import os; os.fork()",
        "import os, time\nif os.fork() == 0:\n    os.setsid(); time.sleep(600)",
        "import sys; assert sys.argv == ['driftcheck'], sys.argv",
        "import sys; sys.setrecursionlimit(200)",
        "import warnings; warnings.simplefilter('error')",
        "import os; os.chdir('/')",
    ],
)
@posix
def test_odd_but_harmless(models: Callable[..., Reading], text: str) -> None:
    started = time.monotonic()
    assert [table.name for table in models(f"{text}\n{USER}").schema.tables] == ["users"]
    assert time.monotonic() - started < 60


@posix
def test_nothing_is_left_running(models: Callable[..., Reading], tmp_path: Path) -> None:
    mark = f"driftcheck-test-{os.getpid()}"
    models(
        f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)', '{mark}'])\n"
        + USER
    )
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert mark not in listed


@posix
def test_cancel(project: Write) -> None:
    root = project(**{"models.py": "import time; time.sleep(600)"})
    pending = start("models", root, Options())
    started = time.monotonic()
    pending.cancel()
    assert time.monotonic() - started < 60


class TestInterpreters:
    """Which Python is asked, and what is said if it cannot be."""

    def test_missing(self, project: Write) -> None:
        with pytest.raises(SourceError, match="no Python interpreter at 'nowhere/python'"):
            start("models", project(**{"models.py": GOOD}), Options(python="nowhere/python"))

    @posix
    def test_not_executable(self, project: Write) -> None:
        root = project(**{"models.py": GOOD, "python": "no program"})
        with pytest.raises(SourceError, match="could not be started"):
            start("models", root, Options(python="./python"))

    @posix
    def test_no_python_at_all(self, project: Write) -> None:
        root = project(**{"models.py": GOOD, "python": "#!/bin/sh\necho what >&2\nexit 3\n"})
        (root / "python").chmod(0o755)
        with pytest.raises(SourceError, match="exit status 3") as error:
            read("models", root, Options(python="python"))
        assert error.value.detail == "what"

    def test_without_sqlalchemy(self, project: Write, tmp_path: Path) -> None:
        root = project(**{"models.py": "x = 1"})
        with pytest.raises(SourceError, match="there is no SQLAlchemy in") as error:
            read("models", root, Options(python=bare_python(tmp_path)))
        assert "--python" in (error.value.hint or "")

    def test_models_without_sqlalchemy(self, project: Write, tmp_path: Path) -> None:
        root = project(**{"models.py": GOOD})
        with pytest.raises(SourceError, match="No module named 'sqlalchemy'") as error:
            read("models", root, Options(python=bare_python(tmp_path)))
        assert "named by --python" in (error.value.hint or "")

    def test_beside_the_models(self, project: Write) -> None:
        root = project(**{"backend/pyproject.toml": "", "backend/app/__init__.py": "", "backend/app/models.py": GOOD})
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / "backend" / ".venv")], check=True)
        with pytest.raises(SourceError, match=r"No module named 'sqlalchemy' \(backend/\.venv/") as error:
            read("app.models", root, Options())
        assert "beside the models" in (error.value.hint or "")

    def test_active(self, project: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        root = project(**{"models.py": GOOD})
        monkeypatch.setenv("VIRTUAL_ENV", bare_python(tmp_path))
        with pytest.raises(SourceError, match="sqlalchemy") as error:
            read("models", root, Options())
        assert "VIRTUAL_ENV" in (error.value.hint or "")

    def test_ours(self, models: Callable[..., Reading]) -> None:
        note = models(USER).notes[0]
        assert sys.executable in note
        assert "driftcheck's own" in note


def bare_python(folder: Path) -> str:
    """A virtual environment with nothing in it."""
    environment = folder / "bare"
    if not environment.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    return str(environment)


@posix
@pytest.mark.parametrize(("tool", "lock"), [("uv", "uv.lock"), ("poetry", "poetry.lock")])
def test_tools_that_run_python(
    project: Write, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, tool: str, lock: str
) -> None:
    """Where a lock file is there and the tool is installed, the tool is asked for the interpreter."""
    script = f'#!/bin/sh\nwhile [ "$1" != python ]; do shift; done\nshift\nexec {sys.executable} "$@"\n'
    root = project(**{"pyproject.toml": "", lock: "", "models.py": GOOD, f"tools/{tool}": "#!/bin/sh\nexit 9\n"})
    tools = tmp_path_factory.mktemp("tools")
    (tools / tool).write_text(script)
    for path in (tools / tool, root / "tools" / tool):
        path.chmod(0o755)
    # One that the project brings is not taken.
    monkeypatch.setenv("PATH", os.pathsep.join([str(root / "tools"), str(tools), os.environ["PATH"]]))
    reading = read("models:Base", root, Options())
    assert [table.name for table in reading.schema.tables] == ["users"]
    assert f"there is a {lock} and no virtual environment" in reading.notes[0]
    (root / "models.py").write_text("import os; os._exit(3)")
    with pytest.raises(SourceError, match="exit status 3"):
        read("models:Base", root, Options())


def test_package_that_says_itself_what_has_gone(project: Write) -> None:
    """pydantic 2 says so of `BaseSettings`, by an error of its own."""
    package = "class PackageImportError(Exception): pass\ndef __getattr__(name): raise PackageImportError('settings')\n"
    models = "import sys\nsys.path.append('there/site-packages')\nimport pkg\npkg.BaseSettings\n" + GOOD
    root = project(**{"there/site-packages/pkg.py": package, "models.py": models})
    with pytest.raises(SourceError, match="PackageImportError") as error:
        read("models", root, Options())
    assert "the 'pkg' that is installed there has no such name" in (error.value.hint or "")
