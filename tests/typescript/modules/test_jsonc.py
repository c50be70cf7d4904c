"""JSON as tsconfig.json has it."""

from __future__ import annotations

from typing import Any

import pytest

from driftcheck.typescript.modules import jsonc


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{ "a": 1, /* b */ "c": [1, 2, ], }', {"a": 1, "c": [1, 2]}),
        ('{ "a": "x // y, ]", // "b": 1,\n "c": "/* \\" */,}" }', {"a": "x // y, ]", "c": '/* " */,}'}),
        ("[1, // ]\n /* } */ ]", [1]),
        ("[1] /* open", [1]),
        # As `tsc --init` writes it: a comment in each comment, and a comma far before the end.
        ('{ "a": 1,\n' + '// "b": true, /* c // d */\n' * 100 + '"e": 2 }', {"a": 1, "e": 2}),
    ],
)
def test_comments_and_trailing_commas(text: str, value: Any) -> None:
    assert jsonc.parse(text) == value


@pytest.mark.parametrize("text", ["", "{", '{"a": 1', "[1,,]", '{"a" "b"}', "[" * 100_000, '"a\nb"', "/*" * 50_000])
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(ValueError):
        jsonc.parse(text)
