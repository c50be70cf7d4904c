"""The baseline file: stable, mergeable, and plain about what is wrong with it."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from driftcheck.errors import ConfigError
from driftcheck.findings import Side
from driftcheck.triage import Baseline, parse_baseline, read_baseline
from tests.triage.cases import finding

FINDINGS = (
    finding(),
    finding(name='naïve "quoted"\nname \u202e'),
    finding("DR101", kind="table", table=None, name="orders", actual=Side(None)),
    finding(source="models"),
)
SOURCES = ("sql", "models")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    baseline = Baseline().accepting(FINDINGS, SOURCES)
    (tmp_path / "b.json").write_text(baseline.to_text(), encoding="utf-8")
    read = read_baseline(tmp_path, "b.json")
    assert read == baseline
    assert baseline.fingerprints == {finding.fingerprint for finding in FINDINGS}


def test_one_line_for_each_at_its_place() -> None:
    text = Baseline().accepting(FINDINGS, SOURCES).to_text()
    lines = text.split("\n")
    assert len(lines) == len(FINDINGS) + 3
    for entry in parse_baseline(text, "b.json").entries:
        assert entry.place is not None
        assert entry.fingerprint in lines[entry.place.line - 1]
        assert json.loads(lines[entry.place.line - 1].rstrip(","))["object"] == entry.object


def test_the_order_of_findings_means_nothing() -> None:
    texts = {Baseline().accepting(order, SOURCES).to_text() for order in itertools.permutations(FINDINGS)}
    assert len(texts) == 1


def test_empty() -> None:
    assert parse_baseline(Baseline().to_text(), "b.json") == Baseline()


def test_no_file_is_no_baseline(tmp_path: Path) -> None:
    assert read_baseline(tmp_path, "b.json") is None


def test_pruning_only_shrinks() -> None:
    baseline = Baseline().accepting(FINDINGS[:2], SOURCES)
    assert baseline.pruned(FINDINGS[1:], SOURCES).fingerprints == {FINDINGS[1].fingerprint}


def test_sources_that_were_not_compared_keep_their_entries() -> None:
    baseline = Baseline().accepting(FINDINGS, SOURCES)
    assert baseline.pruned([], ["models"]).fingerprints == {finding.fingerprint for finding in FINDINGS[:3]}
    assert baseline.accepting([], ["sql"]).fingerprints == {FINDINGS[3].fingerprint}


def test_findings_about_the_check_are_never_accepted() -> None:
    own = [finding(code) for code in ("DR903", "DR904", "DR905")]
    assert Baseline().accepting([*own, finding("DR901")], SOURCES).fingerprints == {finding("DR901").fingerprint}


WHOLE = Baseline().accepting(FINDINGS[:1], SOURCES).to_text()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "this is not a baseline: Expecting value"),
        ("{\n]", 2, "this is not a baseline: Expecting property name"),
        ('{"version": 1, "findings": [\n<<<<<<< ours\n', 2, "it holds a merge conflict"),
        ("[" * 100_000, 1, "this is not a baseline"),
        ("[]", 1, "has no list 'findings'"),
        ('{"version": 1}', 1, "has no list 'findings'"),
        (WHOLE.replace('"version": 1', '"version": 2'), 1, "this is a baseline of version 2"),
        (WHOLE.replace("sql", "\\ud800").replace('"DR203"', "5"), 2, "this entry is not a finding"),
        ('{"version": 1, "findings": [5]}', 1, "this entry is not a finding: 5"),
    ],
)
def test_files_that_are_no_baseline(text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_baseline(text, "b.json")
    assert message in caught.value.message
    assert (caught.value.path, caught.value.line) == ("b.json", line)


def test_a_directory_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read the baseline"):
        read_baseline(tmp_path, ".")
