"""What guards the import of models guards the run of revisions, and what they say is the word of a stranger, too."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from driftcheck.budget import Budget, Limits
from driftcheck.errors import SourceError
from driftcheck.location import Location
from driftcheck.project import Project
from driftcheck.readers.alembic import Options, read
from driftcheck.readers.alembic.answer import message
from driftcheck.readers.alembic.upgrade import Upgrade

from ..readers.alembic.conftest import Revisions, revisions, written
from .processes import HEAD, LASTING, left, noted

__all__ = ["revisions"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="descriptors and processes are found in /proc")

TABLE = 'op.create_table("t", sa.Column("a", sa.Integer()))\n'
REFUSED = {
    "a connection": "import socket\nsocket.create_connection(('127.0.0.1', 9))",
    "a server": "import socket\nsocket.socket().listen()",
    "a name": "import socket\nsocket.getaddrinfo('localhost', 80)",
    "an exit": "raise SystemExit(0)",
    "an interrupt": "raise KeyboardInterrupt",
    "a recursion": "def again():\n    again()\nagain()",
}


@pytest.mark.parametrize("code", REFUSED.values(), ids=REFUSED)
def test_it_costs_the_revision(revisions: Revisions, code: str) -> None:
    reading = revisions({"a": code, "b": TABLE})
    assert [gap.location.path for gap in reading.gaps] == ["migrations/versions/a.py"]
    assert [table.name for table in reading.schema.tables] == ["t"]


def test_no_variable_of_ours_is_seen(revisions: Revisions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    code = "import os\nassert 'DATABASE_URL' not in os.environ\nassert os.environ['GIVEN'] == 'x'\n" + TABLE
    assert not revisions({"a": code}, env={"GIVEN": "x"}).gaps


@pytest.mark.parametrize("name", ["a fork in a session", "a daemon, forked twice", "the command setsid"])
def test_what_it_starts_ends_with_it(revisions: Revisions, tmp_path: Path, name: str) -> None:
    revisions({"a": f"{HEAD}{LASTING[name]}\n{TABLE}"})
    assert noted(tmp_path), "the revision should have started something"
    assert not left(tmp_path, 0)


ENDS = {
    "the end of the process": ("import os\nos._exit(3)", "ended its process with exit status 3"),
    "a crash": ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "ended its process by signal 11"),
    "too much that is printed": ("import os\nwhile True: os.write(1, b'x' * 65536)", "printed more than 64 MB"),
    "a message that is none": (
        "import os\nfor number in range(3, 1024):\n    try: os.write(number, b'5\\nhello')\n    except OSError: pass",
        "gave an invalid answer",
    ),
    "a length beyond all": (
        "import os\nfor number in range(3, 1024):\n    try: os.write(number, b'9' * 19 + b'\\n')\n"
        "    except OSError: pass",
        "longer than 64 MB",
    ),
}


@pytest.mark.parametrize(("code", "message"), ENDS.values(), ids=ENDS)
def test_it_is_one_clear_error(revisions: Revisions, code: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        revisions({"a": code}, timeout=60)
    assert message in caught.value.message
    assert caught.value.path in ("alembic.ini", "migrations/versions/a.py")


def test_what_takes_no_end_is_stopped_and_is_a_gap(revisions: Revisions) -> None:
    code = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    gaps = revisions({"a": code}, timeout=3).gaps
    assert [gap.location.path for gap in gaps] == ["migrations/versions/a.py"], gaps


def test_what_closes_all_descriptors_is_read_all_the_same(revisions: Revisions) -> None:
    reading = revisions({"a": f"import os\nos.closerange(0, 100)\n{TABLE}"})
    assert [table.name for table in reading.schema.tables] == ["t"]


def test_statements_without_end_are_stopped(revisions: Revisions, tmp_path: Path) -> None:
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
    (tmp_path / "migrations" / "versions" / "a.py").write_text(
        "from alembic import op\nrevision, down_revision = 'a', None\n"
        "def upgrade():\n    while True:\n        op.execute('CREATE TABLE t (a integer)')\n"
    )
    project = Project(tmp_path, budget=Budget(Limits(bytes=200_000)))
    reading = read("alembic.ini", project, Options(timeout=60))
    gap = reading.gaps[-1]
    assert gap.why.startswith("nothing after this was read: it takes more than 200,000 bytes of text")
    assert (gap.location.path, gap.location.line) == ("migrations/versions/a.py", 5)


def test_what_takes_too_long_costs_itself(revisions: Revisions) -> None:
    files = {
        "migrations/versions/d.py": "revision, down_revision = 'd', 'c'\nimport time\ntime.sleep(600)",
        "a": TABLE,
        "b": "op.drop_table('t')\nimport time\ntime.sleep(600)",
        "c": TABLE.replace('"t"', '"u"'),
    }
    reading = revisions(files, timeout=16)
    assert [table.name for table in reading.schema.tables] == ["u"]
    assert all("half of the time that is left" in gap.why for gap in reading.gaps)
    places = [(gap.location.path, gap.location.line) for gap in reading.gaps]
    assert places == [("migrations/versions/b.py", 7), ("migrations/versions/d.py", 3)]


def test_what_was_sent_before_an_end_by_force_counts(tmp_path: Path) -> None:
    upgrade = Upgrade(Project(tmp_path), None)
    made = ["CREATE TABLE t (a integer)", str(tmp_path / "a.py"), 5, True]
    upgrade.receive(json.dumps({"statements": [made], "gaps": [], "reads": [], "ask": None}).encode())
    upgrade.stop(Location("b.py", 3), "it took longer than 60 s")
    reading = upgrade.reading(None)
    assert [table.name for table in reading.schema.tables] == ["t"]
    assert [(str(gap.location), gap.why) for gap in reading.gaps] == [
        ("b.py:3", "nothing after this was read: it took longer than 60 s")
    ]


def test_a_statement_of_too_much_work_costs_itself(revisions: Revisions, tmp_path: Path) -> None:
    loop = "DO $$ BEGIN FOR i IN 1..1000000 LOOP EXECUTE 'CREATE TABLE x' || i || ' (a integer)'; END LOOP; END $$"
    written(tmp_path, {"alembic.ini": "[alembic]\nscript_location = migrations\n", "a": TABLE,
                       "b": f'op.execute("{loop}")',
                       "c": "op.add_column('t', sa.Column('b', sa.Integer()))"})  # fmt: skip
    reading = read("alembic.ini", Project(tmp_path, budget=Budget(Limits(steps=100_000))), Options(timeout=60))
    assert [len(table.columns) for table in reading.schema.tables if table.name == "t"] == [2]
    assert ("migrations/versions/b.py", 5) in [(gap.location.path, gap.location.line) for gap in reading.gaps]


WRONG = {
    "no JSON": b"hello",
    "no object": b"[1]",
    "nothing": b"{}",
    "another statement": b'{"statements": [["a", 1]], "gaps": [], "reads": [], "ask": null}',
    "an unknown question": b'{"statements": [], "gaps": [], "reads": [], "ask": {"about": "passwords"}}',
    "half a question": b'{"statements": [], "gaps": [], "reads": [], "ask": {"about": "rows", "sql": 5}}',
    "a question of another type": b'{"statements": [], "gaps": [], "reads": [], "ask": [5]}',
    "a number beyond all": b'{"statements": [["a", "b", 9' + b"9" * 5000 + b']], "gaps": [], "reads": []}',
    "depth": b"[" * 200_000,
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_a_message_is_understood_or_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        message(data)


def test_a_place_outside_is_not_read(revisions: Revisions, tmp_path: Path) -> None:
    """A revision may claim any file as its own: what lies outside is named, and never opened."""
    code = "exec(compile('op.execute(\"CREATE TABLE t (a integer)\")', '/etc/passwd', 'exec'))"
    reading = revisions({"a": code})
    assert reading.schema.tables[0].location is not None
    assert reading.schema.tables[0].location.path == "migrations/versions/a.py"


def test_a_folder_that_leads_out_is_not_taken(tmp_path: Path) -> None:
    project = tmp_path / "project"
    outside = tmp_path / "outside" / "versions"
    outside.mkdir(parents=True)
    project.mkdir()
    (project / ".git").mkdir()
    (project / "alembic.ini").write_text("[alembic]\nscript_location = ../outside\n")
    with pytest.raises(SourceError, match="cannot be read"):
        read("alembic.ini", project)
    os.symlink(tmp_path / "outside", project / "migrations")
    (project / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
    with pytest.raises(SourceError, match="cannot be read"):
        read("alembic.ini", project)


def test_answers_are_of_bounded_length(revisions: Revisions) -> None:
    """A reply longer than a pipe holds does not block anybody."""
    code = """
        for number in range(3000):
            op.execute(f"CREATE TABLE {'t' * 40}{number} (a integer)")
        assert len(sa.inspect(op.get_bind()).get_table_names()) == 3000
    """
    assert not revisions({"a": code}).gaps


def test_json_holds_what_sql_may_hold(revisions: Revisions) -> None:
    name = "caf\u00e9 \U0001f600"
    reading = revisions({"a": f"op.execute('CREATE TABLE \"{name}\" (a integer)')"})
    assert [table.name for table in reading.schema.tables] == [name]
    assert json.dumps(name)
