"""The report as one HTML file that needs nothing else: no network, no server, no font.

The page is complete without its script: the script only filters, and follows clicks on the diagram. Every text from
a schema passes through `escape`; nothing of it ever becomes markup, style or code.
"""

from __future__ import annotations

import base64
import hashlib

from ...findings import Report
from ...opening import packaged
from ...plain import guarded
from ..grouping import group
from .diagram import diagram
from .page import filters, findings, header, remarks
from .text import escape


def render(report: Report) -> str:
    """`report` as an HTML document: what was found first, then the diagram, then what was not compared."""
    found = "\n".join(part for part in (filters(report), findings(group(report), report)) if part)
    parts = [header(report), f"<main>\n{found}\n{diagram(report)}\n</main>", remarks(report)]
    style, script = (f"\n{_asset(name)}" for name in ("report.css", "report.js"))
    title = "driftcheck" + (f": {report.about[0]}" if report.about else "")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(style, script))}">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{guarded(chr(10).join(parts))}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, and only this very style and script count: https://www.w3.org/TR/CSP3/"""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    return packaged("render", "html", "assets", name)
