"""Which of the candidates describe one database.

They are paired by the tables that they share, and by what a tool says of its own files; not by their number or how near
they lie. In a repository of several programs there are several databases: one is compared, the others are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..findings import LeftOut
from ..frozen import dataclass
from ..kinds import KINDS
from .files import preference
from .found import Candidate

#: So much of the smaller one's tables must be the other's, too, for two candidates to describe one database.
_SHARED = 1 / 3
#: SQL that has fewer of the tables is a patch, or another tool's part, rather than a description of the database.
_COVERED = 1 / 4
#: SQL that has fewer of the tables, all of which another one has, is a part of it.
_WHOLE = 1 / 2
#: A few tables are patches beside SQL that has so many more.
_PATCHED = 1 / 8
#: A copy in a folder of tests is a copy if it has so much of the tables.
_COPIED = 1 / 4


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates that are compared, the truth first, and the others with the reason why they are not."""

    taken: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


def group(candidates: Iterable[Candidate]) -> Group:
    """The best of the groups that `candidates` form."""
    given = list(candidates)
    fit = [one for one in given if one.unfit is None]
    if not fit:
        return Group((), tuple(_left_out(one, None) for one in given))
    groups = [(anchor, _of_the_truth(_around(anchor, fit))) for anchor in fit]
    most = max((_shared(members) for _, members in groups if _are_of_several_kinds(members)), default=0)
    _, taken = min(groups, key=lambda one: (_are_patches(one[1], fit), *_rank(one[0], one[1], most)))
    anchor = taken[0]
    rest = [one for one in given if one not in taken]
    return Group(tuple(taken), tuple(_left_out(one, anchor) for one in rest))


def _are_patches(members: Sequence[Candidate], candidates: Sequence[Candidate]) -> bool:
    """Whether one file has many times the tables of such SQL, and some of them: it is what they once changed."""
    made = frozenset[str]().union(*(one.tables for one in members))
    return all(one.kind == "sql" and one.made_from is None for one in members) and any(
        other.doubt is None and len(made) < _PATCHED * len(other.tables) and made & other.tables
        for other in candidates
        if other.kind == "sql" and other not in members
    )


def _shared(members: Sequence[Candidate]) -> int:
    """How many tables of the truth others have, too."""
    truth, *others = members
    return len(truth.tables & frozenset().union(*(one.tables for one in others)))


def _are_of_several_kinds(members: Sequence[Candidate]) -> bool:
    return members[0].kind != "drizzle" and len({one.kind for one in members}) > 1


def _rank(anchor: Candidate, members: Sequence[Candidate], most: int) -> tuple[object, ...]:
    """Likely ones first; then those that meet another description, of the same tables if possible; then Drizzle's,
    unless others share `most` tables, many times more; then those that meet one of another kind, and share most with
    it; then the most tables, nearest to the top.
    """
    truth, *others = members
    shared = _shared(members)
    preferred = truth.kind == "drizzle" and (shared >= _COVERED * most or not truth.tables)
    return (
        anchor.doubt is not None or truth.doubt is not None,
        len(members) < 2,
        not any(_belongs(one, truth) for one in others),
        not preferred,
        truth.kind != "drizzle" and -len({one.kind for one in members}),
        truth.kind != "drizzle" and -shared,
        -sum(len(one.tables) for one in members),
        preference(anchor.location),
    )


def _order(candidate: Candidate) -> tuple[object, ...]:
    """What has its beginning first; then by kind, as the registry has them; of one kind what somebody wrote before what
    a tool made of another source.
    """
    return (
        _is_late(candidate),
        list(KINDS).index(candidate.kind),
        candidate.generated,
        candidate.doubt is not None,
        -len(candidate.tables),
        preference(candidate.location),
    )


def _around(anchor: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """`anchor` and whatever describes the same database; the likeliest other candidate where nothing is known to."""
    others = [one for one in candidates if one is not anchor]
    related = [one for one in others if _belongs(one, anchor) and _belongs(anchor, one)]
    likely = [one for one in related if one.doubt is None]
    doubtful = [one for one in related if anchor.doubt is not None or one.kind != anchor.kind]
    members = [anchor, *(likely or doubtful)]
    if len(members) > 1:
        return members
    others = [one for one in others if one.kind != anchor.kind and _may_be(one, anchor) and _may_be(anchor, one)]
    return [anchor, *sorted(others, key=lambda one: _fallback(one, anchor))[:1]]


def _of_the_truth(members: Sequence[Candidate]) -> list[Candidate]:
    """`members` in order, without those that have nothing to do with the first one, and without parts of others."""
    anchor = members[0]
    few = [len(one.tables & anchor.tables) < _COVERED * len(anchor.tables) and len(members) > 2 for one in members]
    ordered = sorted(zip(few, members, strict=True), key=lambda item: (item[0], *_order(item[1])))
    truth, *others = (one for _, one in ordered)
    if truth.kind != "drizzle":
        others = [one for one in others if one.kind != "drizzle"] or others
    if len(others) > 1:
        others = [one for one in others if _belongs(one, truth)]
    if any(not _is_late(one) for one in others):
        others = [one for one in others if not _is_late(one)]
    return [truth, *(one for one in others if not _is_part(one, truth, others))]


def _is_late(one: Candidate) -> bool:
    """Whether it is patches of a database that something else makes: alone it comes to tables that are not there."""
    return one.late and one.made_from is None and one.word != "supabase"


def _is_part(one: Candidate, truth: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether another file of SQL has all that `one` has of the truth's tables, and `one` is but few of them."""
    if one.kind != "sql" or one.made_from is not None or one.word == "supabase":
        return False
    own = one.tables & truth.tables
    return len(own) < _WHOLE * len(truth.tables) and any(
        own < other.tables & truth.tables for other in others if other.kind == "sql"
    )


def _may_be(one: Candidate, anchor: Candidate) -> bool:
    """Whether nothing says that the two are of different databases but their tables."""
    if one.late and len(one.tables & anchor.tables) < _COVERED * len(anchor.tables):
        return False
    return one.made_from is None or one.made_from == anchor.location


def _fallback(one: Candidate, anchor: Candidate) -> tuple[object, ...]:
    return one.doubt is not None, -len(one.tables & anchor.tables), -len(one.tables), preference(one.location)


def _belongs(one: Candidate, anchor: Candidate) -> bool:
    for made, source in ((one, anchor), (anchor, one)):
        if made.made_from is not None and source.kind == "drizzle":
            return made.made_from == source.location
    if one.kind == anchor.kind == "drizzle":
        return False
    if one.kind == "sql" and len(one.tables & anchor.tables) < _COVERED * len(anchor.tables):
        return False
    return _share(one, anchor) >= _SHARED


def _share(one: Candidate, other: Candidate) -> float:
    """How much of the smaller of the two is in the other, from 0 to 1; with nothing known against it, enough."""
    if not one.tables or not other.tables:
        return _SHARED if all(side.tables or side.vague for side in (one, other)) else 0.0
    return len(one.tables & other.tables) / min(len(one.tables), len(other.tables))


def _left_out(one: Candidate, anchor: Candidate | None) -> LeftOut:
    if anchor is None:
        return LeftOut(str(one), one.unfit or "")
    shared = len(one.tables & anchor.tables)
    few = one.doubt is not None and shared < _COPIED * len(anchor.tables)
    copied = few or (one.kind == "drizzle" and one.generated)
    same = not copied and shared > 0 and _share(one, anchor) >= _SHARED
    return LeftOut(one.location, _reason(one, anchor, shared), same)


def _reason(one: Candidate, anchor: Candidate, shared: int) -> str:
    if one.unfit is not None:
        return one.unfit
    if one.made_from is not None and one.made_from != anchor.location:
        return f"it belongs to {one.made_from}"
    if not shared:
        return f"it has no table in common with {anchor.location}"
    if one.late:
        return f"its beginning is missing: of the {len(anchor.tables)} tables of {anchor.location} it makes {shared}"
    if one.doubt is not None:
        return f"{one.doubt} and describes {shared} of the {len(anchor.tables)} tables"
    if one.kind == anchor.kind:
        return f"it describes {shared} of the {len(anchor.tables)} tables of {anchor.location} once more"
    return f"it describes only {shared} of the {len(anchor.tables)} tables of {anchor.location}"
