"""No input makes a traceback, and time grows with the length of the file, not faster."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.readers.sql.freeze import freeze
from driftcheck.readers.sql.replay import Replay
from driftcheck.sql.scanner import Scanner
from driftcheck.sql.text import SourceText, decode

from .replay import read_text

CASES = [path.read_bytes() for path in (Path(__file__).parents[2] / "conformance/sql/cases").glob("*.sql")]


def replay(data: bytes) -> Replay:
    text, _ = decode(data)
    run = Replay()
    run.file(Scanner(SourceText("x.sql", text)))
    freeze(run.session.catalog)
    return run


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from(["cut", "splice", "noise", "words"]))
def test_cuts_splices_and_noise(chance: random.Random, how: str) -> None:
    first, second = chance.choice(CASES), chance.choice(CASES)
    if how == "cut":
        data = first[: chance.randrange(len(first))] + first[chance.randrange(len(first)) :]
    elif how == "splice":
        data = first[: chance.randrange(len(first))] + second[chance.randrange(len(second)) :]
    elif how == "noise":
        changed = bytearray(first)
        for _ in range(20):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        data = bytes(changed)
    else:
        words = first.split(b" ")
        for _ in range(20):
            words[chance.randrange(len(words))] = chance.choice(words)
        data = b" ".join(words)
    run = replay(data)
    assert run.statements.read >= run.statements.irrelevant + run.statements.gaps


@pytest.mark.parametrize(
    "piece",
    [
        "(", "'", '"', "/*", "$a$ ", "$a$ $b$ ", "+-", "[", "a.", ";", "E'\\", "\\x ", "-- x\n", "case ", "U&\"",
        "CREATE TABLE t (", "'; select ", "DO $$ BEGIN ", "CREATE INDEX ON t ((", "CREATE FUNCTION f() BEGIN ATOMIC ",
        "BEGIN; CREATE TABLE x (a int); ROLLBACK; ", "CREATE TABLE IF NOT EXISTS t (a int CHECK (a > 0)); ",
    ],
)  # fmt: skip
def test_time_is_linear(piece: str) -> None:
    """Eight times the input takes nowhere near sixty-four times as long."""

    def seconds(count: int) -> float:
        data = (piece * count).encode()
        started = time.process_time()
        replay(data)
        return time.process_time() - started

    # A processor that others share may lose time to them once, hardly three times.
    assert any(seconds(4000) < 30 * max(seconds(500), 0.002) + 0.2 for _ in range(3))


@pytest.mark.parametrize(
    "body",
    [
        "perform f(n); create table t (id int)",
        "for i in 1..3 loop perform f(i); end loop; create table t (id int)",
        "if n > 1 then perform f(n); create table t (id int); end if",
    ],
)
def test_a_function_that_calls_itself_comes_to_an_end(tmp_path: Path, body: str) -> None:
    text = f"create function f(n int) returns void language plpgsql as $$ begin {body}; end $$;\nselect f(1);"
    reading = read_text(tmp_path, text)
    assert {gap.location.line for gap in reading.gaps} == {2}
