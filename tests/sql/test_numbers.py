"""Numbers that Python would not convert, or would take for numbers where PostgreSQL does not."""

from __future__ import annotations

import pytest

from driftcheck.sql import tokenize, whole
from driftcheck.sql.errors import SqlError


@pytest.mark.parametrize("text", ["", "-", "1.0", "\u0663", "\u00b2", "1_0", " 1", "9" * 5_000, "--1"])
def test_what_is_no_whole_number(text: str) -> None:
    assert whole(text) is None


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("-07", -7), ("+5", 5), ("9" * 1_000, int("9" * 1_000))])
def test_whole_numbers(text: str, value: int) -> None:
    assert whole(text) == value


@pytest.mark.parametrize("text", ["9" * 5_000, "0x" + "f" * 5_000, "1." + "9" * 5_000])
def test_no_schema_has_such_a_number(text: str) -> None:
    with pytest.raises(SqlError, match="more than 1,000 digits"):
        tokenize(f"a > {text}")
