"""Regular expressions by all ways at once: what Python's engine says, in a time that the expression cannot choose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftcheck.budget import Budget, Limits, OverLimit
from driftcheck.patterns import Pattern, _Ways


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    turns = st.sampled_from(["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}"])
    looks = st.sampled_from(["(?!", "(?=", "(?:", "("])
    return st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, turns),
        st.builds("{}{})".format, looks, inner),
    )


ATOMS = ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"[\Wb]", "(?<=a)", "(?<!b)", "^", r"\Z", r"\.", "[a-c]"]
EXPRESSIONS = st.recursive(st.sampled_from(ATOMS), _grown, max_leaves=8)


@given(EXPRESSIONS, st.text("ab1.\n", max_size=8))
def test_all_ways_find_what_one_after_the_other_finds(expression: str, text: str) -> None:
    pattern = Pattern(expression)
    wanted = re.fullmatch(expression, text, re.DOTALL) is not None
    assert pattern.matches(text, Budget()) is wanted
    assert (len(text) in _Ways(text, Budget()).through(pattern._tree, {0})) is wanted


#: What an engine that goes back would not come to an end of.
ENDLESS = [
    "(?:a|aa)+b",
    "(?:a*)*b",
    "(?:a|b|ab)*c",
    "a*?" * 100 + "b",
    "(?:a?)" * 60 + "a{60}b",
    "(?:(?:a+)+)+b",
    "(?!(?:a+)+b)(?:a+)+b",
]


@pytest.mark.parametrize("expression", ENDLESS)
def test_what_goes_back_for_ever_takes_few_steps(expression: str) -> None:
    budget = Budget(Limits(steps=500_000))
    assert Pattern(expression).matches("ab" * 100 + "a" * 50, budget) is False


def test_what_takes_too_many_draws_from_the_budget() -> None:
    with pytest.raises(OverLimit):
        Pattern("(?:a|b|ab)*c").matches("ab" * 50_000, Budget(Limits(steps=20_000)))


@pytest.mark.parametrize(
    "expression", ["(", "a{1,99999999999999999999}", r"(a)\1", "(?i:a)", "(?i)a", r"\bx", "(" * 5000]
)
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="regular expression"):
        Pattern(expression)
