"""A snapshot returns the reading that it was made of, says when it is stale, and refuses what it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from driftcheck.check.snapshots import snapshot_text
from driftcheck.errors import SourceError
from driftcheck.model import (
    Check,
    Column,
    ColumnType,
    Enum,
    Expression,
    Index,
    IndexKey,
    Location,
    Opaque,
    PrimaryKey,
    Schema,
    Table,
)
from driftcheck.readers import snapshot
from driftcheck.reading import Capabilities, Gap, Management, Reading, Source, Statements, Unexported

PLACE = Location("app/models.py", 3, 5, 9)
TABLE = Table(
    schema="public",
    name="users",
    columns=(
        Column(name="id", type=ColumnType("integer"), nullable=False, location=PLACE, unknown=frozenset({"default"})),
    ),
    primary_key=PrimaryKey(name="users_pkey", columns=("id",)),
    checks=(Check(name="positive", expression=Expression("id > 0")),),
    indexes=(Index(name="ix", keys=(IndexKey(expression=Expression("lower(x)"), descending=True, nulls_first=True),)),),
    location=PLACE,
)
READING = Reading(
    schema=Schema(
        tables=(TABLE,),
        enums=(Enum(schema="public", name="kind", values=("b", "a")),),
        opaque=(Opaque(kind="view", schema="public", name="v"),),
    ),
    capabilities=Capabilities("SQLAlchemy", frozenset({"policy", "column.storage"})),
    files=("app/models.py", "app/base.py"),
    gaps=(Gap(PLACE, "default of id", "it is a callable", "users.id"),),
    unexported=(Unexported(PLACE, "enum", "public", "e"),),
    statements=Statements(read=4, irrelevant=1, gaps=1, unmodelled={"operators": 2}),
    notes=("asked /somebody/s/python", "4 tables are defined elsewhere"),
    home=PLACE,
    management=Management("public", "app_.*", "schemaFilter and tablesFilter of drizzle.config.ts"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a fresh snapshot of `READING`."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "models.py").write_bytes(b"class User:\n    id = 1\n")
    (tmp_path / "app" / "base.py").write_bytes(b"Base = None\n")
    text = snapshot_text(Source("models", "sqlalchemy", READING), tmp_path)
    (tmp_path / "models.json").write_text(text, encoding="utf-8")
    return tmp_path


def test_gives_back_the_reading(root: Path) -> None:
    found = snapshot.read("models.json", root)
    assert replace(found, notes=(), files=()) == replace(READING, notes=(), files=())
    assert found.files == ("models.json", *READING.files)
    assert found.schema.tables[0].columns[0].location == PLACE
    assert found.schema.tables[0].columns[0].unknown == {"default"}
    assert found.gaps[0].location == PLACE


def test_notes_say_where_it_comes_from_and_not_which_machine_made_it(root: Path) -> None:
    notes = snapshot.read("models.json", root).notes
    assert notes[0].startswith("read from the snapshot models.json, made by driftcheck ")
    assert "4 tables are defined elsewhere" in notes
    assert "somebody" not in (root / "models.json").read_text()


def test_same_reading_same_text(root: Path) -> None:
    source = Source("models", "sqlalchemy", READING)
    assert snapshot_text(source, root) == snapshot_text(source, root)


def test_changed_file_is_a_gap(root: Path) -> None:
    (root / "app" / "base.py").write_text("Base = 1\n")
    found = snapshot.read("models.json", root)
    (gap,) = found.gaps[1:]
    assert gap.location.path == "models.json"
    assert "app/base.py changed" in gap.why
    assert "driftcheck snapshot" in gap.why
    assert found.statements.gaps == READING.statements.gaps + 1


def test_file_that_is_gone_is_a_gap(root: Path) -> None:
    (root / "app" / "base.py").unlink()
    assert "app/base.py changed" in snapshot.read("models.json", root).gaps[-1].why


def test_line_ends_are_no_change(root: Path) -> None:
    (root / "app" / "models.py").write_bytes(b"class User:\r\n    id = 1\r\n")
    assert snapshot.read("models.json", root).gaps == READING.gaps


def test_without_any_of_its_files_it_says_that_it_cannot_tell(root: Path) -> None:
    for name in ("models.py", "base.py"):
        (root / "app" / name).unlink()
    found = snapshot.read("models.json", root)
    assert found.gaps == READING.gaps
    assert any("is unknown" in note for note in found.notes)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no snapshot at nowhere\.json") as error:
        snapshot.read("nowhere.json", tmp_path)
    assert "driftcheck snapshot" in (error.value.hint or "")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        snapshot.read(".", tmp_path)


def test_merge_conflict_has_its_line(root: Path) -> None:
    path = root / "models.json"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:4], "<<<<<<< HEAD", *lines[4:]]))
    with pytest.raises(SourceError, match=r"models\.json is not JSON") as error:
        snapshot.read("models.json", root)
    assert error.value.line == 5


def _spoil(document: dict[str, object], key: str, value: object) -> dict[str, object]:
    return {**document, key: value}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 99),
        ("schema", {"tables": [{"name": 3}]}),
        ("schema", {"novelties": []}),
        ("schema", []),
        ("gaps", {"a": 1}),
        ("gaps", [{"what": "x"}]),
        ("notes", [1]),
        ("files", "models.py"),
        ("hashes", ["x"]),
        ("home", {"path": 1}),
        ("statements", {"read": "many"}),
        ("cannot", 5),
        ("management", {"tables": "(", "says": "x"}),
        ("management", {"others": "x"}),
    ],
)
def test_spoilt(root: Path, key: str, value: object) -> None:
    path = root / "models.json"
    path.write_text(json.dumps(_spoil(json.loads(path.read_text()), key, value)))
    with pytest.raises(SourceError, match=r"models\.json") as error:
        snapshot.read("models.json", root)
    assert error.value.path == "models.json"


@pytest.mark.parametrize("text", ["[]", "3", "{}", '{"format": 1}', "", "\x00"])
def test_something_else(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text)
    with pytest.raises(SourceError, match=r"other\.json"):
        snapshot.read("other.json", tmp_path)
