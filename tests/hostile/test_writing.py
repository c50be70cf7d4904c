"""No config and no link of a repository makes driftcheck write outside of it, or into what git keeps there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from driftcheck.cli.main import _run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links as POSIX has them")

_DOCUMENT = '[[documents]]\nsource = "a"\nto = "%s"\npath = "%s"\n'
_BASELINE = 'baseline = "%s"\n'
_SNAPSHOT = '[sources.m]\nkind = "sqlalchemy"\nlocation = "models"\nsnapshot = "%s"\n'
#: name: lines of the config before and behind its sources, and the words of a command.
_CASES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "a hook": ("", _DOCUMENT % ("mermaid", ".git/hooks/post-checkout"), ("export", "--all")),
    "the config of git": ("", _DOCUMENT % ("markdown", "docs/../.git/config"), ("export", "--all")),
    "pages among hooks": ("", _DOCUMENT % ("markdown", ".git/hooks/"), ("export", "--all")),
    "a hook in capitals": ("", _DOCUMENT % ("dbml", ".GIT/hooks/x"), ("export", "--all")),
    "a module's hook": ("", _DOCUMENT % ("dot", "module/.git/hooks/x"), ("export", "--all")),
    "a linked folder": ("", _DOCUMENT % ("dbml", "hooks/x"), ("export", "--all")),
    "a linked file": ("", _DOCUMENT % ("dbml", "x.dbml"), ("export", "--all")),
    "a neighbour": ("", _DOCUMENT % ("html", "../beside.txt"), ("export", "--all")),
    "a neighbour by a link": ("", _DOCUMENT % ("html", "out/beside.txt"), ("export", "--all")),
    "a neighbour by name": ('allow-outside = [".."]\n', _DOCUMENT % ("html", "../beside.txt"), ("export", "--all")),
    "a baseline among hooks": (_BASELINE % ".git/hooks/x", "", ("baseline",)),
    "a baseline over git's config": (_BASELINE % ".git/new", "", ("baseline",)),
    "a baseline beside": ('allow-outside = [".."]\n' + _BASELINE % "../new.txt", "", ("baseline",)),
    "a baseline by a link": ('allow-outside = [".."]\n' + _BASELINE % "out/new.txt", "", ("baseline",)),
    "a snapshot among hooks": ("", _SNAPSHOT % ".git/hooks/x", ("snapshot", "m")),
    "a snapshot beside": ('allow-outside = [".."]\n', _SNAPSHOT % "../new.txt", ("snapshot", "m")),
    "an export by a link": ("", "", ("export", "a", "--to", "dbml", "-o", "x.dbml")),
    "a script by a link": ("", "", ("diff", "--to-sql", "hooks/x.sql")),
    "a report by a link": ("", "", ("diff", "--report", "json=x.dbml")),
    "a fix by a link": ("", "", ("fix", "a=sql:a.sql", "b=sql:linked.sql", "--unsafe")),
}  # fmt: skip


def _state(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"}


@pytest.mark.parametrize("name", _CASES)
def test_nothing_is_written_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, behind, words = _CASES[name]
    root = tmp_path / "project"
    (root / ".git/hooks").mkdir(parents=True)
    (root / "module/.git/hooks").mkdir(parents=True)
    (root / ".git/config").write_text("[core]\n")
    (root / ".git/b.sql").write_text("CREATE TABLE guests (id bigint PRIMARY KEY);\n")
    (tmp_path / "beside.txt").write_text("kept")
    (root / "a.sql").write_text("CREATE TABLE guests (id integer PRIMARY KEY);\n")
    (root / "b.sql").write_text("CREATE TABLE guests (id bigint PRIMARY KEY);\n")
    (root / "models.py").write_text(
        "import sqlalchemy as s\nm = s.MetaData()\ns.Table('guests', m, s.Column('id', s.Integer, primary_key=True))\n"
    )
    for link, target in {
        "hooks": ".git/hooks",
        "x.dbml": ".git/config",
        "out": "..",
        "linked.sql": ".git/b.sql",
    }.items():
        (root / link).symlink_to(target)
    sources = '[sources]\na = "sql:a.sql"\nb = "sql:b.sql"\n'
    (root / "driftcheck.toml").write_text(before + sources + behind)
    monkeypatch.chdir(root)
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path.parent / "cache"))
    there = _state(tmp_path)
    more = ["--python", sys.executable] if words[0] == "snapshot" else []
    monkeypatch.setattr(sys, "argv", ["driftcheck", *words, *more])
    assert _run() in (1, 2)
    assert _state(tmp_path) == there


def test_a_name_of_a_file_is_no_line_of_a_diff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.sql").write_text("CREATE TABLE guests (id integer PRIMARY KEY);\n")
    path = "x\\n--- a/Makefile\\n+++ b/Makefile\\n@@ -1 +1 @@\\n-all:\\n+all: evil\\n.mmd"
    (tmp_path / "driftcheck.toml").write_text('[sources]\na = "sql:a.sql"\n' + _DOCUMENT % ("mermaid", path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["driftcheck", "export", "--all", "--check"])
    assert _run() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:4] for line in lines if line.startswith(("---", "+++", "@@"))] == ["--- ", "+++ ", "@@ -"]
    assert "+all: evil" not in lines
