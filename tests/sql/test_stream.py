"""Whether a text is exactly one thing, and what is taken from a stream."""

from __future__ import annotations

import pytest

from driftcheck.sql import SqlError, Stream, squeezed


@pytest.mark.parametrize("text", ["a", '"A b"', ' U&"\\0061" -- a name\n', "/* a */ b"])
def test_one_name(text: str) -> None:
    stream = Stream.of(text)
    assert stream.identifier()
    stream.finish()


@pytest.mark.parametrize("text", ["", "'a'", "1", '""', "a b", "a.b", "a;", "$1"])
def test_not_one_name(text: str) -> None:
    def whole() -> None:
        stream = Stream.of(text)
        stream.identifier()
        stream.finish()

    with pytest.raises(SqlError):
        whole()


def test_words_are_never_quoted_names_or_strings() -> None:
    stream = Stream.of("\"select\" 'select' SeLeCt")
    assert not stream.accept("select")
    assert stream.identifier() == "select"
    assert not stream.accept("select")
    assert stream.string() == "select"
    assert stream.accept("select")
    assert stream.done


def test_values_of_many_forms() -> None:
    stream = Stream.of("'it''s' E'\\n' $x$ $$ $x$ U&'!0041' uescape '!' 'a'\n'b' -12 +1_000 a.\"B\".c (x, \"Y\")")
    assert [stream.string() for _ in range(5)] == ["it's", "\n", " $$ ", "A", "ab"]
    assert [stream.integer(), stream.integer()] == [-12, 1000]
    assert stream.path() == ["a", "B", "c"]
    assert stream.names() == ("x", "Y")
    stream.finish()


def test_groups_and_parts_are_cut_without_comments() -> None:
    stream = Stream.of("(a, f(b, c) /* , */, d[1, 2], ')') rest")
    start, end = stream.skip_group()
    assert [part.until() for part in stream.parts(start, end)] == ["a", "f(b, c)", "d[1, 2]", "')'"]
    assert stream.until() == "rest"
    assert [part.until() for part in Stream.of("a -- x\n + b, c").parts()] == ["a + b", "c"]
    assert list(Stream.of("").parts()) == []


def test_until_stops_outside_of_parentheses_and_case() -> None:
    stream = Stream.of("case when a then (b where) end where c")
    assert stream.until("where") == "case when a then (b where) end"
    assert stream.accept("where")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("(a", "a parenthesis is never closed"),
        ("a", r"\( was expected before 'a'"),
        ("", r"\( was expected before the end"),
    ],
)
def test_what_was_expected_is_said(text: str, why: str) -> None:
    with pytest.raises(SqlError, match=f"^{why}$"):
        Stream.of(text).skip_group()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n  integer -- one\n , b   text", "a integer , b text"),
        ("a text DEFAULT 'x\n  y'", "a text DEFAULT 'x\n  y'"),
        ("a /* b */ text=$$a  b$$", "a text=$$a  b$$"),
        ("", ""),
        ("'a  b", "'a  b"),
    ],
)
def test_blanks_are_squeezed_outside_of_quotes_alone(text: str, expected: str) -> None:
    assert squeezed(text) == expected
