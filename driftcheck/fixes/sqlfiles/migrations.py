"""A folder of migrations: a new one, named and numbered as that folder's tool does it, with the statements to run.

Those that the folder has are history, and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from ...dialects import Dialect
from ...findings import Around, Edit
from ...frozen import dataclass
from ...regex import lazy
from ...writers.sql.gate import SETTINGS, remark
from ..drift import Drift
from ..edits import Edits, NotPlaced
from ..files import Files
from ..sql.steps import Phase
from ..statements import migration as script
from .way_back import WayBack

_NAME = "driftcheck_fix"
_SETTINGS = f"{SETTINGS.splitlines()[1]}\nSET check_function_bodies = false;\n"
#: The rank of what is behind all statements of the way up.
_DOWN = 10_000
_NUMBERED = lazy(r"(?P<before>[^0-9]*)(?P<number>[0-9]+)(?P<dash>[_.-]+)(?P<rest>.*)\Z")
_FLYWAY = lazy(r"(?P<before>V)(?P<number>[0-9]+(?:[._][0-9]+)*)(?P<dash>__).*\.sql\Z", re.IGNORECASE)
_STAMP = lazy(r"(?:19|20)[0-9]{12}\Z")
_FINE_STAMP = lazy(r"1[0-9]{12}\Z|1[0-9]{9}\Z")
_DAY_STAMP = lazy(r"(?:19|20)[0-9]{6}\Z")
_DASHED_STAMP = lazy(r"(?P<stamp>[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6})(?P<more>-[0-9]{4})?_")


@dataclass(frozen=True, slots=True)
class Plan:
    """The new files. `up` takes the statements, `labels` those that no transaction takes together with others.

    `head` and `foot` are around the statements, `block` around one with a body, `begin` between labels and the others.
    `also` are what each of the two brings along: its path, that of another file, and what is written at its end.
    `back` is likewise where the statements that undo them go, with what is before and behind those.
    """

    up: str
    labels: str
    head: str = ""
    foot: str = ""
    block: tuple[str, str] = ("", "")
    begin: str = ""
    also: tuple[tuple[str, str, str], ...] = ()
    back: tuple[tuple[str, str, str, str], ...] = ()


class NotOurs(Exception):
    """Another tool makes the migrations of a folder; `reason` says which, and by what command."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def answers(drifts: Sequence[Drift], folder: str, files: Files) -> list[Edits | NotPlaced]:
    """For each drift its statements, in the new migration."""
    try:
        plan = _of_dialect(_plan(drifts, folder, files), drifts[0].between.dialect)
    except NotOurs as error:
        return [NotPlaced(error.reason) for _ in drifts]
    way_back = WayBack(drifts)
    return [_answer(drift, plan, files, way_back) for drift in drifts]


def _of_dialect(plan: Plan, dialect: Dialect) -> Plan:
    """Another engine than PostgreSQL has none of its settings."""
    if dialect.migration is None:
        return plan
    back = tuple((up, down, before.replace(_SETTINGS, ""), behind) for up, down, before, behind in plan.back)
    return replace(plan, head=plan.head.replace(_SETTINGS, ""), back=back)


def _answer(drift: Drift, plan: Plan, files: Files, way_back: WayBack) -> Edits | NotPlaced:
    found = script(drift)
    steps = [] if found is None else [one for one in found.steps if not one.sql.startswith("--")]
    if found is None or not steps:
        return NotPlaced(found.steps[0].sql.removeprefix("-- ") if found is not None else "no statement does it")
    edits: list[Edit] = []
    for step in steps:
        path = plan.labels if step.phase == Phase.LABELS else plan.up
        # What rows hold is not changed unasked; without it the migration fails where some hold NULL, and says so.
        text = remark(step.sql) if drift.code == "DR204" and step.phase == Phase.FILL and step.order == 0 else step.sql
        edits.append(_written(files, path, _block(plan, text), 20 + step.phase * 10 + step.order))
        edits += _frame(files, plan, path)
    owner = plan.labels if any(step.phase == Phase.LABELS for step in steps) else plan.up
    for up, down, _, _ in plan.back:
        if up == owner:
            edits += [_written(files, down, _block(plan, text), _DOWN + 20 + turn) for turn, text in way_back.of(drift)]
            edits += _frame(files, plan, owner)
    return Edits(tuple(dict.fromkeys(edits)))


def _block(plan: Plan, text: str) -> str:
    return f"{plan.block[0]}\n{text}\n{plan.block[1]}\n" if "$" in text and any(plan.block) else f"{text}\n"


def _frame(files: Files, plan: Plan, path: str) -> Iterator[Edit]:
    for text, rank in ((plan.head, 0), (plan.begin, 28), (plan.foot, _DOWN - 1)):
        if text:
            yield _written(files, path, text, rank)
    for owner, other, text in plan.also:
        if owner == path:
            yield _written(files, other, text, 0)
    for owner, other, before, behind in plan.back:
        if owner == path:
            yield _written(files, other, before, _DOWN)
            if behind:
                yield _written(files, other, behind, 2 * _DOWN)


def _written(files: Files, path: str, text: str, rank: int) -> Edit:
    """Behind all that is there."""
    at = len(files.data(path) or b"")
    return Edit(path, at, at, text, Around("", "", ""), rank)


def _plan(drifts: Sequence[Drift], folder: str, files: Files) -> Plan:
    between = drifts[0].between
    paths = [PurePosixPath(path) for path in between.other.reading.files]
    if not paths or files.project is None:
        raise NotOurs("the folder holds no migration to follow")
    if files.there(f"{folder}/meta/_journal.json") or files.there(f"{paths[-1].parent}/snapshot.json"):
        raise NotOurs("drizzle-kit keeps it: change the Drizzle schema, then run `npx drizzle-kit generate`")
    brings = f"Brings {between.other.name} to what {between.truth.name} says. Written by driftcheck."
    head = f"{remark(brings)}\n{_SETTINGS}"
    above = str(PurePosixPath(folder).parent)
    if top := next((one for one in (folder, above) if files.there(f"{one}/sqitch.plan")), ""):
        return _sqitch(top, head, files)
    if paths[0].parent.name == "committed":
        current = str(paths[0].parent.parent / "current.sql")
        return Plan(current, current, f"\n{head}")
    labels = any(map(_has_labels, drifts))
    if paths[-1].name in ("up.sql", "migration.sql"):
        return _nested(paths, head, labels=labels)
    versioned = [path for path in paths if _version(path.name) is not None]
    if not versioned:
        raise NotOurs(f"nothing says what comes behind {paths[-1].name}: --to-sql writes the script")
    last, names = versioned[-1], [path.name for path in versioned]
    if last.name.endswith(".up.sql") or files.there(str(last).removesuffix(".sql") + ".down.sql"):
        return _pair(last, names, head, labels=labels)
    up, first = _next(last.name, names, ".sql", labels=labels)
    found = Plan(str(last.with_name(up)), str(last.with_name(first)), head)
    data = files.data(str(last)) or b""
    made = (make for mark, make in _MARKED.items() if re.search(mark, data, re.IGNORECASE | re.MULTILINE))
    return next((make(found) for make in made), found)


def _version(name: str) -> re.Match[str] | None:
    return _FLYWAY.match(name) or _NUMBERED.match(name)


def _goose(plan: Plan) -> Plan:
    return _marked(plan, "+goose", "Up", "Down", ("-- +goose StatementBegin", "-- +goose StatementEnd"))


def _dbmate(plan: Plan) -> Plan:
    return _marked(plan, "migrate:", "up", "down", ("", ""))


def _sql_migrate(plan: Plan) -> Plan:
    return _marked(plan, "+migrate", "Up", "Down", ("-- +migrate StatementBegin", "-- +migrate StatementEnd"))


def _marked(plan: Plan, mark: str, up: str, down: str, block: tuple[str, str]) -> Plan:
    """Both ways in one file, each behind its mark."""
    blank = "" if mark.endswith(":") else " "
    back = tuple((one, one, f"\n-- {mark}{blank}{down}\n{_BACK}", "") for one in dict.fromkeys((plan.up, plan.labels)))
    return replace(plan, head=f"-- {mark}{blank}{up}\n{plan.head}", block=block, back=back)


_BACK = f"-- The way back. What was in columns and tables that are dropped does not come back with it.\n{_SETTINGS}"
#: How a file begins the way up, and what a new one of that tool is.
_MARKED: dict[bytes, Callable[[Plan], Plan]] = {
    rb"^--\s*\+goose\s+up": _goose,
    rb"^--\s*migrate:up": _dbmate,
    rb"^--\s*\+migrate\s+up": _sql_migrate,
}


def _has_labels(drift: Drift) -> bool:
    found = script(drift)
    return found is not None and any(step.phase == Phase.LABELS for step in found.steps)


def _pair(last: PurePosixPath, names: Sequence[str], head: str, *, labels: bool) -> Plan:
    """golang-migrate and its like: one file up, one down."""
    ending = ".up.sql" if last.name.endswith(".up.sql") else ".sql"
    up, first = (str(last.with_name(one)) for one in _next(last.name, names, ending, labels=labels))
    paths = dict.fromkeys((up, first))
    return Plan(up, first, head, back=tuple((one, one.removesuffix(ending) + ".down.sql", _BACK, "") for one in paths))


def _nested(paths: Sequence[PurePosixPath], head: str, *, labels: bool) -> Plan:
    """A folder per migration: Diesel and Hasura (`up.sql`), Prisma (`migration.sql`)."""
    last = paths[-1]
    if dashed := _DASHED_STAMP.match(last.parent.name):
        now, more = datetime.now(UTC), "-0000" if dashed["more"] else ""
        times = [(now + timedelta(seconds=one)).strftime("%Y-%m-%d-%H%M%S") + more for one in (int(labels), 0)]
        names = (f"{times[0]}_{_NAME}", f"{times[1]}_{_NAME}_labels")
    else:
        names = _next(last.parent.name, [one.parent.name for one in paths], "", labels=labels)
    up, first = (last.parent.with_name(one) / last.name for one in names)
    downs = dict.fromkeys(one for one in (up, first) if one.name == "up.sql")
    return Plan(
        str(up), str(first), head, back=tuple((str(one), str(one.with_name("down.sql")), _BACK, "") for one in downs)
    )


def _sqitch(top: str, head: str, files: Files) -> Plan:
    """https://sqitch.org/docs/manual/sqitch-plan/: a line of the plan, and the three scripts of a change."""
    plan = files.data(f"{top}/sqitch.plan") or b""
    name, number = _NAME, 1
    while re.search(rf"^{name}\b".encode(), plan, re.MULTILINE):
        number += 1
        name = f"{_NAME}_{number}"
    found = re.search(rb"^%project=(.+)$", plan, re.MULTILINE)
    project = found[1].decode(errors="replace").strip() if found else "project"
    project = remark(project).removeprefix("-- ")
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    line = f"{name} {stamp} driftcheck <driftcheck@localhost> # What drifted.\n"
    line = line if plan.endswith(b"\n") else f"\n{line}"
    deploy = f"{top}/deploy/{name}.sql"
    also = (
        (deploy, f"{top}/sqitch.plan", line),
        (deploy, f"{top}/verify/{name}.sql", f"-- Verify {project}:{name} on pg\n"),
    )
    head = f"-- Deploy {project}:{name} to pg\n{head}"
    revert = f"-- Revert {project}:{name} from pg\n{_BACK}BEGIN;\n"
    back = ((deploy, f"{top}/revert/{name}.sql", revert, "COMMIT;\n"),)
    return Plan(deploy, deploy, head, "COMMIT;\n", begin="BEGIN;\n", also=also, back=back)


def _next(last: str, names: Sequence[str], ending: str, *, labels: bool = False) -> tuple[str, str]:
    """The names of the two next files: that of the statements, and that of labels, which comes before it if asked."""
    match = _version(last)
    if match is None:
        raise NotOurs(f"nothing says what comes behind {last}: --to-sql writes the script")
    numbers = [found["number"] for one in names if (found := _version(one))]
    first = _after(max(numbers, key=_order))
    before, dash = match["before"], match["dash"]
    second = _after(first) if labels else first
    return f"{before}{second}{dash}{_NAME}{ending}", f"{before}{first}{dash}{_NAME}_labels{ending}"


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split(r"[._]", number))


def _after(number: str) -> str:
    """The next version: the time, where versions are times and it is later; else one more."""
    for pattern, stamp in (
        (_STAMP, datetime.now(UTC).strftime("%Y%m%d%H%M%S")),
        (_DAY_STAMP, datetime.now(UTC).strftime("%Y%m%d")),
        (_FINE_STAMP, str(int(datetime.now(UTC).timestamp() * 1000))[: len(number)]),
    ):
        if pattern.match(number) and stamp > number:
            return stamp
    parts = re.split(r"([._])", number)
    parts[-1] = str(int(parts[-1]) + 1).zfill(len(parts[-1]))
    return "".join(parts)
