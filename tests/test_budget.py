"""The budget of a check: what is drawn is counted before it is used, and the message says which limit to raise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from driftcheck.budget import MOST_TIMES, Budget, Limits, OverLimit
from driftcheck.location import Location

DRAWS: dict[str, Callable[[Budget, int], None]] = {
    "steps": lambda budget, count: budget.step(count),
    "bytes": lambda budget, count: budget.make(count),
    "files": lambda budget, count: [budget.open() for _ in range(count)] and None,
    "entries": lambda budget, count: budget.walk(count),
    "depth": lambda budget, count: budget.nest(count),
}


@pytest.mark.parametrize("name", DRAWS)
def test_as_much_as_the_limit_and_not_one_more(name: str) -> None:
    limits = Limits(**{name: 30})
    DRAWS[name](Budget(limits), 30)
    with pytest.raises(OverLimit) as caught:
        DRAWS[name](Budget(limits), 31)
    assert caught.value.name == name
    assert "more than 30 " in caught.value.message
    assert f"[tool.driftcheck.limits] {name} = 60" in str(caught.value.hint)
    assert f"limits.{name}" in caught.value.why


def test_small_draws_add_up() -> None:
    budget = Budget(Limits(steps=20_000))
    for _ in range(20_000):
        budget.step()
    with pytest.raises(OverLimit):
        budget.step()


def test_the_clock_is_looked_at_while_steps_are_taken() -> None:
    budget = Budget(Limits(seconds=0))
    with pytest.raises(OverLimit, match="0 seconds of processor time"):
        budget.step(10_000)


def test_the_nearest_place_is_told() -> None:
    error = OverLimit("files", Limits()).at(Location("a.sql", 3)).at(Location("b.sql", 7))
    assert (error.path, error.line) == ("a.sql", 3)


def test_no_hint_offers_more_than_a_config_may_say() -> None:
    for field in dataclasses.fields(Limits):
        most = getattr(Limits(), field.name) * MOST_TIMES
        assert str(OverLimit(field.name, Limits(**{field.name: most})).hint).endswith(f"= {most}")


def test_who_brings_more_may_take_more_in_proportion() -> None:
    budget = Budget(Limits(steps=10, bytes=5_000_000))
    budget.take_file(1_050_000)
    with pytest.raises(OverLimit, match="10 steps"):
        budget.step(11)
    budget = Budget(Limits(steps=10, bytes=5_000_000))
    budget.take_file(3_000_000)
    budget.step(30)
    budget.make(15_000_000)
    for draw in (lambda: budget.step(1), lambda: budget.make(1), lambda: budget.take_file(2_200_000)):
        with pytest.raises(OverLimit):
            draw()
