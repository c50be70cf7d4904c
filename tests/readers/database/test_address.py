"""What a location means to libpq, what is shown of it, and what a config may not ask for."""

from __future__ import annotations

import pytest

from driftcheck.config import parse_source
from driftcheck.config.sources import check_sources
from driftcheck.errors import SourceError, UsageError
from driftcheck.plain import without_passwords
from driftcheck.readers.database.address import address

SECRET = "s3cret"


@pytest.mark.parametrize(
    ("location", "environment", "words", "shown"),
    [
        ("postgresql://u@h/db", {}, {"user": "u", "host": "h", "dbname": "db"}, "h/db"),
        ("postgres://u@h:6432/db", {}, {"user": "u", "host": "h", "port": "6432", "dbname": "db"}, "h:6432/db"),
        (
            "postgresql+asyncpg://u@h/db?ssl=require&prepared_statement_cache_size=0",
            {},
            {"user": "u", "host": "h", "dbname": "db", "sslmode": "require"},
            "h/db",
        ),
        (
            "postgresql://u@h/db?pgbouncer=true&connection_limit=1&schema=public&sslmode=verify-full",
            {},
            {"user": "u", "host": "h", "dbname": "db", "sslmode": "verify-full"},
            "h/db",
        ),
        ("postgresql:///db?host=/var/run/postgresql", {}, {"dbname": "db", "host": "/var/run/postgresql"},
         "localhost/db"),
        ("host=h dbname='my db'", {}, {"host": "h", "dbname": "my db"}, "h/my db"),
        ("service=prod", {}, {"service": "prod"}, "localhost/service=prod"),
        ("app", {"PGHOST": "h"}, {"dbname": "app"}, "h/app"),
        ("$URL", {"URL": " postgresql://u@h/db\n"}, {"user": "u", "host": "h", "dbname": "db"}, "h/db"),
        ("${URL}", {"URL": "service=x"}, {"service": "x"}, "localhost/service=x"),
    ],
)  # fmt: skip
def test_what_libpq_is_told(location: str, environment: dict[str, str], words: dict[str, str], shown: str) -> None:
    found = address(location, from_config=False, environment=environment)
    assert (dict(found.words), found.shown) == (words, shown)


@pytest.mark.parametrize(
    ("location", "environment", "message"),
    [
        ("$URL", {}, "the environment variable URL"),
        ("$URL", {"URL": f"redis://u:{SECRET}@h/0"}, "$URL is not the address of a PostgreSQL database"),
        ("$TOKEN", {"TOKEN": f"gh p {SECRET}"}, "$TOKEN cannot be read as the address"),
        (f"postgresql://u:{SECRET}@h:port/db", {}, None),
        (f"host=h pass word={SECRET}", {}, "the location cannot be read as the address"),
        (f"postgresql://u:{SECRET}@h/db?nonsense=1", {}, "the location cannot be read as the address"),
    ],
)
def test_what_is_no_address_is_not_repeated(location: str, environment: dict[str, str], message: str | None) -> None:
    if message is None:
        assert SECRET not in str(address(location, from_config=False, environment=environment))
        return
    with pytest.raises(SourceError) as caught:
        address(location, from_config=False, environment=environment)
    assert message in caught.value.message
    assert SECRET not in f"{caught.value.message} {caught.value.hint}"


def test_a_config_gets_nothing_of_this_machine() -> None:
    environment = {"PGPASSWORD": SECRET, "PGUSER": "me", "PGHOST": "mine"}
    found = address("postgresql://h/db", from_config=True, environment=environment)
    assert (found.words["password"], found.words["user"], found.words["host"], found.lonely) == ("", "", "h", True)
    assert found.words["passfile"] != ""
    service = address("service=prod", from_config=True, environment=environment)
    assert (dict(service.words), service.lonely) == ({"service": "prod"}, False)
    variable = address("$URL", from_config=True, environment={"URL": "postgresql://h/db", **environment})
    assert (dict(variable.words), variable.lonely) == ({"host": "h", "dbname": "db"}, False)
    for location in ("service=prod host=evil.example", "postgresql://evil.example/db?service=prod"):
        with pytest.raises(SourceError, match="a config may name a service alone"):
            address(location, from_config=True, environment=environment)


def test_passwords_are_in_no_message() -> None:
    word = f"a=database:postgresql://u:{SECRET}@h/db"
    assert SECRET not in str(parse_source(word))
    with pytest.raises(UsageError) as caught:
        check_sources([parse_source(word), parse_source(word)])
    assert SECRET not in f"{caught.value.message} {caught.value.hint}"
    for slip in (f"databse:postgresql://u:{SECRET}@h/db", f"postgresql://u:{SECRET}@h/db", f"x=pg://u:{SECRET}@h/db"):
        with pytest.raises(UsageError) as caught:
            parse_source(slip)
        assert SECRET not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:p@h/db", "postgresql://u:***@h/db"),
        ("postgresql://u:p@ss:w/rd@h/db", "postgresql://u:***@h/db"),
        ("postgresql://u@h/db?password=p&x=1", "postgresql://u@h/db?password=***&x=1"),
        ("host=h password='p q' user=u", "host=h password=*** user=u"),
        ("postgresql://u@h/db", "postgresql://u@h/db"),
        ("see https://example.org/a:b", "see https://example.org/a:b"),
    ],
)
def test_what_looks_like_a_password_is_not_shown(text: str, shown: str) -> None:
    assert without_passwords(text) == shown
