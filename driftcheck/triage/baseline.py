"""The baseline: findings accepted as they are today, so that only new ones count.

A JSON file with one line for each finding, sorted, so that two branches that fix different things merge.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from ..findings import Finding
from ..model import Location
from ..project import Project
from ..project.documents import Malformed, parse_json

VERSION = 1
#: Findings about the check's own files: fixed there, never accepted.
NEVER_ACCEPTED = frozenset({"DR903", "DR904", "DR905"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An accepted finding. The fingerprint decides; the rest is for whoever reads the file."""

    fingerprint: str
    rule: str
    source: str
    object: str
    expected: str | None
    actual: str | None
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

    entries: tuple[Entry, ...] = ()

    @property
    def fingerprints(self) -> frozenset[str]:
        return frozenset(entry.fingerprint for entry in self.entries)

    def stale(self, findings: Iterable[Finding], sources: Collection[str]) -> tuple[Entry, ...]:
        """Entries that no longer occur among `findings`. Of sources that were not compared nothing is known."""
        occurring = {finding.fingerprint for finding in findings}
        return tuple(entry for entry in self.entries if entry.source in sources and entry.fingerprint not in occurring)

    def pruned(self, findings: Iterable[Finding], sources: Collection[str]) -> Baseline:
        """Without the stale entries; never with new ones."""
        stale = set(self.stale(findings, sources))
        return Baseline(tuple(entry for entry in self.entries if entry not in stale))

    def accepting(self, findings: Iterable[Finding], sources: Collection[str]) -> Baseline:
        """With exactly `findings` for the `sources` compared; entries of other sources stay."""
        others = [entry for entry in self.entries if entry.source not in sources]
        accepted = {entry.fingerprint: entry for entry in map(_entry, findings) if entry.rule not in NEVER_ACCEPTED}
        return Baseline(tuple(sorted([*others, *accepted.values()], key=lambda entry: entry.sort_key)))

    def to_text(self) -> str:
        """The file: the same text for the same findings, whatever order they came in."""
        lines = [
            json.dumps(
                {name: getattr(entry, name) for name in _FIELDS if getattr(entry, name) is not None},
                ensure_ascii=False,
            )
            for entry in sorted(self.entries, key=lambda entry: entry.sort_key)
        ]
        body = ",\n".join(lines)
        return f'{{"version": {VERSION}, "tool": "driftcheck", "findings": [\n{body}\n]}}\n'


_FIELDS = ("fingerprint", "rule", "source", "object", "expected", "actual")


def _entry(finding: Finding) -> Entry:
    return Entry(
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
        raise ConfigError(f"this is no baseline: {conflict}", hint=again, path=name, line=error.line or 1) from error
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise ConfigError("this is no baseline: it has no list 'findings'", hint=again, path=name, line=1)
    if document.get("version") != VERSION:
        raise ConfigError(
            f"this is a baseline of version {document.get('version')!r}; this driftcheck reads version {VERSION}",
            hint=again, path=name, line=1,
        )  # fmt: skip
    lines = _lines(text)
    return Baseline(tuple(_parse_entry(item, name, lines) for item in document["findings"]))


def _lines(text: str) -> dict[str, int]:
    """fingerprint → the line it stands on, in a file that has one entry on each line."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        _, mark, rest = line.partition('"fingerprint": "')
        if mark:
            found.setdefault(rest.partition('"')[0], number)
    return found


def _parse_entry(item: Any, name: str, lines: dict[str, int]) -> Entry:
    values: dict[str, Any] = {field: item.get(field) for field in _FIELDS} if isinstance(item, dict) else {}
    line = lines.get(str(values.get("fingerprint")), 1)
    whole = all(isinstance(values.get(field), str) for field in _FIELDS[:4])
    if not whole or not all(isinstance(values[field], str | None) for field in _FIELDS[4:]):
        raise ConfigError(
            f"this entry is no finding: {json.dumps(item)[:80]}",
            hint="write it again: driftcheck baseline",
            path=name,
            line=line,
        )
    return Entry(place=Location(name, line), **values)
