"""What of the differences counts: severities, exclusions, ignores, the baseline, demands."""

from .baseline import Baseline, Entry, parse_baseline, read_baseline
from .exclude import Exclusion, holds_something
from .inline import Directive, directives, read_directives
from .judge import Judged, check_selectors, judge
from .managed import Managed, managed
from .require import required_findings

__all__ = [
    "Baseline",
    "Directive",
    "Entry",
    "Exclusion",
    "Judged",
    "Managed",
    "check_selectors",
    "directives",
    "holds_something",
    "judge",
    "managed",
    "parse_baseline",
    "read_baseline",
    "read_directives",
    "required_findings",
]
