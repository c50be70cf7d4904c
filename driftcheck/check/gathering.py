"""The sources as they arrive, and what becomes of a check when one of them cannot be read or is of another database.

Two of three compared is better than nothing: the others are compared all the same, and the failure is reported beside
them.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import field

from .. import listening
from ..config import SourceSpec
from ..errors import SourceError
from ..findings import Failure, LeftOut
from ..fixes.files import Files
from ..frozen import dataclass
from ..plain import plain
from ..reading import Source
from .comparisons import Comparisons
from .plan import Plan
from .readings import Arrival
from .related import two_databases

#: How much of what was left out an error says: what belongs to the sources comes first.
_MOST_LEFT_OUT = 10


@dataclass(slots=True)
class Gathered:
    """The comparisons of all that could be read, what could not, and what a look around should not have taken."""

    comparisons: Comparisons
    failures: list[Failure] = field(default_factory=list)
    errors: list[SourceError] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def gather(
    planned: Plan, arrivals: Iterable[tuple[SourceSpec, Arrival]], files: Files, *, fixes: bool = True
) -> Gathered:
    """Compares what arrives with the truth. `files` are those that fixes are made for, if `fixes` are wanted.

    Raises SourceError if fewer than two sources can be compared.
    """
    names = [spec.name for spec in planned.sources]
    comparisons = _comparisons(planned, names, files, fixes)
    errors: dict[str, SourceError] = {}
    arrived: list[Source] = []
    for spec, arrive in arrivals:
        try:
            source = arrive()
            comparisons.add(source)
            arrived.append(source)
        except SourceError as error:
            error.source = error.source or spec.name
            errors[spec.name] = error
    if names[0] in errors and len(arrived) > 1:
        # The next one is right now: nobody can say what the truth would have.
        rest = [name for name in names if name not in errors]
        comparisons = _comparisons(planned, rest, files, fixes)
        for source in arrived:
            comparisons.add(source)
    errors |= comparisons.failed
    gathered = Gathered(comparisons)
    _part(gathered, planned, errors)
    if errors and not comparisons.names:
        raise next(errors[name] for name in names if name in errors)
    if errors:
        listening.doubt("a source could not be read")
    gathered.errors = [errors[name] for name in names if name in errors]
    gathered.failures = [_failure(spec, errors[spec.name]) for spec in planned.sources if spec.name in errors]
    return gathered


def _comparisons(planned: Plan, names: Iterable[str], files: Files, fixes: bool) -> Comparisons:
    return Comparisons(names, planned.config, files, meant=planned.named, looked=planned.looked, fixes=fixes)


def _part(gathered: Gathered, planned: Plan, errors: dict[str, SourceError]) -> None:
    """Sets aside what has no table in common with the truth: an error, or, where a look around took it, left out."""
    comparisons = gathered.comparisons
    if not comparisons.unrelated:
        return
    truth = comparisons.of(comparisons.truth)
    specs = {spec.name: spec for spec in planned.sources}
    words = " ".join(shlex.quote(str(specs[name])) for name in (truth.name, *comparisons.unrelated))
    hint = f"if they are meant to be compared, name them: driftcheck diff {words}"
    hint = "\n".join([hint, *(plain(f"left out {one}") for one in planned.left_out[:_MOST_LEFT_OUT])])
    error = two_databases(truth, map(comparisons.of, comparisons.unrelated), hint)
    if not comparisons.names:
        if errors:
            return  # what could not be read may be what belongs to the truth
        raise error
    for name in comparisons.unrelated:
        if planned.looked:
            reason = f"it has no table in common with {specs[truth.name].location}"
            gathered.left_out.append(LeftOut(specs[name].location, reason))
        else:
            errors[name] = two_databases(truth, [comparisons.of(name)], hint)


def _failure(spec: SourceSpec, error: SourceError) -> Failure:
    return Failure(
        source=spec.name,
        kind=spec.kind,
        message=error.message,
        hint=error.hint,
        path=error.path,
        line=error.line,
        detail=error.detail,
    )
