"""What drizzle-kit's filters mean: the same names as its own matcher finds."""

from __future__ import annotations

import re

import pytest

from driftcheck.readers.drizzle.filters import management

#: (patterns, names that are managed, names that are left to others)
FILTERS = [
    (["app_*"], ["app_a", "app_"], ["app", "my_app_a"]),
    (["users", "posts"], ["users", "posts"], ["users2"]),
    (["!legacy_*"], ["users"], ["legacy_users"]),
    # Whatever a `!` does not leave out counts as matched.
    (["app_*", "!app_x"], ["app_a", "other"], ["app_x"]),
    (["!a", "!b"], ["c"], ["a", "b"]),
    (["{a,b}_*"], ["a_1", "b_2"], ["c_1"]),
    (["a?c", "[x-z]1", "[!m]2"], ["abc", "y1", "n2"], ["ac", "w1", "m2"]),
    (["@(a|b*)"], ["a", "bcd"], ["c"]),
    (["x!(a|b)"], ["xc"], ["xa", "xb", "c"]),
    (["!!a", "!(a|b)"], ["a", "b"], ["(a|b)"]),
    (["+(ab)x", "a.b"], ["ababx", "a.b"], ["acb", "x"]),
    (["[z-a]"], [], ["[z-a]", "b"]),
    (["?(a)b", "*(x|y)1", "+(x|y)2"], ["b", "ab", "1", "xyx1", "y2"], ["aab", "z1", "2"]),
    (["[[:digit:]]_*"], ["1_a"], ["a_1"]),
    (["*"], ["anything"], []),
    ([], [], []),
]


@pytest.mark.parametrize(("patterns", "managed", "left"), FILTERS, ids=[str(case[0]) for case in FILTERS])
def test_a_filter(patterns: list[str], managed: list[str], left: list[str]) -> None:
    expression = management(patterns, [], "drizzle.config.ts").schemas
    for name in managed:
        assert re.fullmatch(expression, name), name
    for name in left:
        assert not re.fullmatch(expression, name), name
    assert bool(expression) is bool(patterns)
