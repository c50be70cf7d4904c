"""The scanner and tomllib must see the same document: a place for every value, and none for anything else."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftcheck.config.positions import Path, positions


def paths(value: Any, path: Path = ()) -> set[Path]:
    found = {path} if path else set()
    if isinstance(value, dict):
        for key, item in value.items():
            found |= paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found |= paths(item, (*path, index))
    return found


CASES = {
    "bare, quoted and dotted keys": 'a = 1\n"b c".\'d\'.e = 2\n"\\u0041" = 3\n',
    "comments and strings with brackets": '# [x]\na = \'[y]\' # b = 1\nc = "# no\\" [z]"\n',
    "multi-line strings": 'a = """\n[b]\nc = 1 \\""" "\n"""\nd = \'\'\'\ne = 2\'\'\'\'\nf = """x"""""\ng = 1\n',
    "arrays over lines": "a = [\n  1, # [\n  [2,\n 3],\n  { b = 4 },\n]\nc = 5\n",
    "inline tables": "a = { b = { c = 1, d = [2] }, e.f = '}' }\nempty = {}\nnone = []\n",
    "tables": "[a]\nb = 1\n[a.c]\nd = 2\n[ e . f ]\ng = 3\n",
    "arrays of tables": "[[a]]\nb = 1\n[[a.c]]\nd = 1\n[[a.c]]\nd = 2\n[a.e]\nf = 3\n[[a]]\n[[a.c]]\nd = 4\n",
    "dates, numbers, booleans": "a = 2027-03-01\nb = 2027-03-01 07:32:00Z\nc = [1e5, -inf]\nd = true#x\ne = 07:32:00",
    "CRLF": "a = 1\r\n[b]\r\nc = '''\r\n'''\r\nd = 2\r\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_every_value_has_a_place(text: str) -> None:
    assert set(positions(text)) == paths(tomllib.loads(text))


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_the_line_holds_the_key(text: str) -> None:
    lines = text.split("\n")
    for path, line in positions(text).items():
        if isinstance(key := path[-1], str) and key != "A":
            assert key in lines[line - 1]


def test_lines_of_entries() -> None:
    found = positions(CASES["arrays of tables"])
    assert [found["a", 0], found["a", 0, "c", 1], found["a", 0, "e", "f"], found["a", 1, "c", 0, "d"]] == [1, 5, 8, 11]
    assert positions(CASES["arrays over lines"])["a", 2, "b"] == 5


keys = st.text("ab.\"' #[]=é", max_size=4)
scalars = st.booleans() | st.integers(-9, 9) | st.text("ab\"'\\#[]{}=,\n ", max_size=6) | st.dates()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=6
)


def written(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {written(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + "".join(f"  {written(item)}, # ]\n" for item in value) + "]"
    return json.dumps(value) if isinstance(value, str | bool | int) else value.isoformat()


@settings(deadline=None)
@given(st.dictionaries(keys, values, max_size=4), st.lists(st.dictionaries(keys, values, max_size=3), max_size=3))
def test_any_document(top: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    text = "".join(f"{json.dumps(key)} = {written(value)}\n" for key, value in top.items())
    for entry in entries:
        text += "[[entry]]\n" + "".join(f"{json.dumps(key)} = {written(value)}\n" for key, value in entry.items())
    assert set(positions(text)) == paths(tomllib.loads(text))
