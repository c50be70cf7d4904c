"""What must hold for any findings, and for any text."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from driftcheck.config import Config, Ignore
from driftcheck.differ.rules import RULES
from driftcheck.findings import Finding, Severity, Side
from driftcheck.model import Location
from driftcheck.triage import Baseline, BaselineEntry, decide, directives, parse_baseline
from tests.triage.cases import finding

TODAY = datetime.date(2026, 6, 1)
SOURCES = ("sql", "models")

drifts = st.builds(
    finding,
    st.sampled_from([rule.code for rule in RULES if not rule.code.startswith("DR9")]),
    source=st.sampled_from(SOURCES),
    table=st.sampled_from(["users", "orders", None]),
    name=st.sampled_from(["a", "b"]),
    actual=st.builds(Side, st.sampled_from([None, "x", "y"]), st.builds(Location, st.just("a.sql"), st.integers(1, 9))),
)
selectors = st.sampled_from(["DR", "DR1", "DR2", "DR3", "DR203", "column-type", "table-missing"])
configs = st.builds(
    Config,
    rules=st.dictionaries(selectors, st.sampled_from(Severity), max_size=3),
    ignores=st.lists(
        st.builds(
            Ignore,
            rule=selectors,
            object=st.sampled_from(["*", "public.users", "orders", "*.a"]),
            source=st.sampled_from([None, *SOURCES]),
            reason=st.just("meant"),
        ),
        max_size=3,
    ).map(tuple),
)
inlines = st.lists(
    st.builds(lambda rule, line: f"{chr(10) * line}x -- driftcheck: ignore[{rule}]", selectors, st.integers(0, 8)),
    max_size=3,
).map(lambda texts: [found for text in texts for found in directives(text, "a.sql", "sql", "sql")])


def own(found: Finding) -> bool:
    return found.rule.code in ("DR903", "DR904", "DR905")


@settings(deadline=None)
@given(st.lists(drifts, max_size=12), configs, inlines)
def test_every_finding_is_accounted_for(findings: list[Finding], config: Config, inline: list) -> None:  # type: ignore[type-arg]
    result = decide(findings, config, sources=SOURCES, today=TODAY, inline=inline)
    off = sum((config.severity(found.rule) or found.severity) is Severity.OFF for found in findings)
    counting = [found for found in result.findings if not own(found)]
    assert len(counting) + result.ignored + off == len(findings)
    rest = iter(findings)
    assert all(any(found.fingerprint == one.fingerprint for one in rest) for found in counting)


@settings(deadline=None)
@given(st.lists(drifts, max_size=12), configs)
def test_an_accepted_state_is_silent_and_stays_so(findings: list[Finding], config: Config) -> None:
    before = decide(findings, config, sources=SOURCES, today=TODAY)
    baseline = parse_baseline(Baseline().accepting(before.accepted, SOURCES).to_text(), "b.json")
    after = decide(findings, config, sources=SOURCES, today=TODAY, baseline=baseline)
    assert [found for found in after.findings if not own(found)] == []
    assert [found.rule.code for found in after.findings if found.rule.code == "DR903"] == []
    assert after.baselined == len(before.accepted)
    assert baseline.accepting(after.accepted, SOURCES) == baseline


@settings(deadline=None)
@given(st.lists(drifts, min_size=1, max_size=12), st.data())
def test_a_baseline_only_shrinks(findings: list[Finding], data: st.DataObject) -> None:
    baseline = Baseline().accepting(findings, SOURCES)
    left = data.draw(st.lists(st.sampled_from(findings) | drifts, max_size=12))
    pruned = baseline.pruned(left, SOURCES)
    assert pruned.fingerprints == baseline.fingerprints & {found.fingerprint for found in left}
    assert _accepting(baseline.stale(left, SOURCES)) == _accepting(baseline.entries) - _accepting(pruned.entries)


def _accepting(entries: tuple[BaselineEntry, ...]) -> int:
    return sum(entry.count for entry in entries)


FRAGMENTS = """driftcheck: ignore [DR203] [ ] -- /* */ // # ' " ` $$ $a$ ${ } \\ E' \\. é x""".split(" ")
fragments = st.sampled_from([*FRAGMENTS, "\n", "\r", "\ud800", "\0", "COPY t FROM stdin;"])


@settings(deadline=None)
@given(st.lists(fragments, max_size=25).map("".join), st.sampled_from(["a.sql", "a.ts", "a.py"]))
def test_no_text_breaks_the_search_for_comments(text: str, path: str) -> None:
    lines = text.count("\n") + 1
    for found in directives(text, path, "sql", "sql"):
        assert 1 <= found.place.line <= lines
        assert 1 <= found.line <= lines
        assert text.split("\n")[found.place.line - 1][found.place.column - 1 :].startswith("driftcheck:")
