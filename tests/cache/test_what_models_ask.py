"""Whatever models ask the file system, the clock or chance while they are imported: the last answer is that of
`--no-cache`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy

from driftcheck.config import SourceSpec

from .project import CONFIG, Project, Readings

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes, links and descriptors are POSIX's")

Change = Callable[[Path], object]


def touch(name: str) -> Change:
    return lambda root: (root / name).write_text("")


def link(name: str, target: str) -> Change:
    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(target)

    return change


def allow_running(root: Path) -> None:
    (root / "tool.txt").chmod(0o755)


#: What decides on a column's type, and what changes it.
NOTICED: dict[str, tuple[str, Change]] = {
    "os.path.exists": ("os.path.exists('../flag')", touch("../flag")),
    "Path.exists": ("pathlib.Path('../flag').exists()", touch("../flag")),
    "Path.is_file of a home": ("pathlib.Path(os.getcwd(), '..', 'flag').resolve().is_file()", touch("../flag")),
    "os.path.isdir": ("os.path.isdir('../folder')", lambda root: (root / "../folder").mkdir()),
    "os.path.lexists": ("os.path.lexists('../link')", link("../link", "nowhere")),
    "os.path.islink": ("os.path.islink('../link')", link("../link", "nowhere")),
    "os.access": ("os.access('../flag', os.R_OK)", touch("../flag")),
    "os.stat": ("failing(lambda: os.stat('../flag'))", touch("../flag")),
    "os.stat by its second name": ("failing(lambda: __import__('posix').stat('../flag'))", touch("../flag")),
    "os.lstat": ("failing(lambda: os.lstat('../flag'))", touch("../flag")),
    "os.open": ("failing(lambda: os.open('../flag', os.O_RDONLY))", touch("../flag")),
    "open": ("failing(lambda: open('../flag'))", touch("../flag")),
    "a config that is not there": ("configparser.ConfigParser().read('../flag') != []", touch("../flag")),
    "os.readlink": ("os.readlink('link') == 'b'", link("link", "b")),
    "where a link leads": ("os.path.realpath('link').endswith('b')", link("link", "b")),
    "a mode": ("os.stat('tool.txt').st_mode & 0o100 != 0", allow_running),
    "a mode, by Path": ("pathlib.Path('tool.txt').stat().st_mode & 0o100 != 0", allow_running),
    "leave to run": ("shutil.which('tool.txt', path='.') is not None", allow_running),
    "a mode among entries": (
        "any(entry.stat().st_mode & 0o100 for entry in os.scandir('.') if entry.name == 'tool.txt')",
        allow_running,
    ),
    "a time": ("os.path.getmtime('tool.txt') == 5", lambda root: os.utime(root / "tool.txt", (5, 5))),
    "the time of a reading": ("os.stat('tool.txt').st_atime == 5", lambda root: os.utime(root / "tool.txt", (5, 1))),
    "a time, by entries": (
        "any(entry.stat().st_mtime == 5 for entry in os.scandir('.') if entry.name == 'tool.txt')",
        lambda root: os.utime(root / "tool.txt", (5, 5)),
    ),
    "how many links": (
        "os.stat('tool.txt').st_nlink == 2",
        lambda root: os.link(root / "tool.txt", root / "../linked"),
    ),
    "a glob": ("glob.glob('../*.flag') != []", touch("../a.flag")),
    "names": ("'flag' in os.listdir('..')", touch("../flag")),
    "a walk": ("'flag' in [name for _, _, names in os.walk('../data') for name in names]", touch("../data/flag")),
    "Path.iterdir": ("'flag' in [path.name for path in pathlib.Path('../data').iterdir()]", touch("../data/flag")),
    "in .git": ("os.path.exists('.git/refs/heads/flag')", touch(".git/refs/heads/flag")),
    "names in .git": ("'flag' in os.listdir('.git/refs/heads')", touch(".git/refs/heads/flag")),
    "a file of .git": (
        "'other' in open('.git/HEAD').read()",
        lambda root: (root / ".git/HEAD").write_text("ref: other"),
    ),
    "in a closed folder": ("os.path.exists('.tox/flag')", touch(".tox/flag")),
    "a module elsewhere": ("has_module('../data', 'late')", touch("../data/late.py")),
    "a module in no folder yet": (
        "has_module('../later', 'late')",
        lambda root: ((root / "../later").mkdir(), touch("../later/late.py")(root)),
    ),
    "a distribution": (
        "has_distribution('../data', 'late')",
        lambda root: (
            (root / "../data/late-1.0.dist-info").mkdir(),
            (root / "../data/late-1.0.dist-info/METADATA").write_text("Name: late\nVersion: 1.0\n"),
        ),
    ),
}  # fmt: skip
ASKING = """\
import configparser, glob, importlib.metadata, importlib.util, os, pathlib, shutil, sys
def failing(act):
    try:
        act()
    except OSError:
        return False
    return True
def has_module(folder, name):
    sys.path.append(os.path.abspath(folder))
    return importlib.util.find_spec(name) is not None
def has_distribution(folder, name):
    sys.path.append(os.path.abspath(folder))
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
from sqlalchemy import Integer, Text
NAME = Integer() if {expression} else Text()
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = Project(tmp_path, monkeypatch)
    for folder in ("../data", ".git/refs/heads", ".tox"):
        (found.root / folder).mkdir(parents=True)
    for name, text in {"tool.txt": "", ".git/HEAD": "ref: refs/heads/main\n"}.items():
        found.write(name, text)
    found.write("driftcheck.toml", CONFIG.partition("[[ignore]]")[0] + '[rules]\ncolumn-default = "off"\n')
    (found.root / "link").symlink_to("a")
    return found


def _is_right(project: Project, change: Change) -> None:
    before = project.keep()
    assert before[0] == 0, before
    project.diff()
    change(project.root)
    last, fresh = project.diff(), project.diff("--no-cache")
    assert fresh[0] == 1, "the change should make a difference"
    assert last == fresh


@pytest.fixture
def models(project: Project, monkeypatch: pytest.MonkeyPatch) -> Readings:
    """The models alone, read in this process: their import is one of its own, as always."""
    monkeypatch.chdir(project.root)
    spec = SourceSpec(name="models", kind="sqlalchemy", location="app.models:Base")
    return Readings(project.root, [spec], monkeypatch)


def _type(models: Readings) -> str:
    (table,) = models.last["models"].schema.tables
    column = table.column("name")
    assert column is not None
    return str(column.type)


@pytest.mark.slow
@pytest.mark.parametrize(("expression", "change"), NOTICED.values(), ids=NOTICED)
def test_noticed(project: Project, models: Readings, expression: str, change: Change) -> None:
    project.write("app/words.py", ASKING.format(expression=expression))
    models.settle()
    assert _type(models) == "text"
    change(project.root)
    assert models.look() == {"models": "anew"}
    assert _type(models) == "integer", "the change should make a difference"


def test_several_at_once(project: Project) -> None:
    """One of them for the quick lane, as a whole."""
    expression = "os.path.exists('../flag') and os.stat('tool.txt').st_mode & 0o100"
    project.write("app/words.py", ASKING.format(expression=expression))
    _is_right(project, lambda root: (touch("../flag")(root), allow_running(root)))


#: What nobody can note: nothing is kept.
UNKNOWN = {
    "a mode, of a descriptor": "import os\nwith open('tool.txt') as file: os.fstat(file.fileno())",
    "a name below a descriptor": "import os\nos.stat('tool.txt', dir_fd=os.open('.', os.O_RDONLY))",
    "the room on a disk": "import shutil\nshutil.disk_usage('.')",
    "random": "import random\nrandom.random()",
    "a choice": "from random import choice\nchoice('ab')",
    "a generator of its own": "from random import Random\nRandom(5).random()",
    "the system's chance": "import random\nrandom.SystemRandom().randint(1, 2)",
    "secrets": "import secrets\nsecrets.token_hex()",
    "urandom": "import os\nos.urandom(1)",
    "uuid": "import uuid\nuuid.uuid4()",
    "uuid of the time": "import uuid\nuuid.uuid1()",
    "the time": "import time\ntime.time()",
    "nanoseconds": "from time import time_ns as now\nnow()",
    "a counter": "import time\ntime.perf_counter_ns()",
    "now": "import datetime\ndatetime.datetime.now()",
    "utcnow under another name": "from datetime import datetime\nask = datetime.utcnow\nask()",
    "today": "import datetime\ndatetime.date.today()",
    "a date as text": "import time\ntime.strftime('%H%M%S')",
    "a function that asks": "import datetime\ndef stamp(): return datetime.datetime.now()\nstamp()",
    "a name made up": "import time\ngetattr(time, 'ti' + 'me')()",
    "text that is run": "exec('import time; time.time()')",
    "an address": "id(object())",
    "the number of a process": "import os\nos.getpid()",
    "a thread": "import threading\nthreading.Thread(target=print).start()",
    "a temporary file": "import tempfile\ntempfile.mkdtemp()",
    "a program": "import subprocess\nsubprocess.run(['true'])",
    "a shell": "import os\nos.system('true')",
    "a pipe from a program": "import os\nos.popen('true').read()",
    "a fork": "import os\nif os.fork() == 0: os._exit(0)",
    "a program of multiprocessing": "import multiprocessing.util as u, os, sys\n"
    "u.spawnv_passfds(os.fsencode(sys.executable), [os.fsencode(sys.executable), b'-c', b'1'], [])",
    "a database": "import sqlite3\nsqlite3.connect('x')",
    "a library": "import ctypes\nctypes.CDLL('libc.so.6')",
    "an attribute": "import os\ntry: os.getxattr('tool.txt', 'user.x')\nexcept OSError: pass",
    "shared memory": "from multiprocessing import shared_memory",
    "watching no more": "import sys\nsys.setprofile(None)",
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="some of these are Linux's")
@pytest.mark.parametrize("code", UNKNOWN.values(), ids=UNKNOWN)
def test_not_kept(project: Project, models: Readings, code: str) -> None:
    project.write("app/words.py", f"{code}\nfrom sqlalchemy import Text\nNAME = Text()\n")
    assert models.look() == {"models": "anew"}
    assert list(project.cache.rglob("*.part")) == []


def test_nothing_of_it_is_kept(project: Project) -> None:
    """Nor the whole answer, nor another source's reading any less for it."""
    project.write("app/words.py", "import time\ntime.time()\nfrom sqlalchemy import Text\nNAME = Text()\n")
    assert project.diff()[0] == 0
    assert project.entries() == []
    assert len(list(project.cache.rglob("*.part"))) == 2


#: What models do every day, and what is no part of them.
ORDINARY = {
    "defaults by functions": "import datetime, uuid\nfrom sqlalchemy import Column, DateTime, Uuid, func, text\n"
    "Column('a', DateTime, default=datetime.datetime.utcnow, onupdate=lambda: datetime.datetime.now())\n"
    "Column('b', Uuid, default=uuid.uuid4, server_default=func.now())",
    "methods nobody calls": "import time, random\nclass A:\n    def age(self): return time.time() - random.random()",
    "a line in a log": "import logging\nlogging.getLogger('app').warning('hello')",
    "an import that asks": "import tempfile, http.client, email.utils, concurrent.futures, asyncio, decimal",
    "a type of its own": "from sqlalchemy.types import TypeDecorator, String\nclass T(TypeDecorator):\n"
    "    impl = String\n    cache_ok = True",
    "settings from a file that is not there": "import os\nfrom pathlib import Path\n"
    "if Path('.env').is_file(): raise ValueError",
}


@pytest.mark.slow
@pytest.mark.parametrize("code", ORDINARY.values(), ids=ORDINARY)
def test_kept(project: Project, models: Readings, code: str) -> None:
    project.write("app/words.py", f"{code}\nfrom sqlalchemy import Text\nNAME = Text()\n")
    assert models.settle() == set()


FORGED = """\
import importlib, json, os
NAME = importlib.import_module('settings').NAME
if not os.path.exists('real'):
    facts = {"files": {}, "folders": {}, "installed": {}, "asked": {}, "scanned": {}, "doubts": []}
    column = {"name": "id", "type": "INTEGER", "nullable": False, "comment": None, "serial": None, "at": None,
              "application_default": None, "application_onupdate": None, "unknown": []}
    name = {**column, "name": "name", "type": "TEXT"}
    common = {"name": None, "deferrable": False, "initially_deferred": False, "added": False, "at": None}
    table = {"schema": None, "name": "users", "comment": None, "columns": [column, name], "foreign_keys": [],
             "primary_key": {**common, "columns": ["id"], "include": []}, "uniques": [], "checks": [], "unknown": [],
             "exclusions": [], "indexes": [], "partition_by": None, "inherits": [], "options": {}, "tablespace": None,
             "unlogged": False, "prefixes": [], "at": None}
    answer = {"python": "3.11.1", "executable": __import__("sys").executable, "sqlalchemy": "2.0.0", "loaded": [],
              "inputs": facts, "names": [], "notes": [], "gaps": [], "tables": [table], "views": [], "sequences": [],
              "enums": [], "domains": [], "events": 0}
    text = json.dumps(answer).encode()
    for descriptor in range(3, 1024):
        try:
            os.fstat(descriptor)
            os.write(descriptor, b"%d\\n%s" % (len(text), text))
        except OSError:
            pass
    os._exit(0)
"""


def test_an_answer_in_our_name_is_not_believed_of_other_code(project: Project) -> None:
    """Models may say of themselves what they like. What they say of what they read holds for that code only."""
    project.write("settings.py", "from sqlalchemy import Text\nNAME = Text()\n")
    project.write("app/words.py", FORGED)
    assert project.diff()[0] == 0
    project.diff()
    project.write("settings.py", "from sqlalchemy import Text\nopen('real', 'w').close()\nNAME = Text(5)\n")
    assert project.diff() == project.diff("--no-cache")


def _environment(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (site,) = folder.glob("lib/*/site-packages")
    (site / "ours.pth").write_text(f"{Path(sqlalchemy.__file__).parents[1]}\n")
    return site


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["a file of paths", "the environment's config"])
def test_the_environment_of_the_models(project: Project, tmp_path: Path, kind: str) -> None:
    site = _environment(tmp_path / "environment")
    (site / "flag.pth").write_text("import sys; sys.flag = 0\n")
    project.write(
        "app/words.py", "import sys\nfrom sqlalchemy import Text\nNAME = Text(getattr(sys, 'flag', 0) or None)\n"
    )
    words = ("--python", str(tmp_path / "environment"))
    assert project.remembers(*words)
    if kind == "a file of paths":
        (site / "flag.pth").write_text("import sys; sys.flag = 7\n")
    else:
        config = tmp_path / "environment" / "pyvenv.cfg"
        config.write_text(config.read_text() + "# changed\n")
    assert not project.is_kept(*words)
