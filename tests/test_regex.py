"""Patterns that are compiled late."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys

import pytest

import driftcheck
from driftcheck.regex import Lazy, lazy


def test_is_the_pattern_itself() -> None:
    pattern = lazy(r"(a)|b", re.IGNORECASE)
    assert pattern.pattern == "(a)|b"
    assert [found.group() for found in pattern.finditer("xAyb")] == ["A", "b"]
    assert pattern.sub("-", "xAyb") == "x-y-"
    assert (pattern.groups, bool(pattern.fullmatch("ab"))) == (1, False)


def test_nothing_is_compiled_before_it_is_used() -> None:
    broken = lazy("(")
    with pytest.raises(re.error):
        broken.search("")


def test_all_of_them_are_patterns() -> None:
    for found in pkgutil.walk_packages(driftcheck.__path__, "driftcheck."):
        if "worker.inside" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    mine = [module for name, module in sys.modules.items() if name.startswith("driftcheck.")]
    patterns = [value for module in mine for value in vars(module).values() if isinstance(value, Lazy)]
    assert len(patterns) > 50
    assert all(isinstance(one.flags, int) for one in patterns)
