"""What `drizzle-kit pull` writes as a comment is what the migrations after it start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.sql import read

HEAD = (
    "-- Current sql file was generated after introspecting the database\n"
    "-- If you want to run this migration please uncomment this code before executing migrations\n"
)
LAMP = 'CREATE TABLE "lamp" (\n\t"id" integer NOT NULL, -- the key\n\t"at" text DEFAULT \'*/5\'\n);\n'
MARK = "--> statement-breakpoint\n"
BLOCK = f"{HEAD}/*\n{LAMP}{MARK}{LAMP.replace('lamp', 'shade')}*/"
LINES = HEAD + "".join(
    f"-- {line}\n" if line and not line.startswith("-->") else f"{line}\n"
    for line in f"{LAMP}{MARK}{LAMP.replace('lamp', 'shade')}".split("\n")
)


@pytest.mark.parametrize("text", [BLOCK, LINES, BLOCK.replace("\n", "\r\n"), BLOCK + "\n\n"])
def test_what_was_pulled_is_where_the_others_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "0000_a.sql").write_bytes(text.encode())
    (tmp_path / "0001_b.sql").write_text("ALTER TABLE lamp ADD COLUMN title text;\n")
    reading = read(".", tmp_path)
    lamp, shade = reading.schema.tables
    assert [column.name for column in lamp.columns] == ["id", "at", "title"]
    assert [column.name for column in shade.columns] == ["id", "at"]
    assert not reading.gaps
    assert [note for note in reading.notes if "0000_a.sql" in note and "drizzle-kit pull" in note]
    assert lamp.location is not None
    assert lamp.location.line == (3 if text is LINES else 4)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        (BLOCK.replace("/*", "").replace("\n*/", ""), ["lamp", "shade"]),
        (f"{HEAD}/*\n{LAMP.replace('*/', '')}*/\n{LAMP.replace('lamp', 'shade')}", ["shade"]),
        (LINES + LAMP.replace("lamp", "other"), ["other"]),
    ],
    ids=["uncommented", "in part", "more beneath"],
)
def test_what_somebody_has_changed_is_read_as_it_is(tmp_path: Path, text: str, tables: list[str]) -> None:
    (tmp_path / "a.sql").write_text(text)
    reading = read("a.sql", tmp_path)
    assert [table.name for table in reading.schema.tables] == tables
    assert not reading.notes


@pytest.mark.parametrize(
    "text", [BLOCK.removeprefix(HEAD).replace("*/5", ""), HEAD, HEAD + "/*\n*/", HEAD.rstrip("\n")]
)
def test_other_comments_stay_comments(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.sql").write_text(text)
    with pytest.raises(SourceError, match="there is no SQL statement"):
        read("a.sql", tmp_path)
