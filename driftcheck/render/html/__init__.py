"""The report as one HTML file that needs nothing else: no network, no server, no font.

The page is complete without its script: the script only filters, and follows clicks on the diagram. Every text from
a schema passes through `escape`; nothing of it ever becomes markup, style or code.
"""

from __future__ import annotations

from ...findings import Report
from ...opening import packaged
from ..grouping import group
from .diagram import diagram
from .page import filters, findings, header, remarks
from .shell import standing


def render(report: Report) -> str:
    """`report` as an HTML document: what was found first, then the diagram, then what was not compared."""
    found = "\n".join(part for part in (filters(report), findings(group(report), report)) if part)
    parts = [header(report), f"<main>\n{found}\n{diagram(report)}\n</main>", remarks(report)]
    title = "driftcheck" + (f": {report.about[0]}" if report.about else "")
    return standing(title, "\n".join(parts), _asset("report.css"), _asset("report.js"))


def _asset(name: str) -> str:
    return packaged("render", "html", "assets", name)
