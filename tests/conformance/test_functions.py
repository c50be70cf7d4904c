"""What is known of PostgreSQL's own functions, operators and types, held to the server's."""

from __future__ import annotations

import pytest

from driftcheck.model import ColumnType
from driftcheck.readers.sql import builtin
from tests.normalize.signatures import FOLDER, lines_of

from .postgres import Server


@pytest.fixture(scope="module")
def server(pg: Server) -> dict[str, set[str]]:
    return lines_of(pg.dsn("postgres"))


def _known(file: str) -> set[str]:
    return set((FOLDER / f"{file}.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("file", ["operators", "types"])
def test_all_that_the_server_has_is_known(server: dict[str, set[str]], file: str) -> None:
    assert not server[file] - _known(file)


def test_functions_are_known_as_the_server_has_them_but_for_the_volatility_of_other_versions(
    server: dict[str, set[str]],
) -> None:
    def without_volatility(line: str) -> str:
        name, kind, rest = line.split(" ", 2)
        return f"{name} {kind[:-1]} {rest}"

    known = _known("functions")
    assert not {*map(without_volatility, server["functions"])} - {*map(without_volatility, known)}
    assert len(server["functions"] - known) < 20


def test_columns_of_catalogs_are_known(server: dict[str, set[str]]) -> None:
    known = {name: {*columns} for name, *columns in (line.split(" ") for line in _known("relations"))}
    assert not [line for line in server["relations"] if not {*line.split(" ")[1:]} <= known[line.split(" ")[0]]]


def _found(name: str) -> builtin.Builtin:
    one = builtin.find(name)
    assert one is not None, name
    return one


def test_what_is_true_of_all_functions_of_a_name() -> None:
    to_tsvector, now = _found("to_tsvector"), _found("now")
    assert (to_tsvector.kind, to_tsvector.result) == ("f", ColumnType("tsvector"))
    assert [to_tsvector.volatile(arguments) for arguments in (1, 2)] == ["s", "i"]
    assert (now.kind, now.result, now.volatile(0)) == ("f", ColumnType("timestamp with time zone"), "s")
    assert [_found(name).kind for name in ("count", "percentile_cont", "unnest", "lag")] == ["a", "a", "s", "w"]
    assert _found("abs").result is None
    assert builtin.find("no_such_function") is None
