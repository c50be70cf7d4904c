"""Readings as bytes: what comes back is what was packed, and nothing else comes back."""

from __future__ import annotations

import dataclasses
import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from driftcheck.cache.packing import pack, unpack
from driftcheck.check.kept import _CLASSES
from driftcheck.check.readings import normalized
from driftcheck.model import Schema
from driftcheck.readers import drizzle, sql
from driftcheck.reading import Source

CASES = Path(__file__).parents[2] / "fixtures"
FILES = sorted([*CASES.glob("*/**/*.sql"), *CASES.glob("cases/*/schema.ts")])[::7]


def _all_of(value: Any) -> Any:
    """A value as tuples of all its fields; a set in one order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, *(_all_of(getattr(value, one.name)) for one in dataclasses.fields(value))
    if isinstance(value, dict):
        return tuple((_all_of(key), _all_of(item)) for key, item in value.items())
    if isinstance(value, tuple | list):
        return tuple(map(_all_of, value))
    return sorted(map(repr, value)) if isinstance(value, set | frozenset) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_packed_comes_back(path: Path) -> None:
    kind = "sql" if path.suffix == ".sql" else "drizzle"
    read = (sql if kind == "sql" else drizzle).read(path.name, path.parent)
    for one in (read, normalized(Source("a", kind, read)).reading):
        again = unpack(pack(one), _CLASSES)
        assert again == one
        assert _all_of(again) == _all_of(one)  # what takes no part in equality, too


class _Runs:
    def __init__(self, function: Any, *arguments: Any) -> None:
        self._made = function, arguments

    def __reduce__(self) -> Any:
        return self._made


@pytest.mark.parametrize(
    "value",
    [
        _Runs(os.system, "true"), _Runs(eval, "1"), _Runs(getattr, Schema(), "table"), _Runs(type, "x", (), {}),
        os.system, Path("x"), _Runs(pickle.loads, b""), Schema.table,
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_value_of_ours_does_not(value: Any) -> None:
    with pytest.raises(ValueError, match="not packed"):
        unpack(pickle.dumps(value), _CLASSES)


@pytest.mark.parametrize("name", ["driftcheck.normalize\nnormalize", "driftcheck.model\nos", "driftcheck.modelling\nX"])
def test_no_function_and_no_module(name: str) -> None:
    with pytest.raises(ValueError, match="not packed"):
        unpack(b"c" + name.encode() + b"\n.", _CLASSES)


@pytest.mark.parametrize("cut", [0, 1, 10, 100])
def test_what_is_cut_does_not(cut: int) -> None:
    data = pack(Schema(tables=()))
    with pytest.raises(ValueError, match="not packed"):
        unpack(data[: min(cut, len(data) - 1)], _CLASSES)
