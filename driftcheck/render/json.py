"""The report as JSON, version 1: what other programs rely on. Fields are added, never renamed or removed."""

from __future__ import annotations

import json

from ..findings import Report
from ..plain import guarded_json
from .documents import document


def render(report: Report) -> str:
    """One JSON document, indented by two, ending in a newline."""
    return guarded_json(json.dumps(document(report), indent=2, ensure_ascii=False)) + "\n"
