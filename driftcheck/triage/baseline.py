"""The baseline: findings accepted as they are today, so that only new ones count.

A JSON file with one line for each finding, sorted, so that two branches that fix different things merge.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from ..findings import Finding
from ..frozen import dataclass
from ..model import Location
from ..project import Project
from ..project.documents import Malformed, parse_json

VERSION = 1
#: Findings about the check's own files, fixed there, and files that do not parse: never accepted.
NEVER_ACCEPTED = frozenset({"DR903", "DR904", "DR905", "DR906"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineEntry:
    """An accepted finding. The fingerprint decides; the rest is for people who read the file.

    `count` is how many findings of that fingerprint it accepts: two statements alike may both be gaps.
    """

    fingerprint: str
    rule: str
    source: str
    object: str
    expected: str | None
    actual: str | None
    count: int = 1
    place: Location | None = field(default=None, compare=False)

    @property
    def is_ambiguous(self) -> bool:
        """Whether it was written before a function's argument types were part of what it is: which of several
        functions of that name it accepts is not known, so it accepts none.
        """
        return self.object.startswith("function ") and not self.object.endswith(")")

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        return self.source, self.object, self.rule, self.fingerprint


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings, in the file's order."""

    entries: tuple[BaselineEntry, ...] = ()

    @property
    def fingerprints(self) -> frozenset[str]:
        return frozenset(entry.fingerprint for entry in self.entries)

    def accepted(self, findings: Iterable[Finding]) -> frozenset[int]:
        """Which of `findings`, by their numbers, the baseline accepts: of each fingerprint no more than it says."""
        left = Counter({entry.fingerprint: entry.count for entry in self.entries})
        found = set()
        for number, finding in enumerate(findings):
            if finding.rule.code not in NEVER_ACCEPTED and left[finding.fingerprint] > 0:
                left[finding.fingerprint] -= 1
                found.add(number)
        return frozenset(found)

    def stale(self, findings: Iterable[Finding], sources: Collection[str]) -> tuple[BaselineEntry, ...]:
        """What the entries accept and no longer occurs among `findings`, each with the count of what is gone.

        Of sources that were not compared nothing is known.
        """
        occurring = Counter(finding.fingerprint for finding in findings)
        return tuple(
            replace(entry, count=entry.count - occurring[entry.fingerprint])
            for entry in self.entries
            if entry.source in sources and occurring[entry.fingerprint] < entry.count
        )

    def pruned(self, findings: Iterable[Finding], sources: Collection[str]) -> Baseline:
        """Without what is stale; never with anything new."""
        gone = Counter({entry.fingerprint: entry.count for entry in self.stale(findings, sources)})
        left = (replace(entry, count=entry.count - gone[entry.fingerprint]) for entry in self.entries)
        return Baseline(tuple(entry for entry in left if entry.count > 0))

    def accepting(self, findings: Iterable[Finding], sources: Collection[str]) -> Baseline:
        """With exactly `findings` for the `sources` compared; entries of other sources stay."""
        others = [entry for entry in self.entries if entry.source not in sources]
        entries = [entry for entry in map(_entry, findings) if entry.rule not in NEVER_ACCEPTED]
        counts = Counter(entry.fingerprint for entry in entries)
        accepted = {entry.fingerprint: replace(entry, count=counts[entry.fingerprint]) for entry in entries}
        return Baseline(tuple(sorted([*others, *accepted.values()], key=lambda entry: entry.sort_key)))

    def to_text(self) -> str:
        """The file: the same text for the same findings, whatever order they came in."""
        lines = [
            json.dumps(_facts(entry), ensure_ascii=False)
            for entry in sorted(self.entries, key=lambda entry: entry.sort_key)
        ]
        body = ",\n".join(lines)
        return f'{{"version": {VERSION}, "tool": "driftcheck", "findings": [\n{body}\n]}}\n'


_FIELDS = ("fingerprint", "rule", "source", "object", "expected", "actual")


def _facts(entry: BaselineEntry) -> dict[str, str | int]:
    facts = {name: getattr(entry, name) for name in _FIELDS if getattr(entry, name) is not None}
    return facts if entry.count == 1 else {**facts, "count": entry.count}


def _entry(finding: Finding) -> BaselineEntry:
    return BaselineEntry(
        fingerprint=finding.fingerprint,
        rule=finding.rule.code,
        source=finding.source,
        object=f"{finding.object.kind} {finding.object}",
        expected=finding.expected.value,
        actual=finding.actual.value,
    )


def read_baseline(root: Path | Project, name: str) -> Baseline | None:
    """The baseline in the file `name`, relative to the root; None if there is no such file.

    Raises ConfigError, with path and line, if the file is no baseline.
    """
    try:
        text = Project.of(root).text(name, errors="strict")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"cannot read the baseline: {why}", path=name) from error
    return parse_baseline(text, name)


def parse_baseline(text: str, name: str) -> Baseline:
    """The baseline that `text` holds; `name` is its file for errors and places."""
    again = "write it again: driftcheck baseline"
    try:
        document = parse_json(text)
    except Malformed as error:
        conflict = "it holds a merge conflict" if "\n<<<<<<< " in f"\n{text}" else str(error)
        raise ConfigError(f"this is not a baseline: {conflict}", hint=again, path=name, line=error.line or 1) from error
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise ConfigError("this is not a baseline: it has no list 'findings'", hint=again, path=name, line=1)
    if document.get("version") != VERSION:
        raise ConfigError(
            f"this is a baseline of version {document.get('version')!r}; this driftcheck reads version {VERSION}",
            hint=again, path=name, line=1,
        )  # fmt: skip
    lines = _lines(text)
    return Baseline(tuple(_parse_entry(item, name, lines) for item in document["findings"]))


def _lines(text: str) -> dict[str, int]:
    """fingerprint → the line it is on, in a file that has one entry on each line."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        _, mark, rest = line.partition('"fingerprint": "')
        if mark:
            found.setdefault(rest.partition('"')[0], number)
    return found


def _parse_entry(item: Any, name: str, lines: dict[str, int]) -> BaselineEntry:
    values: dict[str, Any] = {field: item.get(field) for field in _FIELDS} if isinstance(item, dict) else {}
    line = lines.get(str(values.get("fingerprint")), 1)
    count = item.get("count", 1) if isinstance(item, dict) else 0
    whole = all(isinstance(values.get(field), str) for field in _FIELDS[:4]) and type(count) is int and count > 0
    if not whole or not all(isinstance(values[field], str | None) for field in _FIELDS[4:]):
        raise ConfigError(
            f"this entry is not a finding: {json.dumps(item)[:80]}",
            hint="write it again: driftcheck baseline",
            path=name,
            line=line,
        )
    return BaselineEntry(place=Location(name, line), count=count, **values)
