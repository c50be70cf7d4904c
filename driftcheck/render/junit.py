"""JUnit's XML as Jenkins, GitLab and others read it: a suite for each source, a test case for each finding."""

from __future__ import annotations

from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from ..findings import Failure, Finding, Report, Severity
from ..plain import guarded, plain
from .locations import place

_LONGEST = 2_000
#: Suite, test case and type of error of a check that could not be made at all.
_WHOLE = "driftcheck", "the check can be made", "failed"


def render(report: Report) -> str:
    """Errors and warnings are failures; notes are cases that pass and say something; a source that agrees passes."""
    names = [source.name for source in report.sources if source.name != report.truth]
    names += [finding.source for finding in report.findings]
    suites = [_suite(name, report) for name in dict.fromkeys(names)]
    suites += [_unread(failure) for failure in report.failures]
    failures = sum(map(_fails, report.findings))
    cases = sum(cases for cases, _ in suites)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="driftcheck" tests="{cases}" failures="{failures}" errors="{len(report.failures)}">',
        *(text for _, text in suites),
        "</testsuites>",
    ]
    return guarded("\n".join(lines) + "\n")


def _fails(finding: Finding) -> bool:
    return finding.severity in (Severity.ERROR, Severity.WARNING)


def _suite(name: str, report: Report) -> tuple[int, str]:
    findings = [finding for finding in report.findings if finding.source == name]
    seen: Counter[str] = Counter()
    cases = [_case(finding, report.truth, seen) for finding in findings]
    if not cases:
        seen_all = f" in what was understood; {report.gaps}" if report.gaps.total else ""
        agrees = _attributes(name=f"agrees with {report.truth}{seen_all}", classname=name)
        cases = [f"    <testcase {agrees}/>"]
    account = [f"not understood in all sources: {report.gaps}"] if report.gaps.total else []
    account += [
        f"not compared: {entry.kind}: {entry.reason}" for entry in report.not_compared if entry.source in (None, name)
    ]
    lines = [
        f"  <testsuite {_attributes(name=name, tests=len(cases), failures=sum(map(_fails, findings)), errors=0)}>",
        *cases,
    ]
    if account:
        lines.append(f"    <system-out>{escape(chr(10).join(map(plain, account)))}</system-out>")
    return len(cases), "\n".join([*lines, "  </testsuite>"])


def _unread(failure: Failure) -> tuple[int, str]:
    """The suite of a source that could not be read, or of the whole check: one case, which is an error."""
    body = "\n".join(
        plain(text, _LONGEST, keep="\n") for text in (failure.message, failure.where, failure.hint or "") if text
    )
    suite, name, kind = (failure.source, "can be read", "unreadable") if failure.source else _WHOLE
    error = f"<error {_attributes(type=kind, message=failure.message)}>{escape(body)}</error>"
    case = f"    <testcase {_attributes(name=name, classname=suite)}>\n      {error}\n    </testcase>"
    head = f"  <testsuite {_attributes(name=suite, tests=1, failures=0, errors=1)}>"
    return 1, f"{head}\n{case}\n  </testsuite>"


def _case(finding: Finding, truth: str, seen: Counter[str]) -> str:
    name = f"{finding.rule.name}: {finding.object}"
    seen[name] += 1
    if seen[name] > 1:
        name = f"{name} ({seen[name]})"
    table = finding.object.table or finding.object.name
    head = f"    <testcase {_attributes(name=name, classname=f'{finding.source}.{table}')}>"
    message = plain(finding.message, _LONGEST)
    lines = [message]
    if (location := place(finding)) is not None:
        lines.append(plain(str(location)))
    if finding.actual.location is not None and finding.expected.location is not None:
        lines.append(plain(f"{truth}: {finding.expected.location}"))
    if finding.fix is not None:
        lines += ["to fix it:", plain(finding.fix.text, _LONGEST, keep="\n")]
    body = escape("\n".join(lines))
    if _fails(finding):
        kind = f"{finding.severity} {finding.rule.code}"
        inner = f"<failure {_attributes(type=kind, message=message)}>{body}</failure>"
    else:
        inner = f"<system-out>{body}</system-out>"
    return f"{head}\n      {inner}\n    </testcase>"


def _attributes(**values: object) -> str:
    return " ".join(f"{name}={quoteattr(plain(str(value), _LONGEST))}" for name, value in values.items())
