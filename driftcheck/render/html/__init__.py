"""The report as one HTML file that needs nothing else: no network, no server, no font.

The page is complete without its script: the script only filters, and follows clicks on the diagram. Every text from
a schema passes through `escape`; nothing of it ever becomes markup, style or code.
"""

from __future__ import annotations

from importlib import resources

from ...findings import Report
from ...plain import guarded
from ..grouping import group
from .diagram import diagram
from .page import causes, filters, header, remarks, tables
from .text import escape

#: Only what is in the file itself may run or load.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def render(report: Report) -> str:
    """`report` as an HTML document."""
    grouping = group(report)
    body = "\n".join(
        part
        for part in (
            header(report),
            diagram(report),
            filters(report),
            causes(grouping, report),
            tables(grouping, report),
            remarks(report),
        )
        if part
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>driftcheck: {escape(report.truth)}</title>\n<style>\n{_asset('report.css')}</style>\n</head>\n"
        f"<body>\n{guarded(body)}\n<script>\n{_asset('report.js')}</script>\n</body>\n</html>\n"
    )


def _asset(name: str) -> str:
    return (resources.files(__package__) / "assets" / name).read_text(encoding="utf-8")
