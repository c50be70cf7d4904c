"""The config file as frozen data: found, read, checked, with errors that point into it."""

from .document import BASELINE, Comparable, CompareWord, DocumentTable, FailOn
from .load import load, unknown_rule
from .place import out_of_reach, project_folder
from .settings import Config, Glob, Ignore
from .sources import SourceSpec, check_sources, named_apart, parse_source

__all__ = [
    "BASELINE",
    "Comparable",
    "CompareWord",
    "Config",
    "DocumentTable",
    "FailOn",
    "Glob",
    "Ignore",
    "SourceSpec",
    "check_sources",
    "load",
    "named_apart",
    "out_of_reach",
    "parse_source",
    "project_folder",
    "unknown_rule",
]
