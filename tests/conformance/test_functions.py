"""The list of PostgreSQL's own functions, held to the server's."""

from __future__ import annotations

from driftcheck.readers.sql import builtin

from .functions import functions_of
from .postgres import Server


def test_the_list_has_all_functions_of_the_server(pg: Server) -> None:
    known = builtin.parse(builtin.DATA.read_text())
    functions = functions_of(pg.dsn("postgres"))
    assert not functions.keys() - known.keys()
    assert {name: known[name].united(one) for name, one in functions.items()} == {
        name: known[name] for name in functions
    }


def test_what_is_written_is_read_back() -> None:
    text = builtin.DATA.read_text()
    assert builtin.written(builtin.parse(text)) == text
    assert builtin.find("to_tsvector") == builtin.Builtin("f", "tsvector", {1: "s", 2: "i"})
    assert builtin.find("no_such_function") is None
