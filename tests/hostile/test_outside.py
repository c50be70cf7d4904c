"""Nothing outside of the repository is read or quoted, in any format, whatever leads there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .measured import run

SECRET = "API_KEY=do-not-show-me-0123456789"
TYPESCRIPT = (
    'import { pgTable, integer } from "drizzle-orm/pg-core";\n'
    'export const guests = pgTable("guests", { id: integer("id") });\n'
)
SQL = "create table guests(id integer);\n"
FORMATS = ("text", "concise", "json", "jsonl", "github", "sarif", "markdown", "html", "junit", "gitlab")
Make = Callable[[Path], object]


def _snapshot(root: Path) -> None:
    column = {"name": "id", "type": {"name": "bigint"}, "location": {"path": "../secret.env"}}
    table = {"schema": "public", "name": "guests", "columns": [column], "location": {"path": "../secret.env"}}
    text = {"format": 1, "schema": {"tables": [table]}, "files": ["../secret.env"], "hashes": {"../secret.env": "0"}}
    (root / "schema.json").write_text(json.dumps(text))


def _sql(line: str) -> Make:
    return lambda root: (root / "schema.sql").write_text(SQL + line.format(out=root.parent) + "\n")


def _link(name: str) -> Make:
    return lambda root: (root / name).symlink_to("../secret.env")


def _file(name: str, text: str) -> Make:
    return lambda root: (root / name).write_text(text.format(out=root.parent))


def _journal(root: Path) -> None:
    entries = [{"idx": 0, "tag": "schema"}, {"idx": 1, "tag": "../secret"}]
    (root / "meta").mkdir()
    (root / "meta/_journal.json").write_text(json.dumps({"entries": entries}))


#: What leads out: a change of the repository, and the second source of the check.
WAYS: dict[str, tuple[Make, str]] = {
    "an include": (_sql("\\i {out}/secret.env"), "sql:schema.sql"),
    "a relative include": (_sql("\\ir ../secret.env"), "sql:schema.sql"),
    "an include through a variable": (_sql("\\set f ../secret.env\n\\i :f"), "sql:schema.sql"),
    "the environment": (_sql("\\i /proc/self/environ"), "sql:schema.sql"),
    "a linked include": (lambda root: (_link("part.sql")(root), _sql("\\i part.sql")(root)), "sql:schema.sql"),
    "a linked migration": (_link("z.sql"), "sql:*.sql"),
    "a location": (_sql(""), "sql:../secret.env"),
    "a location by a link": (_link("z.sql"), "sql:z.sql"),
    "a glob": (_sql(""), "sql:../*.env"),
    "a snapshot": (_link("s.json"), "snapshot:s.json"),
    "the places of a snapshot": (_snapshot, "snapshot:schema.json"),
    "the config": (_link("driftcheck.toml"), "sql:schema.sql"),
    "a baseline": (_file("driftcheck.toml", 'baseline = "../secret.env"'), "sql:schema.sql"),
    "a baseline by a link": (_link(".driftcheck-baseline.json"), "sql:schema.sql"),
    "a schema": (
        _file("drizzle.config.ts", 'export default {{ schema: "../secret.env" }};'), "drizzle:drizzle.config.ts"),
    "an import": (
        lambda root: (root / "other.ts").write_text('export * from "../secret";\n' + TYPESCRIPT), "drizzle:other.ts"),
    "a journal": (_journal, "sql:."),
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository, and a secret beside it."""
    for name in ("secret.env", "secret.sql", "secret.ts"):
        (tmp_path / name).write_text(SECRET)
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "schema.ts").write_text(TYPESCRIPT)
    (root / "schema.sql").write_text(SQL)
    return root


@pytest.mark.skipif(os.name == "nt", reason="links as POSIX has them")
@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_it_is_shown(way: str, root: Path) -> None:
    make, source = WAYS[way]
    make(root)
    reports = [f"--report={name}=report.{name}" for name in FORMATS if name in _known()]
    done = run(root, "diff", "drizzle:schema.ts", f"other={source}", "--no-exec", "--show-fixes", "-v", *reports)
    written = [path.read_text(errors="replace") for path in root.glob("report.*")]
    for text in (done.said, *written):
        assert "API_KEY" not in text
        assert "do-not-show" not in text
        assert "itself failed" not in text
    assert done.status in (1, 2), done.said


def _known() -> tuple[str, ...]:
    from driftcheck.render import FORMATS as KNOWN

    return tuple(KNOWN)


def test_the_config_lets_a_file_in_by_name(root: Path) -> None:
    (root.parent / "shared").mkdir()
    (root.parent / "shared/a.sql").write_text("create table rooms(id integer);")
    (root / "schema.sql").write_text(SQL + "\\i ../shared/a.sql\n")
    (root / "driftcheck.toml").write_text('allow-outside = ["../shared"]')
    assert "CREATE TABLE public.rooms" in run(root, "export", "sql:schema.sql", "--to", "sql").said
    (root / "driftcheck.toml").write_text('allow-outside = ["../other"]')
    said = run(root, "export", "sql:schema.sql", "--to", "sql").said
    assert "rooms" not in said
    assert "schema.sql:2: not understood" in said


def test_nothing_outside_is_written_over(root: Path) -> None:
    (root / "report.json").symlink_to("../secret.env")
    (root / "driftcheck.toml").write_text('baseline = "../secret.env"')
    both = ("drizzle:schema.ts", "sql:schema.sql")
    assert run(root, "baseline", *both).status == 2
    (root / "driftcheck.toml").unlink()
    assert run(root, "diff", *both, "--report", "json=report.json").status == 2
    assert (root.parent / "secret.env").read_text() == SECRET
