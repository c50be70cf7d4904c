"""What of the differences counts: severities, exclusions, ignores, the baseline, demands."""

from .baseline import Baseline, BaselineEntry, parse_baseline, read_baseline
from .exclude import ExcludeFilter, holds_something
from .inline import Directive, directives, read_directives
from .kept import without_kept
from .managed import Managed, managed
from .require import required_findings
from .verdict import Verdict, check_selectors, decide

__all__ = [
    "Baseline",
    "BaselineEntry",
    "Directive",
    "ExcludeFilter",
    "Managed",
    "Verdict",
    "check_selectors",
    "decide",
    "directives",
    "holds_something",
    "managed",
    "parse_baseline",
    "read_baseline",
    "read_directives",
    "required_findings",
    "without_kept",
]
