"""`[NAME=]KIND:LOCATION`, and what is said about words that are none."""

from __future__ import annotations

import pytest

from driftcheck.config import SourceSpec, check_sources, named_apart, parse_source
from driftcheck.errors import UsageError


@pytest.mark.parametrize(
    ("text", "name", "kind", "location"),
    [
        ("drizzle:src/schema.ts", "drizzle", "drizzle", "src/schema.ts"),
        ("prod=sql:db/schema.sql", "prod", "sql", "db/schema.sql"),
        ("sql:db/a=b.sql", "sql", "sql", "db/a=b.sql"),
        ("sql:C:\\db\\schema.sql", "sql", "sql", "C:\\db\\schema.sql"),
        ("old-db_2.x=sql:C:/db/schema.sql", "old-db_2.x", "sql", "C:/db/schema.sql"),
        ("sqlalchemy:backend.models:Base", "sqlalchemy", "sqlalchemy", "backend.models:Base"),
        ("snapshot:x.json", "snapshot", "snapshot", "x.json"),
        ("sql:db/**/*.sql", "sql", "sql", "db/**/*.sql"),
    ],
)
def test_parses(text: str, name: str, kind: str, location: str) -> None:
    spec = parse_source(text)
    assert (spec.name, spec.kind, spec.location) == (name, kind, location)
    assert parse_source(str(spec)) == spec


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("drizle:src/schema.ts", "'drizle' is not a kind of source", "did you mean drizzle:src/schema.ts?"),
        ("x=SQL:a.sql", "'SQL' is not a kind of source", "did you mean x=sql:a.sql?"),
        (
            "prisma:schema.prisma",
            "'prisma' is not a kind of source",
            "one of drizzle, sql, sqlalchemy, alembic, database, snapshot",
        ),
        ("schema.sql", "does not say what kind", "write sql:schema.sql"),
        ("prod=schema.sql", "does not say what kind", "write prod=sql:schema.sql"),
        ("C:\\db\\schema.sql", "does not say what kind", "write sql:C:\\db\\schema.sql"),
        ("c:/src/schema.ts", "does not say what kind", "write drizzle:c:/src/schema.ts"),
        ("drizzle.config.json", "does not say what kind", "write drizzle:drizzle.config.json"),
        ("schema.json", "does not say what kind", "write snapshot:schema.json"),
        ("backend/models.py", "does not say what kind", "write sqlalchemy:backend.models"),
        ("backend/models/__init__.py", "does not say what kind", "write sqlalchemy:backend.models"),
        ("backend.models:Base", "does not say what kind", "write sqlalchemy:backend.models:Base"),
        ("models:Base", "does not say what kind", "write sqlalchemy:models:Base"),
        ("src", "does not say what kind", "KIND is one of"),
        ("", "does not say what kind", "KIND is one of"),
        ("C:\\db", "does not say what kind", "KIND is one of"),
        ("sql:", "does not say where the sql source is", "sql:db/schema.sql"),
        ("sqlalchemy: ", "does not say where the sqlalchemy source is", "sqlalchemy:app.models:Base"),
        ("=sql:a.sql", "a source's name is made of letters", "[NAME=]KIND:LOCATION"),
        ("my db=sql:a.sql", "a source's name is made of letters", "[NAME=]KIND:LOCATION"),
        ("postgres://u@h/db", "does not say what kind", "write database:postgres://u@h/db"),
        ("db=postgresql+psycopg://u@h/db", "does not say what kind", "write db=database:postgresql+psycopg://u@h/db"),
        ("postgres://u:secret@h/db", "'postgres://u:***@h/db'", "write database:postgres://u:***@h/db"),
    ],
)
def test_says_what_was_meant(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_source(text)
    assert message in caught.value.message
    assert caught.value.hint is not None
    assert hint in caught.value.hint


def test_messages_obey_nobody() -> None:
    for text in ("\x1b[31m:x", "\n::error::x", "a\u202eb", "\x1b=sql:a"):
        with pytest.raises(UsageError) as caught:
            parse_source(text)
        assert (caught.value.message + (caught.value.hint or "")).isprintable()


def spec(text: str) -> SourceSpec:
    return parse_source(text)


def test_two_of_one_name() -> None:
    with pytest.raises(UsageError, match=r"two sources are called 'sql': sql:a\.sql and sql:b\.sql"):
        check_sources([spec("drizzle:x.ts"), spec("sql:a.sql"), spec("sql:b.sql")])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("drizzle:x.ts sql:a.sql", "drizzle sql"),
        ("sql:a.sql sql:dump.sql", "a dump"),
        ("sql:old/schema.sql sql:new/schema.sql", "schema new-schema"),
        ("sql:a.sql other=sql:b.sql", "sql other"),
        ("a=sql:b.sql sql:a.sql sql:c/", "a sql c"),
        ("sqlalchemy:app.models:Base sqlalchemy:old.models:Base", "app.models old.models"),
        ("database:postgresql://u:p@h/a database:$OTHER", "database database-2"),
        ("sql:*.sql sql:'.sql", "sql sql-2"),
    ],
)
def test_several_of_one_kind_are_told_apart(words: str, names: str) -> None:
    told = named_apart([spec(word) for word in words.split()], words.split())
    assert [one.name for one in told] == names.split()
    check_sources(told)


def test_the_same_source_twice() -> None:
    with pytest.raises(UsageError, match="'a' and 'b' are the same source"):
        check_sources([spec("a=sql:a.sql"), spec("b=sql:a.sql")])


def test_different_sources_are_fine() -> None:
    check_sources([spec("a=sql:a.sql"), spec("b=sql:b.sql"), spec("drizzle:a.sql")])
