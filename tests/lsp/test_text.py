"""Lines and characters as editors count them, against what the protocol says of both."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftcheck.lsp.text import Moved, Text, character, units

TEXTS = st.text(alphabet="ab\t\r\n\x0c\u2028é🦊", max_size=40)


@pytest.mark.parametrize(
    ("encoding", "counted"), [("utf-8", [1, 2, 4, 3]), ("utf-16", [1, 1, 2, 1]), ("utf-32", [1, 1, 1, 1])]
)
def test_a_character_has_as_many_units_as_the_encoding_gives_it(encoding: str, counted: list[int]) -> None:
    line = "aé🦊\ud800"
    assert [units(one, encoding) for one in line] == counted
    for number in range(len(line) + 1):
        assert character(line, units(line[:number], encoding), encoding) == number
    assert character(line, 100, encoding) == len(line)


def test_a_unit_within_a_character_is_that_character() -> None:
    assert character("a🦊b", 2, "utf-16") == 1


@given(TEXTS)
def test_lines_end_as_the_protocol_says(text: str) -> None:
    assert Text(text).lines == re.split("\r\n|\n|\r", text)
    assert Text("\ufeff" + text).is_like(Text(text))
    assert Text(re.sub("\r\n?", "\n", text)).is_like(Text(text))


@given(TEXTS)
def test_a_place_of_a_reader_is_where_the_reader_meant_and_back(text: str) -> None:
    made = Text(text)
    for number, line in enumerate(text.split("\n"), 1):
        for column in range(1, len(line.removesuffix("\r")) + 1):
            where, at = made.place(number, column)
            if line[column - 1] != "\r":
                assert made.lines[where][at] == line[column - 1]
                assert made.reader((where, at)) == (number, column)
    assert made.place(1_000, 1) == (len(made.lines) - 1, len(made.lines[-1]))


@given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("abcd"), max_size=8))
def test_a_line_that_stays_is_found_again(before: list[str], after: list[str]) -> None:
    old, new = Text("\n".join(before)), Text("\n".join(after))
    moved = Moved(old, new)
    rebuilt: list[str] = []
    for tag, start, end, other, other_end in moved.stretches:
        rebuilt += old.lines[start:end] if tag == "equal" else new.lines[other:other_end]
        if tag == "equal":
            for number in range(start, end):
                line, _ = moved.to((number, 0))
                assert new.lines[line] == old.lines[number]
    assert rebuilt == new.lines
    for number in range(len(old.lines)):
        assert 0 <= moved.to((number, 9))[0] < len(new.lines)


def test_a_file_says_in_what_it_is_written() -> None:
    assert Text.of("models.py", "# coding: latin-1\né = 1\n".encode("latin-1")).lines[1] == "é = 1"
    assert Text.of("schema.sql", b"\xef\xbb\xbfa\r\n\xff").lines == ["a", "\ufffd"]
    assert Text.of("models.py", b"# coding: nonsense\nx\n").lines[1] == "x"
