"""What becomes of files that are edited: at every moment they are whole, and all that is not edited stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from driftcheck.check import Request
from driftcheck.check.fixing import Wishes, _Run, fix
from driftcheck.fixes.edits import Around, Edit, applied, together
from driftcheck.project import Changed, Outside, Project, replace_file

from .editing import run

TRUTH = "CREATE TABLE pot (id integer PRIMARY KEY, hue varchar(60) NOT NULL);\n"
DRIZZLE = """\
import { integer, pgTable, varchar } from 'drizzle-orm/pg-core';
export const pot = pgTable('pot', {
  id: integer('id').primaryKey(), // größer
  hue: varchar('hue', { length: 40 }),
});
"""
AFTER = DRIZZLE.replace("length: 40 })", "length: 60 }).notNull()")
SOURCES = ("sql:schema.sql", "drizzle:schema.ts")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "schema.sql").write_text(TRUTH)
    (tmp_path / "schema.ts").write_text(DRIZZLE)
    return tmp_path


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_mode_line_ends_and_mark_stay(root: Path, mark: bytes, end: bytes) -> None:
    path = root / "schema.ts"
    path.write_bytes(mark + DRIZZLE.encode().replace(b"\n", end))
    path.chmod(0o640)
    assert run(root, *SOURCES).changed == ("schema.ts",)
    assert path.read_bytes() == mark + AFTER.encode().replace(b"\n", end)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in root.iterdir()) == [".git", "schema.sql", "schema.ts"]


def test_new_lines_end_as_the_others_do(root: Path) -> None:
    (root / "schema.sql").write_text(TRUTH.replace(");", ", more text);"))
    (root / "schema.ts").write_bytes(DRIZZLE.encode().replace(b"\n", b"\r\n"))
    run(root, *SOURCES)
    data = (root / "schema.ts").read_bytes()
    assert b"  more: text('more'),\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_links_are_followed_inside_of_the_repository_only(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (root / "real").mkdir()
    (root / "schema.ts").rename(root / "real" / "schema.ts")
    (root / "schema.ts").symlink_to(root / "real" / "schema.ts")
    run(root, *SOURCES)
    assert (root / "schema.ts").is_symlink()
    assert (root / "real" / "schema.ts").read_text() == AFTER
    outside = tmp_path_factory.mktemp("outside") / "schema.ts"
    outside.write_text(DRIZZLE)
    (root / "out.ts").symlink_to(outside)
    with pytest.raises(Outside):
        replace_file(Project(root), "out.ts", b"x", DRIZZLE.encode())
    with pytest.raises(Outside):  # config may let it be read, and nothing lets it be written
        replace_file(Project(root, [str(outside.parent)]), "out.ts", b"x", DRIZZLE.encode())
    assert outside.read_text() == DRIZZLE


def test_a_file_that_changed_since_is_left_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = _Run._write

    def late(self: _Run, edits: dict[str, list[Edit]]) -> None:
        (root / "schema.ts").write_text(DRIZZLE + "// an editor was faster\n")
        write(self, edits)

    monkeypatch.setattr(_Run, "_write", late)
    done = run(root, *SOURCES)
    assert done.untouched == {"schema.ts": "it was changed meanwhile"}
    assert done.status == 1
    assert (root / "schema.ts").read_text() == DRIZZLE + "// an editor was faster\n"


def test_a_new_file_replaces_none(tmp_path: Path) -> None:
    project = Project(tmp_path)
    replace_file(project, "new.sql", b"a", None)
    with pytest.raises(Changed):
        replace_file(project, "new.sql", b"b", None)
    with pytest.raises(Changed):
        replace_file(project, "new.sql", b"b", b"another")
    assert (tmp_path / "new.sql").read_bytes() == b"a"
    replace_file(project, "new.sql", None, b"a")
    assert list(tmp_path.iterdir()) == []


def test_what_did_not_do_what_it_should_is_taken_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the edit of the length wrote another, and that of NOT NULL the right thing."""
    from driftcheck.check import fixing

    right = fixing.applied

    def wrong(data: bytes, edits: list[Edit], encoding: str) -> bytes:
        return right(data, [e if e.text != "60" else Edit(e.path, e.start, e.end, "61") for e in edits], encoding)

    monkeypatch.setattr(fixing, "applied", wrong)
    done = run(root, *SOURCES)
    assert [one.rule.code for one in done.taken_back] == ["DR203"]
    assert [one.rule.code for one in done.made] == ["DR204"]
    assert (root / "schema.ts").read_text() == DRIZZLE.replace("40 })", "40 }).notNull()")
    assert done.status == 1


def test_what_breaks_the_file_is_taken_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from driftcheck.check import fixing

    right = fixing.applied
    monkeypatch.setattr(fixing, "applied", lambda data, edits, encoding: right(data, edits, encoding) + b"\n((((")
    done = run(root, *SOURCES)
    assert (root / "schema.ts").read_text() == DRIZZLE
    assert done.changed == ()
    assert {one.rule.code for one in done.taken_back} == {"DR203", "DR204"}


def test_edits_that_meet() -> None:
    data = b"f(a, b)"
    options = Around(", { ", ", ", " }")
    edits = [Edit("f", 6, 6, "x: 1", options), Edit("f", 2, 3, "c"), Edit("f", 6, 6, "y: 2", options)]
    assert applied(data, edits) == b"f(c, b, { x: 1, y: 2 })"
    taken, waiting, _ = together([("one", (Edit("f", 2, 6, "z"),)), ("two", (Edit("f", 2, 3, "c"),))])
    assert (taken, waiting) == (["one"], ["two"])
    deletions = [("one", (Edit("f", 2, 5, ""),)), ("two", (Edit("f", 3, 6, ""),)), ("three", (Edit("f", 6, 6, "n"),))]
    taken, waiting, by_path = together(deletions)
    assert waiting == []
    assert applied(data, by_path["f"]) == b"f(n)"


def test_a_dry_run_is_a_patch_for_git(root: Path) -> None:
    (root / ".git").rmdir()
    text = DRIZZLE.replace("\n", "\r\n").rstrip()
    (root / "schema.ts").write_bytes(text.encode())
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    done = fix(Request(root=root, sources=SOURCES), Wishes(dry_run=True))
    assert done.status == 1
    assert (root / "schema.ts").read_bytes() == text.encode()
    patch = done.patch.encode("utf-8", "surrogateescape")
    subprocess.run(["git", "apply", "-"], cwd=root, input=patch, check=True)
    assert (root / "schema.ts").read_bytes() == AFTER.replace("\n", "\r\n").rstrip().encode()
    assert fix(Request(root=root, sources=SOURCES), Wishes(dry_run=True)).patch == ""


def test_what_git_could_not_bring_back_is_mentioned(root: Path) -> None:
    (root / ".git").rmdir()
    for words in (["init", "-q"], ["add", "schema.ts"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    assert run(root, *SOURCES).uncommitted == ()
    (root / "schema.ts").write_text(DRIZZLE)
    (root / "schema.ts").write_text(DRIZZLE + "// mine\n")
    assert run(root, *SOURCES).uncommitted == ("schema.ts",)


def test_without_unsafe_nothing_is_lost(root: Path) -> None:
    (root / "schema.ts").write_text(DRIZZLE.replace("});", "  old: varchar('old', { length: 9 }),\n});"))
    done = run(root, *SOURCES, unsafe=False)
    assert [(one.finding.rule.code, one.why) for one in done.left] == [("DR202", "loses data; --unsafe does it")]
    assert "old: varchar('old', { length: 9 })" in (root / "schema.ts").read_text()


_KILLED = """
import os, signal, sys
from pathlib import Path
import driftcheck.check.fixing as fixing
from driftcheck.check import Request

root, times = Path(sys.argv[1]), int(sys.argv[2])
wanted = ("sql:schema.sql", "drizzle:schema.ts")
before = {name: (root / name).read_bytes() for name in ("schema.sql", "schema.ts")}

def attempt(at):
    # Kills itself at call number `at` of all that are made while files are written; tells how many there are.
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        calls = 0
        def count(frame, event, argument):
            nonlocal calls
            calls += 1
            if calls == at:
                os.kill(os.getpid(), signal.SIGKILL)
        write = fixing._Run._write
        def counted(self, edits):
            sys.setprofile(count)
            write(self, edits)
            sys.setprofile(None)
        fixing._Run._write = counted
        fixing.fix(Request(root=root, sources=wanted), fixing.Wishes(unsafe=True))
        os.write(writing, str(calls).encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with open(reading, "rb") as answer:
        return status, int(answer.read() or 0)

_, whole = attempt(0)
after = (root / "schema.ts").read_bytes()
assert after != before["schema.ts"]
killed = old = 0
for number in range(times):
    (root / "schema.ts").write_bytes(before["schema.ts"])
    status, _ = attempt(1 + number * (whole - 1) // (times - 1))
    killed += os.WIFSIGNALED(status)
    found = (root / "schema.ts").read_bytes()
    assert found in (before["schema.ts"], after), found
    assert (root / "schema.sql").read_bytes() == before["schema.sql"]
    old += found == before["schema.ts"]
print(killed, old, whole)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing here forks")
def test_killed_at_any_moment_no_file_is_half_written(root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(root), "50"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    killed, old, calls = map(int, done.stdout.split())
    assert calls > 50
    assert killed == 50
    assert 0 < old < 50, "some before the file was moved into place, some after"
    left = [one.name for one in root.iterdir() if one.suffix == ".sql" or one.suffix == ".ts"]
    assert sorted(left) == ["schema.sql", "schema.ts"]


def test_a_dry_run_goes_as_far_as_a_real_one(root: Path) -> None:
    """The column can only go when what refers to it is gone: nothing is written, and all the same read anew."""
    (root / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    more = "export const lid = pgTable('lid', {\n  id: integer('id').primaryKey(),\n"
    more += "  pot: integer('pot').references(() => top.id),\n});\n"
    top = "export const top = pgTable('top', {\n  id: integer('id').primaryKey(),\n});\n"
    (root / "schema.ts").write_text(DRIZZLE + top + more)
    (root / "schema.sql").write_text(TRUTH + "CREATE TABLE lid (id integer PRIMARY KEY, pot integer);\n")
    before = (root / "schema.ts").read_text()
    done = fix(Request(root=root, sources=SOURCES), Wishes(dry_run=True, unsafe=True))
    assert (root / "schema.ts").read_text() == before
    assert done.left == ()
    subprocess.run(["git", "apply", "-"], cwd=root, input=done.patch.encode(), check=True)
    after = (root / "schema.ts").read_text()
    (root / "schema.ts").write_text(before)
    assert run(root, *SOURCES).left == ()
    assert (root / "schema.ts").read_text() == after


def test_what_the_truth_is_written_in_is_never_edited(root: Path) -> None:
    (root / "shared.ts").write_text(
        "import { integer, varchar } from 'drizzle-orm/pg-core';\n"
        "export const shared = { id: integer('id').primaryKey(), hue: varchar('hue', { length: 4 }) };\n"
    )
    head = "import { pgTable } from 'drizzle-orm/pg-core';\nimport { shared } from './shared';\n"
    (root / "a.ts").write_text(head + "export const pot = pgTable('pot', { ...shared });\n")
    (root / "b.ts").write_text(head + "export const pot = pgTable('pot', { ...shared, more: shared.hue });\n")
    files = {path.name: path.read_bytes() for path in root.glob("*.ts")}
    run(root, "truth=drizzle:a.ts", "other=drizzle:b.ts")
    assert (root / "shared.ts").read_bytes() == files["shared.ts"]
    assert (root / "a.ts").read_bytes() == files["a.ts"]
