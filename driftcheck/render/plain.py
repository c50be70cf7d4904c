"""Text that may hold anything (names, values, paths of a schema) as text that does no harm."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from ..findings import Finding, Report, Side
from ..model import Location

#: How much of a name or value is told; nobody reads more of a name of ten thousand letters.
LONGEST = 500


def plain(text: str, longest: int = LONGEST, keep: str = "") -> str:
    """`text` on one line, cut, and with what is invisible made visible: control characters, those that reorder the
    words around them, lone surrogates. Characters in `keep` stay as they are.
    """  # fmt: skip
    shown = "".join(char if char in keep or _harmless(char) else _escape(char) for char in text[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _harmless(char: str) -> bool:
    return char.isprintable() and unicodedata.category(char) != "Cf"


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def place(finding: Finding) -> Location | None:
    """Where a reader has to look first: the drifting source, else the truth."""
    return finding.actual.location or finding.expected.location


def below(report: Report, folder: str) -> Report:
    """`report` with its paths relative to a folder further up, in which the root of the check is `folder`.

    Annotations of a pull request need paths from the repository's root, wherever in it the check was made.
    """
    prefix = folder.strip("/")
    if prefix in ("", "."):
        return report

    def moved(side: Side) -> Side:
        location = side.location
        if location is None or location.path.startswith("/") or location.path[1:3] in (":/", ":\\"):
            return side
        return replace(side, location=replace(location, path=f"{prefix}/{location.path}"))

    findings = tuple(
        replace(finding, expected=moved(finding.expected), actual=moved(finding.actual)) for finding in report.findings
    )
    return replace(report, findings=findings)
