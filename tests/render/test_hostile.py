"""Names that would do harm, in every format at once: nothing invisible, nothing that cannot be written, no crash."""

from __future__ import annotations

import unicodedata

import pytest

from driftcheck.render import FORMATS, renderer

from .reports import column, finding, hostile, report


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_invisible_and_nothing_that_cannot_be_written(name: str) -> None:
    # What JavaScript allows in a string and UTF-8 has no bytes for: half of a pair.
    halved = report(finding("DR203", column("\ud800\u2028\u2066é"), "\udfff", "\U000e0001"))
    for rendered in (hostile(), halved):
        output = renderer(name)(rendered)
        output.encode()
        assert {char for char in output if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cf")} == set()


def test_letters_of_all_scripts_stay_readable() -> None:
    for name in ("text", "json", "markdown", "html"):
        assert "größe_名前" in renderer(name)(report(finding("DR203", column("größe_名前"), "text", "uuid")))
