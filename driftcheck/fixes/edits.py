"""What a fix does to files, and how the fixes of a whole run come together.

A kind of source whose files can be edited gives `SourceKind.edit`: a function of an `Editing` that answers each of its
drifts with `Edits` or with `NotPlaced`, in their order (`fixes/typescript/` is one). It sees all drifts of a comparison
at once, so that a fact which several tables share is edited once, and only if all of them agree. Edits of different
findings may meet at one place: what is the same is made once, insertions follow each other in the order of the
findings, and deletions may overlap. Of other overlaps the later fix waits for the next round, in which the files are
read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from ..findings import Around, Edit, Risk
from ..frozen import dataclass
from .drift import Drift
from .files import Files

__all__ = ["Around", "Edit", "Editing", "Edits", "NotPlaced", "Risk", "Unwritable", "applied", "together"]


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits that end one finding: made together, or not at all. `risk` is None for what `risk.risk_of` says.

    `held` and `leaves` are those of `Fix`.
    """

    edits: tuple[Edit, ...]
    risk: Risk | None = None
    held: tuple[Edit, ...] = ()
    leaves: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """Why a finding is ended by no edit, as the clause of a sentence: "its column is built by a function call"."""

    reason: str


@dataclass(frozen=True, slots=True)
class Editing:
    """The drifts of one comparison that want edits, and the files as they are."""

    drifts: Sequence[Drift]
    files: Files


class Unwritable(Exception):
    """Edits that the file at `path` cannot take; `why` is a clause."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


T = TypeVar("T")


def together(wanted: Iterable[tuple[T, tuple[Edit, ...]]]) -> tuple[list[T], list[T], dict[str, list[Edit]]]:
    """Those of `wanted` whose edits fit together, those that have to wait, and the edits by path, each once."""
    taken: list[T] = []
    waiting: list[T] = []
    by_path: dict[str, dict[Edit, None]] = {}
    near: dict[tuple[str, int], list[Edit]] = {}
    for one, edits in wanted:
        fits = all(edit == other or not _collide(edit, other) for edit in edits for other in _near(near, edit))
        (taken if fits else waiting).append(one)
        for edit in edits if fits else ():
            by_path.setdefault(edit.path, {})[edit] = None
            for stretch in _stretches(edit):
                near.setdefault((edit.path, stretch), []).append(edit)
    return taken, waiting, {path: list(edits) for path, edits in by_path.items()}


#: Edits are looked for by stretches of a file: of thousands few can collide.
_STRETCH = 2_000


def _stretches(edit: Edit) -> range:
    return range(edit.start // _STRETCH, edit.end // _STRETCH + 1)


def _near(near: dict[tuple[str, int], list[Edit]], edit: Edit) -> Iterator[Edit]:
    for stretch in _stretches(edit):
        yield from near.get((edit.path, stretch), ())


def _collide(one: Edit, other: Edit) -> bool:
    """Whether only one of two edits can be made. Insertions at the border of another edit stand beside it."""
    if one.start == one.end == other.start == other.end:
        return (one.around is None) != (other.around is None)
    if one.start == one.end or other.start == other.end:
        inner, outer = (one, other) if one.start == one.end else (other, one)
        return outer.start < inner.start < outer.end
    if one.end <= other.start or other.end <= one.start:
        return False
    return bool(one.text or other.text or one.around or other.around)


def line_end(data: bytes) -> bytes:
    """How most lines of a file end."""
    return b"\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else b"\n"


def applied(data: bytes, edits: Iterable[Edit], encoding: str = "utf-8", ends: bytes | None = None) -> bytes:
    """`data` with `edits` made, which fit together; new lines end in `ends`, or as most of `data` do.

    Raises Unwritable for text that `encoding` cannot say.
    """
    ends = ends or line_end(data)
    made: list[bytes] = []
    at = 0
    ordered = sorted(dict.fromkeys(edits), key=lambda one: (one.start, one.end))
    for (start, _), group in groupby(ordered, key=lambda one: (one.start, one.end)):
        same = sorted(group, key=lambda one: one.rank)
        made.append(data[at : max(at, start)])
        made.append(_encoded(same[0].path, _joined(same), encoding).replace(b"\n", ends))
        at = max(at, same[0].end)
    return b"".join([*made, data[at:]])


def _joined(edits: Sequence[Edit]) -> str:
    """The texts of edits of one stretch; those with one `around` as its list."""
    parts: list[str] = []
    for around, group in groupby(sorted(edits, key=lambda one: _first(edits, one)), key=lambda one: one.around):
        texts = [one.text for one in group]
        parts.append("".join(texts) if around is None else around.opening + around.between.join(texts) + around.closing)
    return "".join(parts)


def _first(edits: Sequence[Edit], one: Edit) -> int:
    return next(index for index, other in enumerate(edits) if other.around == one.around)


def _encoded(path: str, text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        raise Unwritable(path, f"the file is in {encoding}, which cannot say what is to be written") from None
