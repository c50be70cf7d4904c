"""What must hold for every schema, however random."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.differ.rules import FIELDS, RULES
from driftcheck.differ.scope import WORDS

from .building import codes, findings
from .mutations import MUTATIONS, Mutation
from .strategies import schemas, shuffled

#: Rules that no change of a schema brings about: they are about the config, or about reading. DR215 is SQLite's.
NOT_OF_SCHEMAS = set("DR103 DR212 DR215 DR325 DR704 DR901 DR902 DR903 DR904 DR905 DR906 DR907".split())

EVERYTHING_COMPARED = {word.replace("-", "_"): "always" for word in WORDS}

quick = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@given(schemas())
@settings(deadline=None)
def test_a_schema_agrees_with_itself(schema) -> None:
    assert findings(schema, schema) == []


@given(schemas().flatmap(lambda schema: st.tuples(st.just(schema), shuffled(schema))))
@settings(deadline=None)
def test_order_means_nothing(both) -> None:
    assert findings(*both) == []


@pytest.mark.parametrize(("what", "code", "back", "mutate"), MUTATIONS, ids=[row[0] for row in MUTATIONS])
@given(data=st.data())
@quick
def test_one_change_is_one_finding(data, what: str, code: str, back: str, mutate: Mutation) -> None:
    schema = data.draw(schemas())
    changed = mutate(data.draw(shuffled(schema)))
    if changed is None:
        return
    assert codes(schema, changed, **EVERYTHING_COMPARED) == [code]
    assert codes(changed, schema, **EVERYTHING_COMPARED) == [back]


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_two_changes_are_two_findings(data) -> None:
    """Of two different objects: what hides inside a dropped table, or under a dropped column, is told with it."""
    schema = data.draw(schemas())
    rows = [row for row in MUTATIONS if row[0] not in ("table", "column", "column name", "key columns")]
    first, second = (data.draw(st.sampled_from(rows)) for _ in range(2))
    if first[1][:3] == second[1][:3]:
        return
    once = first[3](schema)
    twice = second[3](once) if once is not None else None
    if twice is None:
        return
    found = codes(schema, twice, **EVERYTHING_COMPARED)
    assert found == sorted([first[1], second[1]]), (first[0], second[0])


def test_every_rule_about_schemas_has_a_mutation() -> None:
    told = {code for _, forth, back, _ in MUTATIONS for code in (forth, back)}
    assert told == {rule.code for rule in RULES} - NOT_OF_SCHEMAS


def test_every_field_rule_is_told() -> None:
    told = {code for _, forth, back, _ in MUTATIONS for code in (forth, back)}
    assert {fact.code for fact in FIELDS.values()} - {None} <= told
