"""Row level security, demanded."""

from __future__ import annotations

from dataclasses import replace

from driftcheck.config import Config
from driftcheck.differ.rules import rule
from driftcheck.model import Location, Schema, Table
from driftcheck.triage import required_findings
from tests.triage.cases import source

PLACE = Location("driftcheck.toml", 9)
DEMAND = Config(required={"row-level-security": PLACE})
SCHEMA = Schema(
    tables=(
        Table(schema="public", name="open", location=Location("a.sql", 3)),
        Table(schema="public", name="safe", row_security=True),
        Table(schema="public", name="odd", unknown=frozenset({"row_security"})),
        Table(schema="Auth", name="Users"),
    )
)


def test_every_table_without_it_is_a_finding() -> None:
    one, other = required_findings([source(SCHEMA)], DEMAND)
    assert (one.rule.code, str(one.object), one.actual.location, one.expected.location) == (
        "DR704", "open", Location("a.sql", 3), PLACE,
    )  # fmt: skip
    assert one.fix is not None
    assert one.fix.text == "ALTER TABLE public.open ENABLE ROW LEVEL SECURITY;"
    assert other.fix is not None
    assert other.fix.text == 'ALTER TABLE "Auth"."Users" ENABLE ROW LEVEL SECURITY;'


def test_the_fix_speaks_the_language_of_the_source() -> None:
    fix = required_findings([source(SCHEMA, name="ts", kind="drizzle")], DEMAND)[0].fix
    assert fix is not None
    assert (fix.language, fix.text) == ("typescript", "pgTable('open', …).enableRLS()")


def test_what_a_language_cannot_say_is_not_demanded() -> None:
    cannot = frozenset({"table.row_security"})
    assert required_findings([source(SCHEMA, kind="sqlalchemy", cannot=cannot)], DEMAND) == ()


def test_a_table_is_told_once() -> None:
    one, other = required_findings([source(SCHEMA)], DEMAND)
    told = replace(one, rule=rule("DR701"))
    assert required_findings([source(SCHEMA)], DEMAND, [told]) == (other,)
    assert required_findings([source(SCHEMA, name="b")], DEMAND, [told])[0].object == one.object


def test_nothing_is_demanded_unasked() -> None:
    assert required_findings([source(SCHEMA)], Config()) == ()
