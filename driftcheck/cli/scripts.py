"""`--to-sql`: which of a run's sources get their fixes written as a script, and where to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..kinds import KINDS

if TYPE_CHECKING:
    from ..findings import Report, SourceSummary

#: A source's name before the `=`; a path that begins like one is written with `./`.
_NAMED = re.compile(r"([\w.-]+)=(.+)\Z", re.DOTALL)


def scripts_for(report: Report, words: Sequence[str], *, concurrently: bool = False) -> dict[Path, str]:
    """The script that each of `words` (`PATH` or `NAME=PATH`) asks for, by its path.

    Raises UsageError where a word does not mean one SQL source that can drift.
    """
    from ..dialects import dialect_named
    from ..fixes.script import fix_script

    dialect = dialect_named(report.dialect)
    written = dialect.script.load() if dialect.script is not None else fix_script
    if words and dialect.fixes is not None:
        raise UsageError(
            f"--to-sql writes no script for {dialect.title}: {dialect.fixes}",
            hint=f"driftcheck export SOURCE --to sql writes the DDL that {dialect.title} builds",
        )
    targets: dict[str, Path] = {}
    for word in words:
        source, path = _target(report, word)
        if source.name in targets:
            raise UsageError(f"--to-sql writes the fixes of {source.name} to {targets[source.name]} and to {path}",
                             hint="give it once for each source")  # fmt: skip
        targets[source.name] = path
    return {
        path: written(report.findings, truth=report.truth, source=name, concurrently=concurrently)
        for name, path in targets.items()
    }


def _target(report: Report, word: str) -> tuple[SourceSummary, Path]:
    """The source that `word` means, and its file."""
    if match := _NAMED.match(word):
        return _named(report, match[1]), Path(match[2])
    candidates = _drifting_sql(report)
    if not candidates:
        raise _none(report)
    if len(candidates) > 1:
        names = [source.name for source in candidates]
        raise UsageError(
            f"--to-sql {word}: {len(names)} SQL sources can drift, {' and '.join(names)}",
            hint=f"say which one, once for each: --to-sql {names[0]}={word}",
        )
    return candidates[0], Path(word)


def _drifting_sql(report: Report) -> list[SourceSummary]:
    return [source for source in report.sources if KINDS[source.kind].scripted and source.name != report.truth]


def _named(report: Report, name: str) -> SourceSummary:
    source = next((one for one in report.sources if one.name == name), None)
    if source is None:
        raise UsageError(
            f"--to-sql: '{name}' is not one of the sources",
            hint=f"they are {', '.join(one.name for one in report.sources)}; "
            f"if it is part of a file's name, write ./{name}=…",
        )
    if source.name == report.truth:
        raise _of_the_truth(report, source)
    if not KINDS[source.kind].scripted:
        raise UsageError(
            f"--to-sql: '{name}' is a {source.kind} source, and is not fixed by SQL",
            hint="the report says how to fix it: driftcheck diff --show-fixes",
        )
    return source


def _of_the_truth(report: Report, truth: SourceSummary) -> UsageError:
    other = next((one.name for one in report.sources if one is not truth), "NAME")
    return UsageError(
        f"--to-sql: '{truth.name}' is the truth, and the truth is never fixed",
        hint=f"name another truth (--truth {other}) to bring the SQL to what that says, or fix the others by what "
        "the report says: driftcheck diff --show-fixes",
    )


def _none(report: Report) -> UsageError:
    """There is nothing to write: the truth needs no fix, and only SQL is fixed by SQL."""
    if KINDS[report.sources[0].kind].scripted:
        return _of_the_truth(report, report.sources[0])
    return UsageError(
        "--to-sql: none of the sources is SQL",
        hint="add the SQL that is to be fixed: driftcheck diff … sql:db/schema.sql --to-sql fix.sql",
    )
