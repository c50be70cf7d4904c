"""JSON and TOML from anybody: a value, or one error that says what is wrong."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftcheck.project.documents import DEEPEST, Malformed, parse_json, parse_toml

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_json_is_what_it_was(value: Any) -> None:
    assert parse_json(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("parse", "text", "words"),
    [
        (parse_json, '{"a": Infinity}', "Infinity, which is not a number"),
        (parse_json, "[-Infinity]", "-Infinity, which is not a number"),
        (parse_json, "[NaN]", "NaN, which is not a number"),
        (parse_json, "[1e999]", "1e999, a number that is too large"),
        (parse_json, f"[{'9' * 1_000_000}]", "of 1,000,000 digits, a number that is too large"),
        (parse_json, "[" * 200_000, "nests deeper"),
        (parse_json, '{"a":' * 5_000 + "1" + "}" * 5_000, "nests deeper"),
        (parse_json, '"' + '\\"' * 100_000, "Unterminated"),
        (parse_json, '{"a": 1,}', "double quotes"),
        (parse_json, "", "Expecting value"),
        (parse_toml, "a = " + "[" * 100_000, "nests deeper"),
        (parse_toml, "a = " + "{a = " * 5_000, "nests deeper"),
        (parse_toml, ".".join("a" * 100_000) + " = 1", "nests deeper"),
        (parse_toml, "[" + ".".join(['"a"'] * 50_000) + "]", "nests deeper"),
        (parse_toml, "a = " + "9" * 1_000_000, "invalid number or date"),
        (parse_toml, "a = 2026-13-45", "line 1"),
        (parse_toml, 'a = """' + "\\" * 100_001, "Unescaped"),
    ],
)
def test_what_is_none_is_malformed(parse: Callable[[str], Any], text: str, words: str) -> None:
    with pytest.raises(Malformed, match=words) as caught:
        parse(text)
    assert len(str(caught.value)) < 300


def test_brackets_in_strings_and_comments_are_none() -> None:
    text = "[" * DEEPEST * 2
    assert parse_json(json.dumps({"a": text, 'b"': text})) == {"a": text, 'b"': text}
    toml = f'a = \'{text}\' # {text}\nb = """\n{text}"""\nc = \'\'\'{text}\'\'\'\nd = "\\"{text}"\n'
    assert set(parse_toml(toml).values()) == {text, f'"{text}'}
    assert parse_toml("a = '...'\n" * 1 + "".join(f"k{n} = 1.5\n" for n in range(300)))["k7"] == 1.5


@given(st.text("[]{}\"'=.,#\\\n a1", max_size=30))
def test_any_text_is_a_table_or_malformed(text: str) -> None:
    for parse in (parse_json, parse_toml):
        with contextlib.suppress(Malformed):
            parse(text)
