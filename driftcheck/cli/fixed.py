"""What `driftcheck fix` did, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from ..check.fixing import NOTES, Fixed, Left
from ..findings import Finding
from ..plain import guarded, plain
from ..render.text.words import number

#: Findings listed for each reason for which they stay.
_LISTED = 8


def lines(fixed: Fixed, *, dry_run: bool) -> list[str]:
    """All of it; the last line says how much was done, and what is left."""
    return [
        guarded(line) for line in (*_made(fixed, dry_run), *_taken_back(fixed), *_left(fixed), *_last(fixed, dry_run))
    ]


def _made(fixed: Fixed, dry_run: bool) -> Iterator[str]:
    for one in fixed.made:
        yield f"{'would fix' if dry_run else 'fixed'}  {_about(one)}"
    for path, why in fixed.untouched.items():
        yield f"left alone: {plain(path)}: {plain(why)}"
    if fixed.uncommitted and not dry_run:
        names = ", ".join(map(plain, fixed.uncommitted))
        yield f"not committed before: {names}"


def _taken_back(fixed: Fixed) -> Iterator[str]:
    if fixed.taken_back:
        yield "taken back, since the edit did not end it or made another finding (please report it):"
        yield from (f"  {_about(one)}" for one in fixed.taken_back)


def _left(fixed: Fixed) -> Iterator[str]:
    reasons: dict[str, list[Left]] = {}
    for one in fixed.left:
        reasons.setdefault(one.why, []).append(one)
    notes = reasons.pop(NOTES, ())
    if notes:
        yield f"left: {number(len(notes), 'note')}, {NOTES}"
    for why, mine in reasons.items():
        yield f"left: {plain(why)}"
        yield from (f"  {_about(one.finding)}" for one in mine[:_LISTED])
        if len(mine) > _LISTED:
            yield f"  … {len(mine) - _LISTED} more"


def _about(finding: Finding) -> str:
    location = finding.actual.location
    place = f"  {plain(str(location))}" if location is not None else ""
    return f"{finding.rule.code} {finding.rule.name}  {plain(str(finding.object))} in {plain(finding.source)}{place}"


def _last(fixed: Fixed, dry_run: bool) -> Iterator[str]:
    for failure in fixed.report.failures:
        yield f"could not be read: {plain(failure.source)}: {plain(failure.message)}"
    if fixed.report.gaps.total:
        yield f"{fixed.report.gaps}: what was not understood was not compared"
    verb = "would be fixed" if dry_run else "fixed"
    where = f" in {number(len(fixed.changed), 'file')}" if fixed.changed else ""
    yield f"{number(len(fixed.made), 'finding')} {verb}{where} · {len(fixed.left)} left · exit {fixed.status}"
