"""Every object at the line where its name stands; every later change at its own."""

from __future__ import annotations

from pathlib import Path

from driftcheck.model import Location

from .replay import read_text

ARCHETYPE = Path(__file__).parents[3] / "fixtures/pixcrawler/frontend/lib/db/migrations/production_schema.sql"

TEXT = """\
create table
  users (
  id serial primary key,
  email text
    constraint email_key unique,
  check (email <> '')
);
create unique index
  users_lower on users (lower(email));
create type mood as enum ('a');
alter table users enable row level security;
create policy "see all"
  on users;
alter table users
  alter column email type varchar(10),
  alter column email set default 'x';
alter type mood add value 'b';
comment on column users.email is 'mail';
"""


def test_names_stand_where_places_say(tmp_path: Path) -> None:
    schema = read_text(tmp_path, TEXT).schema
    table = schema.tables[0]
    assert table.location == Location("schema.sql", 2, 3, 7)
    assert [column.location for column in table.columns] == [
        Location("schema.sql", 3, 3, 3),
        Location("schema.sql", 4, 3, 5),
    ]
    lines = TEXT.splitlines()
    named = [*table.uniques, *table.indexes, *schema.enums, *schema.policies]
    for item in named:
        assert item.location is not None
        assert item.name in lines[item.location.line - 1][item.location.column - 1 :]


def test_later_statements_are_the_place_of_what_they_set(tmp_path: Path) -> None:
    schema = read_text(tmp_path, TEXT).schema
    table = schema.tables[0]
    email = table.columns[1]
    lines = {
        "row_security": table.place("row_security"),
        "type": email.place("type"),
        "default": email.place("default"),
        "comment": email.place("comment"),
        "values": schema.enums[0].place("values"),
        "nullable": email.place("nullable"),
    }
    found = {name: place.line if place else 0 for name, place in lines.items()}
    assert found == {"row_security": 11, "type": 15, "default": 16, "comment": 18, "values": 17, "nullable": 4}


def test_archetype_is_read_whole() -> None:
    reading = read_text(ARCHETYPE.parent, ARCHETYPE.read_bytes(), ARCHETYPE.name)
    lines = ARCHETYPE.read_text().splitlines()
    assert not reading.gaps
    named = [
        *reading.schema.tables, *reading.schema.policies, *reading.schema.triggers, *reading.schema.functions,
        *(column for table in reading.schema.tables for column in table.columns),
        *(index for table in reading.schema.tables for index in table.indexes),
    ]  # fmt: skip
    assert len(named) > 150
    for item in named:
        assert item.location is not None
        assert item.name in lines[item.location.line - 1]
