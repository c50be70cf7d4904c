"""What to write to end a drift, in the language of the source that drifts, and where in its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..differ.between import Between
from ..differ.engine import Comparison
from ..findings import Finding, Fix, Remedy, Risk
from ..kinds import KINDS
from .files import Files

if TYPE_CHECKING:
    from .drift import Drift
    from .edits import Edits, NotPlaced

__all__ = ["fixed", "remedy"]


def fixed(comparison: Comparison, files: Files | None = None) -> tuple[Finding, ...]:
    """The findings of `comparison`, each with its fix. `files` are those of the sources, so that a fix fits in."""
    if not comparison.findings:
        return ()
    if comparison.between.dialect.fixes is not None:
        return comparison.findings
    files = files or Files()
    about = _drifts(comparison, files)
    fixes = dict(zip(about, _fixes(comparison.between.other.kind, list(about.values()), files), strict=True))
    return tuple(replace(one, fix=fixes.get(at)) for at, one in enumerate(comparison.findings))


def remedy(between: Between) -> Remedy:
    """The best that there may be against findings of the other side: edits of its files, a text, or nothing.

    Whether one finding or another is ended by none is said when fixes are asked for: it takes reading the files anew.
    """
    if between.dialect.fixes is not None:
        return ""
    kind = KINDS[between.other.kind]
    return "edits" if kind.edit is not None else "text" if kind.fix is not None else ""


def _drifts(comparison: Comparison, files: Files) -> dict[int, Drift]:
    """The findings that are about objects, by their number, with all that a fix is written from."""
    from .drift import Drift, Drifting
    from .respelling import respelled
    from .spelling import Spelling

    between, findings = respelled(comparison)
    words = Spelling(between.expected, between.actual, files.lines)
    drifting = Drifting(findings)
    return {at: Drift(between, one, words, drifting) for at, one in enumerate(findings) if one.subjects != (None, None)}


def _fixes(kind: str, drifts: Sequence[Drift], files: Files) -> list[Fix | None]:
    from . import statements
    from .edits import Editing
    from .risk import risk_of

    fix, edit, language = KINDS[kind].fix, KINDS[kind].edit, KINDS[kind].language or kind
    write = _nothing if fix is None else statements.fix if KINDS[kind].scripted else fix.load()
    texts = [write(drift) for drift in drifts]
    weighed = [_weighed(text, risk_of(drift)) for drift, text in zip(drifts, texts, strict=True)]
    if edit is None:
        return weighed
    answers = edit.load()(Editing(drifts, files))
    return [
        _with_edits(text or Fix(language, "", risk_of(drift)), answer, files)
        for drift, text, answer in zip(drifts, weighed, answers, strict=True)
    ]


def _nothing(_drift: Drift) -> Fix | None:
    return None


def _weighed(fix: Fix | None, risk: Risk) -> Fix | None:
    """What a language says of its fix counts where it knows more: that a type is rebuilt, say."""
    return replace(fix, risk=risk) if fix is not None and risk != "safe" else fix


def _with_edits(fix: Fix, answer: Edits | NotPlaced, files: Files) -> Fix:
    """`fix` with the edits that do the same; what is not placed stays a text, and says why."""
    from .edits import NotPlaced, Unwritable
    from .hunks import brief

    if isinstance(answer, NotPlaced):
        return replace(fix, text=fix.text or answer.reason, unplaced=answer.reason)
    try:
        text = brief(files, answer.edits)
    except Unwritable as error:
        return replace(fix, text=fix.text or error.why, unplaced=error.why)
    regions = tuple(
        (files.place_of(edit.path, edit.start), files.place_of(edit.path, edit.end)) for edit in answer.edits
    )
    return replace(
        fix,
        text=text,
        edits=answer.edits,
        regions=regions,
        risk=answer.risk or fix.risk,
        held=answer.held,
        leaves=answer.leaves,
    )
