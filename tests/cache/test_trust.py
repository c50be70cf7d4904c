"""What is kept is believed only if this user's driftcheck wrote it, for this very request."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from driftcheck.cache import place
from driftcheck.cache.remember import Memory
from driftcheck.cache.secret import key
from driftcheck.cache.store import Store

from .project import SQL, STATIC, Project

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes, links and pipes")
SECRET = b"s" * 32


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose sources drift."""
    found = Project(tmp_path, monkeypatch)
    found.write("driftcheck.toml", STATIC)
    found.write("migrations/1.sql", SQL.replace("text", "varchar(20)"))
    return found


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("driftcheck.cache.secret.secret_folder", lambda: tmp_path / "state")
    return tmp_path / "state"


# -- Entries ------------------------------------------------------------------------------------------------------


def poison(folder: Path) -> None:
    """Rewrites what is kept as somebody would who knows its form, and not the key."""
    for path in folder.rglob("*.json"):
        _, _, body = path.read_bytes().partition(b"\n")
        body = re.sub(rb'"status": 1', b'"status": 0', body)
        path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def test_a_rewritten_entry(project: Project) -> None:
    answer = project.keep()
    assert answer[0] == 1
    poison(project.cache)
    assert project.diff() == answer


@posix
def test_a_folder_that_others_may_write(project: Project) -> None:
    project.remember()
    project.cache.chmod(0o777)
    assert not project.is_kept()
    project.cache.chmod(0o700)
    assert project.is_kept()


@posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user(project: Project) -> None:
    project.remember()
    os.chown(project.cache, 65534, 65534)
    assert not project.is_kept()


def test_the_place_of_another_request(project: Project) -> None:
    quiet = project.keep("--fail-on", "never")
    assert quiet[0] == 0
    (lenient,) = project.entries()
    for path in project.entries():
        path.rename(path.with_suffix(".old"))
    answer = project.keep()
    (strict,) = project.entries()
    shutil.copy(lenient.with_suffix(".old"), strict)
    assert project.diff() == answer
    assert answer[0] == 1


def test_the_folder_of_somebody_else(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that a CI system brings back, say: it holds no key."""
    project.remember()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    assert not project.is_kept()


def test_no_place_to_write_to(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "out" / "drift.json"
    project.keep("--report", f"json={target}")
    assert str(target) not in json.dumps(project.document()["answer"])
    assert str(tmp_path / "out") not in json.dumps(project.document()["answer"])


GOOD: dict[str, Any] = {
    "tree": "t",
    "inputs": {
        "contents": {}, "states": {}, "names": {}, "scanned": {}, "asked": {}, "listings": {}, "python": "",
    },
    "answer": {"text": "old"},
}  # fmt: skip


def _without(*path: str) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(json.dumps(GOOD))
    holder = entry
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]
    return entry


ODD = [
    _without("tree"), _without("inputs"), _without("answer"), *(_without("inputs", name) for name in GOOD["inputs"]),
    {}, {**GOOD, "inputs": []}, {**GOOD, "inputs": 5}, {**GOOD, "answer": "x"}, {**GOOD, "answer": None},
    {**GOOD, "inputs": {**GOOD["inputs"], "names": None}}, {**GOOD, "inputs": {**GOOD["inputs"], "contents": [1]}},
    {**GOOD, "inputs": {**GOOD["inputs"], "more": {}}}, {**GOOD, "inputs": {**GOOD["inputs"], "states": {"a\0": "x"}}},
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(ODD)))
def test_an_entry_that_lacks_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, state: Path
) -> None:
    """Even with the right code: an older driftcheck may have written it."""
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("driftcheck.cache.remember.tree", lambda _: "t")
    secret = key()
    assert secret is not None
    store = Store(tmp_path / "cache", secret)
    store.put("k", GOOD)
    assert Memory(tmp_path, "k").answer(lambda: {"text": "new"}) == {"text": "old"}
    store.put("k", ODD[number])
    assert Memory(tmp_path, "k").answer(lambda: {"text": "new"}) == {"text": "new"}


def _signed(data: bytes) -> bytes:
    store = Store(Path("x"), SECRET)
    return store._code("k.json", data) + b"\n" + data


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def _huge(path: Path) -> None:
    os.truncate(path, 300_000_000)


SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "more": lambda path: path.write_bytes(path.read_bytes() + b" "),
    "no code": lambda path: path.write_bytes(b"\n" + path.read_bytes().partition(b"\n")[2]),
    "a code of no letters": lambda path: path.write_bytes(b"\xff" + path.read_bytes()),
    "depth": lambda path: path.write_bytes(_signed(b"[" * 200_000)),
    "a list": lambda path: path.write_bytes(_signed(b"[]")),
    "no JSON": lambda path: path.write_bytes(_signed(b"nothing")),
    "a number": lambda path: path.write_bytes(_signed(b'{"a": ' + b"9" * 10_000 + b"}")),
    "huge": _huge,
    "a pipe": _fifo,
    "a folder": _folder,
    "a link": _link,
    "not there": lambda path: path.unlink(),
}


@posix
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_entry(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    store = Store(tmp_path / "cache", SECRET)
    store.put("k", {"a": 1})
    assert store.get("k") == {"a": 1}
    spoil(tmp_path / "cache" / "3" / "k.json")
    assert store.get("k") is None


def test_another_key(tmp_path: Path) -> None:
    Store(tmp_path, SECRET).put("k", {"a": 1})
    assert Store(tmp_path, b"other" * 8).get("k") is None
    assert Store(tmp_path, SECRET).get("l") is None


# -- The folder -----------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o770, 0o707, 0o722, 0o1777])
@pytest.mark.parametrize("below", [".", "3"])
def test_no_folder_of_ours(tmp_path: Path, mode: int, below: str) -> None:
    folder = tmp_path / "cache"
    store = Store(folder, SECRET)
    store.put("k", {"a": 1})
    (folder / below).chmod(mode)
    assert store.get("k") is None
    store.put("l", {"a": 2})
    assert not (folder / "3" / "l.json").exists()


@posix
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o750, 0o500])
def test_a_folder_that_others_may_read(tmp_path: Path, mode: int) -> None:
    store = Store(tmp_path / "cache", SECRET)
    store.put("k", {"a": 1})
    (tmp_path / "cache").chmod(mode)
    assert store.get("k") == {"a": 1}
    (tmp_path / "cache").chmod(0o700)


# -- The key --------------------------------------------------------------------------------------------------------


@posix
def test_a_key_is_made_once_and_is_private(state: Path) -> None:
    first = key()
    assert first is not None
    assert len(first) == 32
    assert key() == first
    assert [path.name for path in state.iterdir()] == ["cache.key"]
    assert (state / "cache.key").stat().st_mode & 0o777 == 0o600
    assert state.stat().st_mode & 0o777 == 0o700


def _foreign(path: Path) -> None:
    os.chown(path, 65534, 65534)


@posix
@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.chmod(0o644),
        lambda path: path.chmod(0o640),
        lambda path: path.write_bytes(b"short"),
        lambda path: path.write_bytes(b"x" * 33),
        _fifo,
        _folder,
        _link,
        pytest.param(_foreign, marks=pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="root's")),
    ],
)
def test_no_key_of_ours(state: Path, spoil: Callable[[Path], object]) -> None:
    assert key() is not None
    spoil(state / "cache.key")
    assert key() is None


@posix
def test_no_place_for_a_key(state: Path, tmp_path: Path) -> None:
    state.write_text("a file")
    assert key() is None
    state.unlink()
    state.mkdir(mode=0o700)
    state.chmod(0o777)
    assert key() is None


def test_no_home_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("driftcheck.cache.secret.secret_folder", lambda: None)
    assert key() is None


@posix
def test_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert place.folder() == tmp_path
    found = place.secret_folder()
    assert found is not None
    assert tmp_path not in (found, *found.parents) or found.is_relative_to(tmp_path / "state")
