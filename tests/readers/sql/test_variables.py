"""psql's variables, as far as a file sets them itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from .replay import read_text


@pytest.mark.parametrize(
    ("commands", "why"),
    [
        ("\\unset x", "the psql variable :x has no value here"),
        ("\\set x `whoami`", "the psql variable :x has no value here"),
        ("\\set x a\n\\prompt 'which? ' x", "the psql variable :x has no value here"),
        ("\\set y b\n\\set", "the psql variable :x has no value here"),
    ],
)
def test_a_variable_of_which_nothing_is_known_is_a_gap(tmp_path: Path, commands: str, why: str) -> None:
    reading = read_text(tmp_path, f"{commands}\ncreate table :x (id int);\ncreate table t (id int);")
    assert [(gap.why, gap.location.line) for gap in reading.gaps] == [(why, commands.count("\n") + 2)]
    assert [table.name for table in reading.schema.tables] == ["t"]


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    text = (
        "\\set name a_rather_long_name\n\\set s public\ncreate table :s.:name (\n  a int,\n  :name text,\n  c int\n);\n"
        "create index on :name (c);"
    )
    table = read_text(tmp_path, text).schema.tables[0]
    places = [
        (column.name, column.location and (column.location.line, column.location.column)) for column in table.columns
    ]
    assert places == [("a", (4, 3)), ("a_rather_long_name", (5, 3)), ("c", (6, 3))]
    assert table.location is not None
    assert (table.location.line, table.location.column, table.location.end_line) == (3, 17, 7)
    assert table.indexes[0].location is not None
    assert table.indexes[0].location.line == 8


def test_a_variable_names_the_file_to_include(tmp_path: Path) -> None:
    (tmp_path / "part.sql").write_text("create table :name (id int);")
    reading = read_text(tmp_path, "\\set file part.sql\n\\set name t\n\\ir :file\n")
    assert [table.name for table in reading.schema.tables] == ["t"]
    assert not reading.gaps
