"""One schema in three languages has no drift, whichever of them is the truth."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.differ.engine import compare

from .languages import NAMES, Languages
from .spec import Schema
from .strategies import schemas

# Derandomized: a run of CI judges the change, not its luck; the thorough profile looks further each time.
_MANY = settings(
    derandomize=settings().max_examples <= 2_000,
    max_examples=max(400, settings().max_examples),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@_MANY
@given(schema=schemas(), style=st.integers(0, 2**32))
def test_a_schema_agrees_with_itself_in_every_language(languages: Languages, schema: Schema, style: int) -> None:
    sides = {name: languages.side(name, schema, style) for name in NAMES}
    for truth, other in itertools.permutations(NAMES, 2):
        found = compare(sides[truth].source, sides[other].source).findings
        told = [one.message for one in found if one.rule.code != "DR212"]
        assert told == [], (str(sides[truth].text), str(sides[other].text))
