"""Ordinary values come back from PostgreSQL byte for byte, from what builds a schema and from what fixes one."""

from __future__ import annotations

import dataclasses

import psycopg
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg.sql import SQL, Identifier, Literal

from driftcheck.differ.engine import compare
from driftcheck.differ.scope import WORDS
from driftcheck.fixes import fixed
from driftcheck.fixes.script import fix_script
from driftcheck.model import (
    Check,
    Column,
    ColumnType,
    Domain,
    Enum,
    Expression,
    Function,
    Generated,
    Index,
    IndexKey,
    Policy,
    Schema,
    Table,
    Trigger,
    View,
)
from driftcheck.normalize import normalize
from driftcheck.reading import Capabilities, Reading, Source
from driftcheck.writers import sql
from driftcheck.writers.sql.refused import without_refused

from ..conformance.catalog import Catalog, assert_same_catalog
from ..conformance.postgres import Server

_SOME = settings(
    max_examples=20,
    deadline=None,
    derandomize=settings().max_examples <= 2_000,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
#: Pieces that somebody reads otherwise: a lexer, a terminal, a line, psql.
_PIECES = (
    "a", "B", " ", "  ", "\n", "\r", "\r\n", "\t", "'", "''", '"', "\\", "\\n", "\\!", ":x", ":'x'", ";", "--", "/*",
    "*/", "$$", "$body$", "$", "(", ")", "{}", "%s", "E'", "ü", "表", "\u2028", "\u00a0", "\x01", "NULL", "x" * 20,
)  # fmt: skip
_TEXT = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join)
_TEXT_TYPE = ColumnType("text")
_NAME = _TEXT.filter(lambda text: len(text.encode()) < 50)
_NAMES = ("table", "column", "function", "index", "domain")


@st.composite
def _values(draw: st.DrawFn) -> dict[str, str]:
    """A text for each of the places in which `_schema` puts one; names are short enough to be kept whole."""
    texts = ("default", "comment", "column_comment", "check", "generated", "view", "argument", "when", "body", "policy")
    return {
        **{key: draw(_TEXT) for key in texts},
        **{key: draw(_NAME) + key for key in _NAMES},
        "label": draw(_NAME) + "second",
    }


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _schema(value: dict[str, str]) -> Schema:
    column = value["column"]
    called = '"' + column.replace('"', '""') + '"'
    table = Table(
        schema="public",
        name=value["table"],
        columns=(
            Column(name=column, type=_TEXT_TYPE, default=Expression(_quoted(value["default"])),
                   comment=value["column_comment"]),
            Column(name="made", type=_TEXT_TYPE,
                   generated=Generated(Expression(f"{called} || {_quoted(value['generated'])}"))),
        ),
        checks=(Check(name="differs", expression=Expression(f"{called} <> {_quoted(value['check'])}")),),
        indexes=(Index(name=value["index"], keys=(IndexKey(column=column),)),),
        comment=value["comment"],
    )  # fmt: skip
    function = Function(
        schema="public", name=value["function"], returns="trigger", language="plpgsql",
        body=value["body"],
    )  # fmt: skip
    on = {"schema": "public", "table": table.name}
    return Schema(
        enums=(Enum(schema="public", name="mood", values=("first", value["label"])),),
        domains=(Domain(schema="public", name=value["domain"], type=_TEXT_TYPE,
                        default=Expression(_quoted(value["default"]))),),
        tables=(table,),
        views=(View(schema="public", name="shown", definition=Expression(f"SELECT {_quoted(value['view'])} AS v")),),
        policies=(Policy(**on, name="own", using=Expression(f"{called} = {_quoted(value['policy'])}")),),
        functions=(function,),
        triggers=(
            Trigger(**on, name="touched", timing="before", events=("update",), for_each="row", function_schema="public",
                    function=function.name, arguments=(value["argument"],),
                    when=Expression(f"NEW.{called} <> {_quoted(value['when'])}")),
        ),
    )  # fmt: skip


#: The same, quoted by libpq instead of us.
_REFERENCE = """
SET check_function_bodies = false;
CREATE TYPE mood AS ENUM ('first', {label});
CREATE DOMAIN {domain} AS text DEFAULT {default};
CREATE TABLE {table} ({column} text DEFAULT {default}, made text GENERATED ALWAYS AS ({column} || {generated}) STORED,
    CONSTRAINT differs CHECK ({column} <> {check}));
CREATE INDEX {index} ON {table} ({column});
COMMENT ON TABLE {table} IS {comment};
COMMENT ON COLUMN {table}.{column} IS {column_comment};
CREATE VIEW shown AS SELECT {view} AS v;
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS {body};
CREATE TRIGGER touched BEFORE UPDATE ON {table} FOR EACH ROW WHEN (NEW.{column} <> {when})
    EXECUTE FUNCTION {function}({argument});
CREATE POLICY own ON {table} USING ({column} = {policy});
"""


def _reference(server: Server, value: dict[str, str]) -> Catalog:
    with server.database() as database:
        with psycopg.connect(database.dsn, autocommit=True) as connection:
            parts = {key: (Identifier if key in _NAMES else Literal)(text) for key, text in value.items()}
            connection.execute(SQL(_REFERENCE).format(**parts))
        return _without_places(database.catalog())


def _without_places(catalog: Catalog) -> Catalog:
    """A generated column that is made anew has another place."""
    return {
        kind: {key: {f: value for f, value in facts.items() if f != "position"} for key, facts in held.items()}
        for kind, held in catalog.items()
    }


@_SOME
@given(value=_values())
def test_what_is_built_holds_each_value(pg: Server, value: dict[str, str]) -> None:
    with pg.database() as database:
        database.replay(sql.write(_schema(value)))
        assert_same_catalog(_reference(pg, value), _without_places(database.catalog()))


@_SOME
@given(value=_values(), former=_values())
def test_what_is_fixed_holds_each_value(pg: Server, value: dict[str, str], former: dict[str, str]) -> None:
    """Every text but names was another one, which the script changes. Blanks around a body, and how its lines end,
    count for nothing: two bodies that differ in these alone are no drift.
    """
    value["body"] = value["body"].replace("\r\n", "\n").strip()
    former = {key: value[key] if key in _NAMES else text for key, text in former.items()}
    truth, other = (_source(name, _schema(one)) for name, one in (("truth", value), ("sql", former)))
    findings = fixed(compare(truth, other, dict.fromkeys(WORDS, "always")))
    script = fix_script(findings, truth="truth", source="sql", destructive=True)
    with pg.database() as database:
        database.replay(sql.write(_schema(former)))
        database.replay(script)
        assert_same_catalog(_reference(pg, value), _without_places(database.catalog()))


def _source(name: str, schema: Schema) -> Source:
    reading = without_refused(Reading(schema, Capabilities("sql")))
    assert reading.gaps == ()
    return Source(name, "sql", dataclasses.replace(reading, schema=normalize(reading.schema)))
