"""The config that `init` writes says what the look around says, and never takes anything away."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from driftcheck.config import SourceSpec, load
from driftcheck.discovery import Discovery, Found, discover, init_text, plan_init, write_init
from driftcheck.errors import ConfigError, UsageError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archetype(tmp_path: Path) -> Path:
    copy = tmp_path / "pixcrawler"
    shutil.copytree(ROOT / "fixtures" / "pixcrawler", copy)
    (copy / "pyproject.toml").unlink()
    return copy


def test_a_file_of_its_own(archetype: Path) -> None:
    found = discover(archetype)
    assert write_init(archetype) == ["wrote driftcheck.toml"]
    assert (archetype / "driftcheck.toml").read_text().startswith("#:schema https://")
    config = load(archetype)
    assert config is not None
    assert [str(spec) for spec in config.sources] == [str(item.spec) for item in found.sources]
    assert (config.truth, config.fail_on) == (found.truth, "warning")


@pytest.mark.parametrize("present", ["", "[project]\nname = 'x'\n", "[tool.ruff]\nline-length = 9", "[[a]]\n[a.b]\r\n"])
def test_a_section_of_pyproject(archetype: Path, present: str) -> None:
    path = archetype / "pyproject.toml"
    path.write_bytes(present.encode())
    assert write_init(archetype) == ["added [tool.driftcheck] to pyproject.toml"]
    assert path.read_bytes().startswith(present.encode())
    config = load(archetype)
    assert config is not None
    assert len(config.sources) == 4


@pytest.mark.parametrize("section", ["", "tool.driftcheck"])
def test_what_is_commented_out_is_right_too(archetype: Path, section: str) -> None:
    lines = init_text(discover(archetype), section).split("\n")
    examples = [line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in lines]
    name = "pyproject.toml" if section else "driftcheck.toml"
    (archetype / name).write_text("\n".join(examples))
    config = load(archetype)
    assert config is not None
    assert (len(config.exclude), len(config.rules), len(config.ignores)) == (2, 1, 1)


def test_never_twice(archetype: Path) -> None:
    write_init(archetype)
    before = (archetype / "driftcheck.toml").read_text()
    with pytest.raises(ConfigError, match="configured here already"):
        write_init(archetype)
    assert (archetype / "driftcheck.toml").read_text() == before


def test_a_broken_pyproject_stays_as_it_is(archetype: Path) -> None:
    (archetype / "pyproject.toml").write_text("[broken")
    with pytest.raises(ConfigError, match="cannot add a section"):
        plan_init(archetype)
    assert (archetype / "pyproject.toml").read_text() == "[broken"


def test_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="found nothing to compare here"):
        write_init(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_names_that_would_break_a_file() -> None:
    location = 'a"b\\\n\t\x1b]\u202e\x7f#.sql'
    found = Found(SourceSpec(name="a b", kind="sql", location=location), "because\nfail-on = 'never'")
    document = tomllib.loads(init_text(Discovery((found,), ("x\ny = 1",), ())))
    assert document == {"truth": "a b", "fail-on": "warning", "sources": {"a b": f"sql:{location}"}}
