"""Globs: what each means, and that none can be a bomb."""

from __future__ import annotations

import contextlib

import pytest

from driftcheck.budget import Budget
from driftcheck.globs import GlobError, expanded, expression, follow, matches, settled

#: (glob, names that it means, names that it does not): as minimatch has it, with `dot`.
GLOBS: list[tuple[str, list[str], list[str]]] = [
    ("app_*", ["app_", "app_a"], ["app", "my_app_a"]),
    ("a?c", ["abc", "a.c"], ["ac", "abbc"]),
    ("[a-c]x", ["ax", "cx"], ["dx", "x"]),
    ("[!a]x", ["bx"], ["ax"]),
    ("[^a]x", ["bx"], ["ax"]),
    ("[[:digit:]]x", ["1x"], ["ax"]),
    ("{a,b{1..3}}", ["a", "b1", "b3"], ["b", "b4", "b{1..3}"]),
    ("@(a|b)c", ["ac", "bc"], ["c", "abc"]),
    ("?(a|b)c", ["ac", "bc", "c"], ["abc"]),
    ("*(a|b)c", ["ac", "abbac", "c"], ["adc"]),
    ("+(a|b)c", ["ac", "abbac"], ["c", "adc"]),
    ("!(a|b)c", ["c", "xc", "abc"], ["ac", "bc"]),
    ("+(a|+(b|c))", ["abcb"], ["", "d"]),
    ("!(*.test|*.spec).ts", ["a.ts", "test.ts"], ["a.test.ts", "a.spec.ts"]),
    (r"a\*", ["a*"], ["ab"]),
    ("[a", ["[a"], ["a"]),
    ("a|b", ["a|b"], ["a", "b"]),
]


@pytest.mark.parametrize(("glob", "meant", "others"), GLOBS, ids=[glob for glob, _, _ in GLOBS])
def test_a_glob(glob: str, meant: list[str], others: list[str]) -> None:
    assert [name for name in [*meant, *others] if matches(glob, name, Budget())] == meant


@pytest.mark.parametrize("glob", ["{a,b}" * 30, "{1..999999999}", "{{1..40},{1..40},{1..40}}" * 3, "x" * 9_000])
def test_a_bomb_is_refused(glob: str) -> None:
    for act in (expanded, expression):
        with pytest.raises(GlobError, match="the glob"):
            act(glob)


@pytest.mark.parametrize("glob", ["@(" * 3000, "!(a|" * 700 + ")" * 700, "{" * 4000, "[" * 4000])
def test_what_nests_deeply_has_a_meaning_or_is_refused(glob: str) -> None:
    with contextlib.suppress(GlobError):
        assert not matches(glob, "abc", Budget())


@pytest.mark.parametrize(
    "glob", ["+(a|aa)b", "*(a)" * 30 + "b", "?(a)" * 60 + "b", "!(a)" * 20 + "b", "+(*a)b", "*a" * 80]
)
def test_a_glob_takes_few_steps(glob: str) -> None:
    budget = Budget()
    assert not matches(glob, "a" * 200 + "c", budget)
    assert budget.steps < 500_000


def test_two_stars_are_any_number_of_folders() -> None:
    parts = ["**", "b", "*.ts"]
    start = settled({0}, parts)
    assert start == {0, 1}
    assert follow(start, parts, "a", Budget()) == {0, 1}
    assert follow(start, parts, "b", Budget()) == {0, 1, 2}
    assert follow(start, parts, "b", Budget(), link=True) == {1, 2}
    assert follow(start, parts, ".b", Budget()) == set()
    assert follow({2}, parts, ".x.ts", Budget()) == set()
