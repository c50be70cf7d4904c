"""Pairs what belongs together in two sources, and says what differs."""

from .engine import Comparison, compare
from .finders.check_itself import gap_findings

__all__ = ["Comparison", "compare", "gap_findings"]
