"""The worker's answer is data from a stranger: too long, too deep, no JSON or no answer, it is one clear error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from driftcheck.errors import SourceError
from driftcheck.worker.answer import Description, understood
from driftcheck.worker.drain import frame
from tests.hostile.measured import run

from ..readers.sqlalchemy.conftest import Write

#: Writes to whatever descriptor the answer may go to.
HEAD = """\
import os, json
def say(data, length=None, times=1):
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    pour(str(len(data) * times if length is None else length).encode() + b"\\n", *[data] * times)
def pour(*chunks):
    for descriptor in range(3, 1024):
        try:
            os.fstat(descriptor)
            for rest in chunks:
                while rest:
                    rest = rest[os.write(descriptor, rest):]
        except OSError:
            pass
"""
TABLE = {"schema": None, "name": "t", "comment": None, "columns": [], "foreign_keys": [], "uniques": [], "checks": []}
WRONG = {
    "a length beyond all": ("say(b'x' * (1 << 20), length=10 ** 19 - 1, times=4000)", "longer than 64 MB"),
    "more than was announced": ("say(b'x' * (1 << 20), length=3, times=30)", "not JSON"),
    "no length": (
        "pour(b'x' * 5000)",
        "length",
    ),
    "no line end": (
        "pour(b'1' * 5000)",
        "length",
    ),
    "a negative length": ("say(b'', length=-5)", "no length"),
    "not JSON": ("say(b'hello')", "not JSON"),
    "not an object": ("say([1])", "not an object"),
    "nothing of it": ("say({})", "lacks names"),
    "depth": ("say(b'[' * 200000 + b']' * 200000)", "not JSON"),
    "many values": ("say(b'[' + b'[],' * 5_000_000 + b'1]')", "4,000,000 values"),
    "a long number": ("say(b'{\"events\": ' + b'9' * 1_000_000 + b'}')", "not JSON"),
    "infinity": ("say(b'{\"events\": Infinity}')", "not JSON"),
    "another type": ("say({'names': 5})", "names: 5 is no list"),
    "an unknown word": ("say({'file': '/etc/passwd'})", "no 'file'"),
    "an odd error": ("say({'error': {'kind': [], 'message': ''}})", "error.kind: [] is no str"),
    "a trap for dictionaries": ("say({'error': {'kind': 'import'}})", "lacks message"),
    "bytes of no encoding": ("say(b'\\xff\\xfe{}')", "not JSON"),
    "a flood on standard output": ("while True: os.write(1, b'x' * 65536)", "printed more than 64 MB"),
    "a flood on standard error": ("while True: os.write(2, b'\\n' * 65536)", "printed more than 64 MB"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="descriptors are found in /proc")
@pytest.mark.parametrize(("code", "message"), WRONG.values(), ids=WRONG)
def test_wrong(refused: Callable[..., SourceError], code: str, message: str) -> None:
    error = refused(f"{HEAD}{code}\nos._exit(0)\n", timeout=60)
    assert error.message.startswith("importing models gave an invalid answer: ")
    assert message in error.message
    assert error.path == "models.py"
    assert error.hint


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
@pytest.mark.parametrize(
    "data", ["b'[' * 63_000_000", "b'[' + b'1,' * 3_900_000 + b'1]'", "b'\"' + b'x' * 63_000_000 + b'\"'"]
)
def test_within_bounds(project: Write, data: str) -> None:
    """All that a worker says goes through driftcheck, which must not grow with it."""
    root = project(**{"models.py": f"{HEAD}say({data})\nos._exit(0)\n", "base.sql": "create table t(id int);"})
    words = ["diff", "sqlalchemy:models", "sql:base.sql", "--no-cache"]
    done = run(root, *words)
    assert done.status == 2
    assert done.megabytes < 500
    assert done.seconds < 10


@pytest.mark.parametrize(
    ("data", "whole"),
    [(b"", None), (b"1", None), (b"2\n", None), (b"2\n{", None), (b"2\n{}", b"{}"), (b"2\n{}x", b"{}"), (b"0\n", b"")],
)
def test_frame(data: bytes, whole: bytes | None) -> None:
    assert frame(data) == whole


@pytest.mark.parametrize("data", [b"\n", b"x", b"-1\n", b"1 \n", b"1" * 30, b"64000001\n", b"\xb2\n"])
def test_no_frame(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"length|longer"):
        frame(data)


def test_the_place_of_what_does_not_fit_is_told() -> None:
    table = {**TABLE, "exclusions": [], "indexes": [], "partition_by": None, "inherits": [], "options": {"a": 1}}
    with pytest.raises(ValueError, match=r"^tables\[0\]\.options\['a'\]: 1 is no str$"):
        understood(json.dumps({"names": [], "notes": [], "tables": [table]}).encode(), Description)
