"""`driftcheck fix` in a folder, as a function."""

from __future__ import annotations

from pathlib import Path

from driftcheck.check import Request, check
from driftcheck.check.fixing import Fixed, Wishes, fix
from driftcheck.findings import Report


def run(root: Path, *sources: str, unsafe: bool = True, **wishes: object) -> Fixed:
    """The findings down to notes, edited."""
    request = Request(root=root, sources=sources, fail_on="note")
    return fix(request, Wishes(unsafe=unsafe, **wishes))  # type: ignore[arg-type]


def report(root: Path, *sources: str) -> Report:
    return check(Request(root=root, sources=sources, fail_on="note"))


def messages(found: Report) -> list[str]:
    """All that is left, apart from stand-ins for tables that nobody declares."""
    return [one.message for one in found.findings if one.rule.name != "not-exported"]


def mended(root: Path, *sources: str) -> Fixed:
    """Fixes all; nothing is taken back or left, and a second time changes nothing."""
    done = run(root, *sources)
    assert [one.message for one in done.taken_back] == []
    assert [(one.finding.message, one.why) for one in done.left if one.finding.rule.name != "not-exported"] == []
    assert messages(report(root, *sources)) == []
    again = run(root, *sources)
    assert again.changed == ()
    return done
