"""Values that were replaced as a whole, with nothing in common: long ones, in every field that has room for one."""

from __future__ import annotations

import dataclasses
import types
import typing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck import model
from driftcheck.check import Request, check
from driftcheck.differ.details import inside
from driftcheck.differ.engine import compare
from driftcheck.differ.rules import FIELDS
from driftcheck.differ.scope import WORDS
from driftcheck.findings import Counts, Report, SourceSummary
from driftcheck.model import ColumnType, Expression, Location, Schema
from driftcheck.render import FORMATS, renderer

from ..conformance.postgres import Server
from .building import source
from .mutations import EVERYTHING
from .strategies import schemas

#: Fields that tell which object it is, and those that carry no facts.
_KEPT = frozenset({"schema", "name", "table", "signature", "location", "places", "unknown"})
_WORDS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
_NAMES = st.one_of(
    _WORDS, _WORDS.map(lambda word: word * 6), st.sampled_from(["__private", "it's", "a b", "[0]", "x" * 70])
)


def _value(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field of the model, by its type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if one is types.NoneType else _value(one) for one in arguments))
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple and arguments[-1] is ...:
        return st.lists(_value(arguments[0]), max_size=6).map(tuple)
    if origin is tuple:
        return st.tuples(*map(_value, arguments))
    simple = {str: _NAMES, bool: st.booleans(), int: st.integers(1, 10**9)}
    if hint in simple:
        return simple[hint]
    if hint is Expression:
        return st.lists(_WORDS, min_size=1, max_size=20).map(lambda words: Expression(" + ".join(words)))
    if hint is ColumnType:
        return _WORDS.map(ColumnType)
    assert dataclasses.is_dataclass(hint), hint
    return st.builds(hint, **{name: _value(one) for name, one in _facts(hint).items()})


def _facts(cls: Any) -> dict[str, Any]:
    """Field → type of what takes part in a comparison, and of what the model cannot be made without."""
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls) if field.compare or not _optional(field)}


def _optional(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


@st.composite
def replaced(draw: st.DrawFn, thing: Any) -> Any:
    """`thing` with every fact drawn anew; objects inside it are kept and replaced in turn."""
    if not isinstance(thing, model.Located):
        return thing
    changed = {}
    for name, hint in _facts(type(thing)).items():
        value = getattr(thing, name)
        held = isinstance(value, tuple) and value and isinstance(value[0], model.Located)
        if held:
            changed[name] = tuple(draw(replaced(one)) for one in value)
        elif name not in _KEPT:
            changed[name] = draw(_value(hint))
    return dataclasses.replace(thing, **changed)


_everything = dict.fromkeys(WORDS, "always")


@pytest.mark.slow
@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_everything_at_once_is_told_in_every_format(data: st.DataObject) -> None:
    truth = data.draw(st.one_of(schemas(), st.just(EVERYTHING)))
    other = data.draw(replaced(truth))
    for mine, theirs in ((truth, other), (other, truth)):
        found = compare(source("truth", mine), source("other", theirs), _everything)
        report = Report(
            truth="truth",
            sources=tuple(SourceSummary(name, "sql", (), Counts()) for name in ("truth", "other")),
            compared=found.compared,
            findings=found.findings,
            schema=mine,
        )
        for name in FORMATS:
            assert renderer(name)(report)


def _long(prefix: str) -> tuple[Any, ...]:
    return tuple(f"{prefix}_{number}_of_several" for number in range(5))


_CLASSES = {
    kind: getattr(model, {"composite": "CompositeType", "range": "RangeType", "schema": "Namespace"}.get(
        kind, kind.title().replace("-", "")))
    for kind in model.KINDS
}  # fmt: skip

#: (kind, field) → its type, for the fields of the model that hold several things.
SEVERAL = {
    (kind, name): hint
    for kind, cls in _CLASSES.items()
    for name, hint in _facts(cls).items()
    if (kind, name) in FIELDS and typing.get_origin(hint) is tuple
}


def test_there_are_several() -> None:
    assert {("enum", "values"), ("composite", "attributes"), ("policy", "roles"), ("function", "settings")} <= set(
        SEVERAL
    )
    assert {
        ("unique", "columns"),
        ("index", "options"),
        ("domain", "checks"),
        ("trigger", "arguments"),
    } <= SEVERAL.keys()


@given(st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_inside_is_told_part_by_part(data: st.DataObject) -> None:
    """With much, little or nothing in common."""
    hint = data.draw(st.sampled_from(list(SEVERAL.values())))
    mine, theirs = data.draw(_value(hint)), data.draw(_value(hint))
    common = data.draw(_value(hint))
    for expected, actual in ((mine, theirs), (mine + common, theirs + common), (mine, ()), ((), theirs)):
        told = inside(expected, actual, 60)
        assert isinstance(told, str)
        assert inside(expected, expected, 60) == ""


def test_labels_of_nothing_in_common() -> None:
    told = inside(_long("a"), _long("b"), 100)
    assert told == f"without {', '.join(_long('a'))}; with {', '.join(_long('b'))}"
    assert inside(("__a", "b"), ("__c", "b"), 100) == "without __a; with __c"


_NAMES_OF = ("first_name_of_it", "second_name_of_it", "third_name_of_it", "fourth_name_of_it", "fifth_name_of_it")
_OTHERS_OF = ("alpha_of_others", "beta_of_others", "gamma_of_others", "delta_of_others", "epsilon_of_others")
_TABLE = "CREATE TABLE t (" + ", ".join(f"{name} integer" for name in (*_NAMES_OF, *_OTHERS_OF)) + ");\n"


def _listed(form: str) -> tuple[str, str]:
    return tuple(form.format(", ".join(names)) for names in (_NAMES_OF, _OTHERS_OF))  # type: ignore[return-value]


def _quoted(form: str) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        form.format(", ".join(f"'{name}'" for name in names)) for names in (_NAMES_OF, _OTHERS_OF)
    )


_ROLES = "".join(
    f"DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n"
    for name in (*_NAMES_OF, *_OTHERS_OF)
)
_HOOK = "CREATE FUNCTION hook() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"

#: what was replaced → (rule that tells it, what both sides have, the truth's statement, the other's).
REPLACED: dict[str, tuple[str, str, str, str]] = {
    "enum": ("DR603", "", *_quoted("CREATE TYPE e AS ENUM ({});")),
    "composite": (
        "DR633", "",
        "CREATE TYPE c AS (" + ", ".join(f"{name} text" for name in _NAMES_OF) + ");",
        "CREATE TYPE c AS (" + ", ".join(f"{name} integer" for name in _OTHERS_OF) + ");",
    ),
    "storage of a table": (
        "DR104", "",
        "CREATE TABLE u (x integer) WITH (fillfactor = 70, autovacuum_enabled = false, toast_tuple_target = 256);",
        "CREATE TABLE u (x integer) WITH (autovacuum_vacuum_threshold = 10, autovacuum_analyze_threshold = 20, "
        "autovacuum_vacuum_cost_limit = 100);",
    ),
    "storage of an index": (
        "DR510", "",
        "CREATE INDEX i ON t USING gin ((array[first_name_of_it])) WITH (fastupdate = off);",
        "CREATE INDEX i ON t USING gin ((array[first_name_of_it])) WITH (gin_pending_list_limit = 2097151);",
    ),
    "columns of a unique constraint": (
        "DR327", "", *_listed("ALTER TABLE t ADD CONSTRAINT k UNIQUE ({});"),
    ),
    "columns of an index": ("DR503", "", *_listed("CREATE INDEX i ON t ({});")),
    "included columns": (
        "DR507", "", *_listed("CREATE INDEX i ON t (first_name_of_it) INCLUDE ({});"),
    ),
    "columns of a primary key": ("DR301", "", *_listed("ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY ({});")),
    "elements of an exclusion": (
        "DR333", "",
        *(
            "ALTER TABLE t ADD CONSTRAINT k EXCLUDE USING btree (" + ", ".join(f"{n} WITH =" for n in names) + ");"
            for names in (_NAMES_OF, _OTHERS_OF)
        ),
    ),
    "roles of a policy": ("DR714", _ROLES, *_listed("CREATE POLICY p ON t TO {} USING (true);")),
    "checks of a domain": (
        "DR613", "",
        "CREATE DOMAIN d AS text CONSTRAINT first_of_all_the_checks CHECK (length(value) > 1) "
        "CONSTRAINT second_of_all_the_checks CHECK (value <> 'something');",
        "CREATE DOMAIN d AS text CONSTRAINT one_of_quite_other_checks CHECK (value ~ 'another') "
        "CONSTRAINT more_of_quite_other_checks CHECK (value IS NOT NULL);",
    ),
    "arguments of a trigger": (
        "DR823", _HOOK,
        *_quoted("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION hook({});"),
    ),
    "columns of a trigger": (
        "DR823", _HOOK,
        *_listed("CREATE TRIGGER g BEFORE UPDATE OF {} ON t FOR EACH ROW EXECUTE FUNCTION hook();"),
    ),
    "settings of a function": (
        "DR813", "",
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET search_path = public, pg_temp SET work_mem = '64MB' "
        "SET statement_timeout = '5s' AS 'SELECT 1';",
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET lock_timeout = '12s' SET jit = off "
        "SET enable_seqscan = off SET temp_buffers = '32MB' AS 'SELECT 1';",
    ),
    "options of a view": (
        "DR803", "",
        "CREATE VIEW v WITH (security_barrier = true) AS SELECT first_name_of_it FROM t;",
        "CREATE VIEW v WITH (check_option = local) AS SELECT first_name_of_it FROM t;",
    ),
    "columns of a view": ("DR803", "", *_listed("CREATE VIEW v ({}) AS SELECT 1, 2, 3, 4, 5;")),
}  # fmt: skip

_ALWAYS = "[compare]\n" + "".join(f'{word} = "always"\n' for word in WORDS)


@pytest.mark.slow
@pytest.mark.parametrize("what", REPLACED)
@pytest.mark.parametrize("forth", [True, False])
def test_what_has_nothing_in_common_is_one_finding(what: str, forth: bool, pg: Server, tmp_path: Path) -> None:
    code, ground, one, two = REPLACED[what]
    texts = [_TABLE + ground + statement for statement in ((one, two) if forth else (two, one))]
    catalogs = [pg.catalog_of(text) for text in texts]
    assert catalogs[0] != catalogs[1]
    (tmp_path / "driftcheck.toml").write_text(_ALWAYS)
    for name, text in zip(("truth.sql", "other.sql"), texts, strict=True):
        (tmp_path / name).write_text(text)
    report = check(Request(root=tmp_path, sources=("truth=sql:truth.sql", "other=sql:other.sql")))
    assert [finding.rule.code for finding in report.findings] == [code]


def test_an_enum_by_names_against_one_by_values(tmp_path: Path) -> None:
    """SQLAlchemy's default against Drizzle's only way."""
    names = ("OPEN_INVOICE", "PARTLY_PAID", "FULLY_PAID", "INVOICE_SENT", "RECALLED")
    values = ("not yet paid", "paid in part", "paid in full", "sent to the guest", "called back")
    (tmp_path / "schema.ts").write_text(
        "import { integer, pgEnum, pgTable } from 'drizzle-orm/pg-core';\n"
        f"export const state = pgEnum('state', {list(values)});\n"
        "export const stays = pgTable('stays', { id: integer('id'), state: state('state') });\n"
    )
    (tmp_path / "models.py").write_text(
        "import enum\nfrom sqlalchemy import Column, Enum, Integer, MetaData, Table\nmetadata = MetaData()\n"
        "class State(enum.Enum):\n"
        + "".join(f"    {name} = {value!r}\n" for name, value in zip(names, values, strict=True))
        + "Table('stays', metadata, Column('id', Integer), Column('state', Enum(State, name='state')))\n"
    )
    report = check(Request(root=tmp_path, sources=("drizzle:schema.ts", "sqlalchemy:models:metadata")))
    assert [finding.rule.code for finding in report.findings] == ["DR603"]
    assert "without called back, not yet paid" in report.findings[0].message


def test_places_do_not_matter() -> None:
    schema = Schema(location=Location("a", 1))
    assert compare(source("truth", schema), source("other", Schema()), _everything).findings == ()
