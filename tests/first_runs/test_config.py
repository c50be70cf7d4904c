"""The config of a first run: written by `init`, found in the folders above, shown by `driftcheck config`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import yaml

from driftcheck.config import load
from driftcheck.discovery import write_init
from driftcheck.errors import ConfigError

from ..cli.running import run
from .building import Layout, config, kit, models, outcome, sql, ts, write

TS, SQL = ts("crate"), sql("crate")
DROP = "ALTER TABLE crate DROP COLUMN packed;\n"
PLAIN = {"schema.ts": TS, "db/schema.sql": SQL}
SOURCES = '[sources]\ndrizzle = "drizzle:web/schema.ts"\nsql = "sql:db/schema.sql"\n'
ABOVE = {"driftcheck.toml": SOURCES, "web/schema.ts": TS, "web/src/deep/x.txt": "", "db/schema.sql": SQL}

#: What there is at first, the folder that the config has to name, and the migration of the next day.
GROWING = {
    "Supabase": (
        {"schema.ts": TS, "supabase/migrations/20260101000000_a.sql": SQL},
        "supabase/migrations/20260102000000_b",
    ),
    "Supabase in a monorepo": (
        {"apps/web/schema.ts": TS, "packages/db/supabase/migrations/20260101000000_a.sql": SQL},
        "packages/db/supabase/migrations/20260102000000_b",
    ),
    "Flyway": ({"schema.ts": TS, "db/migration/V1__a.sql": SQL}, "db/migration/V2__b"),
    "numbered": ({"schema.ts": TS, "migrations/0001_a.sql": SQL}, "migrations/0002_b"),
    "numbered, with a schema beside": (
        {"schema.ts": TS, "db/schema.sql": SQL, "db/001_a.sql": SQL},
        "db/002_b",
    ),
    "an out without a journal": (
        {"drizzle.config.ts": config(out="./out"), "schema.ts": TS, "out/0001_a.sql": SQL},
        "out/0002_b",
    ),
    "files by hand": (
        {"schema.ts": ts("crate", "pallet"), "sql/crate.sql": SQL, "sql/pallet.sql": sql("pallet")},
        "sql/zz_drop",
    ),
}


@pytest.mark.parametrize(("files", "next_step"), GROWING.values(), ids=GROWING)
def test_a_migration_that_comes_later_is_seen(tmp_path: Path, files: dict[str, str], next_step: str) -> None:
    assert outcome(tmp_path, Layout(files, 0)).status == 0
    write_init(tmp_path)
    (tmp_path / ".git").rmdir()
    later = outcome(tmp_path, Layout({f"{next_step}.sql": DROP}, 1))
    assert later.status == 1, later.text
    assert f"{next_step}.sql" in later.files
    assert "DR201" in later.text


def test_a_migration_that_drizzle_kit_makes_later_is_seen(tmp_path: Path) -> None:
    first = {"drizzle.config.ts": config(out="./drizzle"), "schema.ts": TS} | kit("drizzle", {"0000_a": SQL})
    write(tmp_path, first)
    write_init(tmp_path)
    later = outcome(tmp_path, Layout(kit("drizzle", {"0000_a": SQL, "0001_b": DROP}), 1))
    assert (later.status, "DR201" in later.text) == (1, True)


def test_found_above(tmp_path: Path) -> None:
    found = outcome(tmp_path, Layout(ABOVE, 0, folder="web/src/deep"))
    assert (found.status, found.files) == (0, {"web/schema.ts", "db/schema.sql"})


def test_found_above_with_its_baseline(tmp_path: Path) -> None:
    write(tmp_path, ABOVE | {"db/schema.sql": SQL + DROP})
    (tmp_path / ".git").mkdir()
    assert run(tmp_path / "web", "diff", "--no-cache").returncode == 1
    assert run(tmp_path / "web" / "src", "baseline").returncode == 0
    assert (tmp_path / ".driftcheck-baseline.json").is_file()
    assert run(tmp_path / "web" / "src" / "deep", "diff", "--no-cache").returncode == 0


def test_what_lies_above_the_repository_does_not_count_and_is_said(tmp_path: Path) -> None:
    write(tmp_path, ABOVE)
    (tmp_path / "web" / ".git").mkdir()
    found = run(tmp_path / "web" / "src", "diff", "--no-cache")
    assert found.returncode == 2
    assert "../../driftcheck.toml is of no repository that this folder is in" in found.stderr
    assert "driftcheck diff -C ../.." in found.stderr


def test_init_says_what_it_did(tmp_path: Path) -> None:
    write(tmp_path, PLAIN | {"pyproject.toml": "[project]\nname = 'x'\n"})
    found = run(tmp_path, "init")
    assert (found.returncode, found.stderr) == (0, "added [tool.driftcheck] to pyproject.toml\nnext: driftcheck diff\n")
    assert run(tmp_path, "diff", "--no-cache").returncode == 0
    assert tomllib.loads((tmp_path / "pyproject.toml").read_text())["project"] == {"name": "x"}


def test_init_does_not_write_below_a_config(tmp_path: Path) -> None:
    write(tmp_path, ABOVE)
    (tmp_path / ".git").mkdir()
    with pytest.raises(ConfigError, match="configured above this folder already"):
        write_init(tmp_path / "web")
    assert write_init(tmp_path / "web", ["gitlab"]) == ["wrote .gitlab-ci.yml"]
    assert (tmp_path / ".gitlab-ci.yml").is_file()


def test_workflows_are_ready_to_run(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, {f"services/it's/{name}": text for name, text in PLAIN.items()})
    root = tmp_path / "services" / "it's"
    said = write_init(root, ["github", "gitlab", "pre-commit"])
    assert said[-1] == "next: pre-commit install"
    job = yaml.safe_load((tmp_path / ".github/workflows/driftcheck.yml").read_text())["jobs"]["driftcheck"]
    assert job["defaults"]["run"]["working-directory"] == "services/it's"
    assert [step["run"].split(" --")[0] for step in job["steps"] if "run" in step][-1] == "driftcheck diff"
    script = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text())["driftcheck"]["script"]
    assert script[0] == """cd 'services/it'"'"'s'"""
    (hook,) = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert (hook["id"], hook["args"]) == ("driftcheck", ["-C", "services/it's"])


@pytest.mark.parametrize(
    ("more", "installs", "runs"),
    [
        (
            {"app/uv.lock": "", "app/pyproject.toml": ""},
            "pip install uv",
            "uv run --frozen --project app --with driftcheck==",
        ),
        (
            {"uv.lock": "", "app/pyproject.toml": ""},
            "pip install uv",
            "uv run --frozen --project app --with driftcheck==",
        ),
        (
            {"app/poetry.lock": "", "app/pyproject.toml": ""},
            "poetry -P app install",
            "poetry -P app run driftcheck diff",
        ),
        ({"app/requirements.txt": "x"}, "pip install -r app/requirements.txt driftcheck==", "driftcheck diff"),
        ({"app/pyproject.toml": "[project]\nname='x'"}, "pip install -e ./app driftcheck==", "driftcheck diff"),
        ({}, "pip install driftcheck==", "driftcheck diff"),
    ],
    ids=["uv", "uv's workspace", "poetry", "requirements", "pyproject", "nothing"],
)
def test_workflows_bring_the_project_s_packages(tmp_path: Path, more: dict[str, str], installs: str, runs: str) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, {"schema.ts": TS, "app/models.py": models("crate"), **more})
    write_init(tmp_path, ["github", "pre-commit"])
    text = (tmp_path / ".github/workflows/driftcheck.yml").read_text()
    steps = [step["run"] for step in yaml.safe_load(text)["jobs"]["driftcheck"]["steps"] if "run" in step]
    assert installs in steps[-2]
    assert steps[-1].startswith(runs)
    assert "id: driftcheck-system" in (tmp_path / ".pre-commit-config.yaml").read_text()


@pytest.mark.parametrize(
    ("system", "there"),
    [
        ("github", ".github/workflows/driftcheck.yml"),
        ("pre-commit", ".pre-commit-config.yaml"),
        ("gitlab", ".gitlab/driftcheck.gitlab-ci.yml"),
    ],
)
def test_what_is_there_is_not_written_over(tmp_path: Path, system: str, there: str) -> None:
    write(tmp_path, {**PLAIN, there: "mine: 1\n", ".gitlab-ci.yml": "mine: 2\n"})
    with pytest.raises(ConfigError, match="it is there already") as error:
        write_init(tmp_path, [system])
    assert "add this to it" in (error.value.hint or "")
    assert (tmp_path / there).read_text() == "mine: 1\n"
    assert not (tmp_path / "driftcheck.toml").exists()


def test_a_job_beside_those_that_gitlab_has(tmp_path: Path) -> None:
    write(tmp_path, {**PLAIN, ".gitlab-ci.yml": "mine: 2\n"})
    found = run(tmp_path, "init", "--ci", "gitlab")
    assert found.returncode == 0
    assert "add to .gitlab-ci.yml:\ninclude:\n  - local: .gitlab/driftcheck.gitlab-ci.yml\n" in found.stderr
    assert (tmp_path / ".gitlab-ci.yml").read_text() == "mine: 2\n"


def test_one_source_serves_export_and_snapshot(tmp_path: Path) -> None:
    write(tmp_path, {"driftcheck.toml": 'sources = { sql = "sql:db/schema.sql" }', "db/schema.sql": SQL})
    for words in (("export", "--to", "sql"), ("export", "sql", "--to", "sql")):
        assert "CREATE TABLE public.crate" in run(tmp_path, *words).stdout
    assert run(tmp_path, "snapshot", "-o", "kept.json").returncode == 0
    assert json.loads((tmp_path / "kept.json").read_text())["schema"]["tables"][0]["name"] == "crate"
    refused = run(tmp_path, "diff", "--no-cache")
    assert (refused.returncode, "there is only one source, sql:db/schema.sql" in refused.stderr) == (2, True)


def test_the_effective_config(tmp_path: Path) -> None:
    write(tmp_path, ABOVE | {"driftcheck.toml": 'fail-on = "error"\n' + SOURCES})
    (tmp_path / ".git").mkdir()
    said = run(tmp_path / "web", "config").stdout
    assert 'fail-on = "error"  # driftcheck.toml:1' in said
    assert 'truth = "drizzle"  # default: the first source' in said
    assert 'sql = "sql:db/schema.sql"  # driftcheck.toml:4' in said
    assert tomllib.loads(said)["sources"] == {"drizzle": "drizzle:web/schema.ts", "sql": "sql:db/schema.sql"}
    (tmp_path / "web" / "driftcheck.toml").write_text(said)
    shown = load(tmp_path / "web")
    assert shown is not None
    assert shown.fail_on == "error"


def test_the_effective_config_where_there_is_none(tmp_path: Path) -> None:
    write(tmp_path, PLAIN)
    said = run(tmp_path, "config").stdout
    assert said.startswith("# no config in ")
    assert 'sql = "sql:db/schema.sql"  # looked for: a file of SQL, 1 table' in said
    assert tomllib.loads(said)["truth"] == "drizzle"
