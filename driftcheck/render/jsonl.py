"""The report as JSON by lines: each finding on a line of its own, then a line with all the rest of the JSON report."""

from __future__ import annotations

import json
from typing import Any

from ..findings import Report
from ..plain import guarded_json
from .documents import document


def render(report: Report) -> str:
    """A line for each finding, whose `type` is `finding`; the last line has the `type` `report`."""
    whole = document(report)
    findings = whole.pop("findings")
    lines = [*({"type": "finding", **finding} for finding in findings), {"type": "report", **whole}]
    return "".join(f"{_line(line)}\n" for line in lines)


def _line(value: dict[str, Any]) -> str:
    return guarded_json(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
