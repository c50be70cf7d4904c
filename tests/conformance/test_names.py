"""Names as the server makes them: identifiers folded, cut and quoted, and the names of what nobody named."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.model import ColumnType, fold, quote
from driftcheck.model.naming import column_part, free_name, object_name
from driftcheck.model.serial import integer_of, owned_sequence
from driftcheck.sql import parse_type

from .postgres import Server

#: Identifiers of every sort: long ones, of more than a byte a letter, with quotes and capitals.
IDENTIFIERS = st.text(
    st.sampled_from("abcxyz_09 AÄß表\"'.$-"), min_size=1, max_size=70
).filter(lambda name: len(name.encode()) <= 63)  # fmt: skip
_SETTINGS = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)  # fmt: skip


@pytest.fixture(scope="module")
def connection(pg: Server) -> Iterator[psycopg.Connection]:
    """One database for the module; every test rolls back what it made."""
    with pg.database() as database, psycopg.connect(database.dsn) as connection:
        yield connection


def run(connection: psycopg.Connection, script: str, question: str) -> list[tuple[object, ...]]:
    """What the server answers once `script` has run; nothing of it stays."""
    try:
        connection.execute(script.encode())
        return connection.execute(question.encode()).fetchall()
    finally:
        connection.rollback()


def test_a_quoted_keyword_is_taken_as_a_name(connection: psycopg.Connection) -> None:
    words = [word for (word,) in connection.execute("SELECT word FROM pg_get_keywords()").fetchall()]
    connection.rollback()
    assert len(words) > 400
    columns = ", ".join(f"{quote(word)} int" for word in words)
    names = run(
        connection,
        f"CREATE TABLE t ({columns})",
        "SELECT attname FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum",
    )
    assert [name for (name,) in names] == words
    for word in words:
        run(connection, f"CREATE TABLE {quote(word)} ()", "SELECT 1")


def test_types_named_like_keywords_are_told_from_those_of_the_grammar(connection: psycopg.Connection) -> None:
    words = [word for (word,) in connection.execute("SELECT word FROM pg_get_keywords()").fetchall()]
    connection.rollback()
    for word in words:
        type_ = str(ColumnType(word, quoted=True))
        script = f"""
            CREATE SCHEMA first; SET search_path = first, pg_catalog; CREATE TYPE "{word}" AS ENUM ();
            CREATE TABLE t (a {type_});
        """
        if integer_of(word) is None:
            question = "SELECT typname FROM pg_type WHERE oid = (SELECT atttypid FROM pg_attribute WHERE attname = 'a')"
            assert run(connection, script, f"{question} AND typtype = 'e'") == [(word,)]


@_SETTINGS
@given(name=IDENTIFIERS)
def test_any_name_survives_quoting(connection: psycopg.Connection, name: str) -> None:
    assert run(
        connection, f"CREATE TABLE {quote(name)} ()", "SELECT relname FROM pg_class ORDER BY oid DESC LIMIT 1"
    ) == [(name,)]


@_SETTINGS
@given(name=st.from_regex(r"[a-zA-ZäÄ_表][a-zA-Z0-9ÄÖ表]{0,80}", fullmatch=True))
def test_names_fold_and_are_cut_as_the_server_does(connection: psycopg.Connection, name: str) -> None:
    if quote(name.lower()) != name.lower() and name.isascii():
        name = f"{name}_1"
    found = run(connection, f"CREATE TABLE {name} ()", "SELECT relname FROM pg_class ORDER BY oid DESC LIMIT 1")
    assert found == [(fold(name),)]


@_SETTINGS
@given(table=IDENTIFIERS, columns=st.lists(IDENTIFIERS, min_size=2, max_size=3, unique=True))
def test_what_nobody_named_gets_the_name_that_the_server_gives(
    connection: psycopg.Connection, table: str, columns: list[str]
) -> None:
    first, second = columns[:2]
    listed = ", ".join(map(quote, columns))
    script = f"""
        CREATE TABLE {quote(table)} ({", ".join(f"{quote(name)} int" for name in columns)},
            PRIMARY KEY ({quote(first)}), UNIQUE ({listed}), UNIQUE ({quote(second)}),
            CHECK ({quote(first)} > 0), CHECK ({quote(first)} < 9), CHECK ({quote(first)} <> {quote(second)}),
            FOREIGN KEY ({quote(second)}) REFERENCES {quote(table)},
            EXCLUDE USING btree ({quote(first)} WITH =));
        CREATE INDEX ON {quote(table)} ({listed});
        CREATE INDEX ON {quote(table)} ({listed});
    """
    made = run(
        connection,
        script,
        "SELECT conname FROM pg_constraint WHERE contype <> 'n' AND connamespace = 'public'::regnamespace"
        " UNION SELECT relname FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace",
    )
    assert {name for (name,) in made} == _expected(table, columns)


def _expected(table: str, columns: list[str]) -> set[str]:
    """The same names by our rule: relations and constraints of a table must differ among themselves."""
    taken = {table}
    every, first, second = column_part(columns), column_part(columns[:1]), column_part(columns[1:2])
    wanted = [
        ("", "pkey"), (first, "check"), (first, "check"), ("", "check"), (every, "key"), (second, "key"),
        (first, "excl"), (every, "idx"), (every, "idx"), (second, "fkey"),
    ]  # fmt: skip
    for part, label in wanted:
        taken.add(free_name(table, part, label, taken))
    return taken - {table}


@_SETTINGS
@given(table=IDENTIFIERS, column=IDENTIFIERS, kind=st.sampled_from(["serial", "bigserial", "smallserial"]))
def test_serial_columns_get_the_servers_sequence(
    connection: psycopg.Connection, table: str, column: str, kind: str
) -> None:
    type_name = integer_of(kind)
    assert type_name is not None
    sequence, default = owned_sequence("public", table, column, type_name, taken={table})
    rows = run(
        connection,
        f"CREATE TABLE {quote(table)} ({quote(column)} {kind})",
        "SELECT s.relname, format_type(q.seqtypid, NULL), pg_get_expr(d.adbin, d.adrelid) FROM pg_sequence q"
        " JOIN pg_class s ON s.oid = q.seqrelid, pg_attrdef d",
    )
    unqualified = default.sql.replace("'public.", "'", 1)
    assert rows == [(sequence.name, sequence.type, unqualified)]


@_SETTINGS
@given(first=IDENTIFIERS, second=st.just("") | IDENTIFIERS, label=st.sampled_from(["pkey", "key", "idx", "seq"]))
def test_no_made_name_is_too_long(first: str, second: str, label: str) -> None:
    assert len(object_name(first, second, label).encode()) <= 63


@pytest.mark.parametrize(
    "text",
    [
        "int4",
        "numeric(10, 2)",
        "timestamp(3) with time zone",
        "interval day to second(3)",
        "varchar(5)[]",
        '"char"',
        "time(2)",
    ],
)
def test_a_parsed_and_printed_type_is_the_same_type(connection: psycopg.Connection, text: str) -> None:
    assert run(connection, f"CREATE TABLE t (a {text}, b {parse_type(text)})", """
        SELECT count(DISTINCT (atttypid, atttypmod)) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0
    """) == [(1,)]  # fmt: skip
