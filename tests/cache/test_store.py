"""The store is bounded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from driftcheck.cache import store
from driftcheck.cache.store import Store


def test_oldest_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST_ENTRIES", 3)
    kept = Store(tmp_path, b"secret")
    for number in range(5):
        kept.put(f"{number}", {"number": number})
        os.utime(tmp_path / "3" / f"{number}.json", (number + 1, number + 1))
    assert [kept.get(f"{number}") for number in range(5)] == [None, None, {"number": 2}, {"number": 3}, {"number": 4}]


def test_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST_BYTES", 3000)
    kept = Store(tmp_path, b"secret")
    for number in range(5):
        kept.put(f"{number}", {"text": "x" * 1000})
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.json")) <= 3000
