"""The config file as frozen data: found, read, checked, with errors that point into it."""

from .decode import shown
from .document import BASELINE, Comparable, CompareWord, FailOn, Kind
from .load import load, unknown_rule
from .settings import Config, Glob, Ignore
from .sources import KINDS, SourceSpec, check_sources, parse_source

__all__ = [
    "BASELINE",
    "KINDS",
    "Comparable",
    "CompareWord",
    "Config",
    "FailOn",
    "Glob",
    "Ignore",
    "Kind",
    "SourceSpec",
    "check_sources",
    "load",
    "parse_source",
    "shown",
    "unknown_rule",
]
