"""What of the differences counts: severities, exclusions, ignores, the baseline, demands."""

from .baseline import Baseline, Entry, parse_baseline, read_baseline
from .exclude import Exclusion, holds_something
from .inline import Directive, directives, read_directives
from .managed import Managed, managed
from .require import required_findings
from .verdict import Verdict, check_selectors, decide

__all__ = [
    "Baseline",
    "Directive",
    "Entry",
    "Exclusion",
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
]
